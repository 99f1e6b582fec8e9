import pytest
from django.contrib.contenttypes.models import ContentType
from reversion.models import Version

from cities.editing import history, upkeep
from cities.editing.upkeep import take_up
from cities.models import City, CityWords, Country, Finding, Indicator, Practice, PracticeWords

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PAGES = [Country, City, Practice]


class KilledError(Exception):
    pass


@pytest.fixture
def untouched(make_indicator):
    """Write a programme of one page each as a copy of rows would: nothing follows."""
    practice = make_indicator(label_en="").practice
    history.record([practice.city.country, practice.city, practice], None, "")
    for model in (*PAGES, Indicator):
        model.objects.update(made_from={})
    City.objects.update(name_pl="Łódź", sort_pl="")
    for model in (Finding, CityWords, PracticeWords):
        model.objects.all().delete()
    return practice


def run():
    """Take up what waits, and return what was told of it."""
    told = []
    take_up(lambda *counts: told.append(counts))
    return told


def state():
    """Return all that follows a save, without the numbers of its rows."""
    return {
        "sorted": list(City.objects.values_list("sort_pl", "sort_en")),
        "noted": [list(m.objects.values_list("made_from", flat=True)) for m in (*PAGES, Indicator)],
        "found": [list(m.objects.values_list("words")) for m in (CityWords, PracticeWords)],
        "to do": sorted(Finding.objects.values_list("rule", "column", "detail")),
        "kept": Version.objects.count(),
        "days": [list(m.objects.values_list("changed_on", flat=True)) for m in (City, Practice)],
    }


def test_pages_are_taken_up_as_if_each_had_been_saved(untouched):
    assert run() == [(1, 3), (2, 3), (3, 3)]
    taken_up = state()
    for model in (*PAGES, Indicator):
        model.objects.get().save()
    assert state() == taken_up
    assert taken_up["sorted"][0][0] != ""
    assert ("translation", "indicator.label_en") in {row[:2] for row in taken_up["to do"]}
    assert run() == []


def test_a_page_is_taken_up_for_its_figure_alone(untouched):
    run()
    Indicator.objects.update(made_from={})
    assert run() == [(1, 1)]
    assert "en" in Indicator.objects.get().made_from


def test_a_page_without_revision_gets_one_and_no_second(untouched):
    Version.objects.get_for_object(untouched).delete()
    run()
    assert [len(history.versions(page)) for page in (untouched, untouched.city)] == [1, 1]
    assert len(history.recorded_snapshot(history.versions(untouched)[0])) == 2  # with its figure


def test_what_was_killed_goes_on_where_it_was(untouched):
    def kill(done, count):
        raise KilledError

    with pytest.raises(KilledError):
        take_up(kill)
    assert run() == [(1, 2), (2, 2)]


def test_queries_do_not_grow_with_the_pages(
    untouched, make_practice, django_assert_max_num_queries
):
    for _n in range(20):
        make_practice(city=untouched.city)
    Practice.objects.update(made_from={})
    ContentType.objects.clear_cache()  # which other tests may have filled
    with django_assert_max_num_queries(70):
        run()


@pytest.mark.parametrize("lacks", ["notes", "words"])
def test_a_page_is_taken_up_for_anything_that_it_lacks(untouched, lacks):
    run()
    before = state()
    if lacks == "notes":
        Practice.objects.update(made_from={})
    else:
        PracticeWords.objects.all().delete()
    assert run() == [(1, 1)]
    assert state() == before


def test_figures_are_converted_anew_where_that_comes_to_something_else(untouched, make_indicator):
    told = {"measure": "heat-network-length", "unit": "km", "practice": untouched}
    figures = [make_indicator(value=value, **told) for value in (12, 13)]
    Indicator.objects.filter(pk=figures[0].pk).update(canonical=1)
    run()
    values = [Indicator.objects.get(pk=figure.pk).canonical for figure in figures]
    assert values == [12, 13]


def test_some_pages_at_a_time_are_all_taken_up_and_counted(untouched, make_practice, monkeypatch):
    monkeypatch.setattr(upkeep, "CHUNK", 2)
    for _n in range(3):
        make_practice(city=untouched.city)
    Practice.objects.update(made_from={}, sort_pl="", sort_en="")
    PracticeWords.objects.all().delete()
    assert run() == [(1, 6), (2, 6), (4, 6), (6, 6)]
    assert PracticeWords.objects.count() == 4
    assert not Practice.objects.filter(sort_pl="").exists()
    assert not Practice.objects.filter(sort_en="").exists()
    assert [len(history.versions(page)) for page in Practice.objects.all()] == [1] * 4
