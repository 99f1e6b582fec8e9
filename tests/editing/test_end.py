"""A page that is taken off the site on a set day: for visitors, for staff and for kept pages."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from editing import address, edit, errors, filled

from cities.editing import drafts, history, restoring
from cities.models import City, Event, Indicator, Practice, next_change
from precursors import page_cache

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SOON, PAST = timedelta(minutes=1), timedelta(days=-1)


@pytest.fixture
def office(log_in, publisher):
    """What a publisher sees and posts."""
    return log_in(publisher)


@pytest.fixture
def begun():
    return timezone.now() - timedelta(days=2)


def moment(when):
    local = timezone.localtime(when)
    return {"unpublish_at_0": f"{local:%Y-%m-%d}", "unpublish_at_1": f"{local:%H:%M:%S}"}


def test_a_city_that_is_over_takes_all_that_stands_in_it_along(
    client, make_city, make_practice, make_indicator, make_event, begun, reverse_in
):
    city = make_city(slug="kutno", name_pl="Kutno", publish_at=begun)
    practice = make_practice(city=city, title_pl="Tramwaj w Kutnie")
    make_indicator(practice=practice)
    make_event(city, city=city, title_pl="Narada w Kutnie")
    every = [City, Practice, Indicator, Event]
    assert [kind.objects.published().count() for kind in every] == [1, 1, 1, 1]
    urls = [city.get_absolute_url(), practice.get_absolute_url()]
    assert [client.get(url).status_code for url in urls] == [200, 200]
    city.unpublish_at = timezone.now() + PAST
    city.save()
    assert [kind.objects.published().count() for kind in every] == [0, 0, 0, 0]
    assert [client.get(url).status_code for url in urls] == [404, 404]
    taken = ["/sitemap.xml", reverse_in("pl", "cities"), reverse_in("pl", "practices")]
    taken += [f"{reverse_in('pl', 'search')}?q=tramwaj", reverse_in("pl", "feed")]
    for url in taken:
        assert "kutno" not in client.get(url).text.lower(), url


def test_what_ends_alone_leaves_its_city(make_city, make_practice, begun):
    city = make_city(publish_at=begun)
    past = timezone.now() + PAST
    make_practice("energy", city=city, publish_at=begun, unpublish_at=past)
    later = make_practice("mobility", city=city, unpublish_at=timezone.now() + SOON)
    assert list(Practice.objects.published()) == [later]
    assert City.objects.with_themes().get().themes == ["mobility"]


def test_a_kept_page_is_made_anew_when_a_text_ends(worker, make_city, monkeypatch):
    make_city(name_pl="Zostaje")
    now = timezone.now()
    make_city(name_pl="Odchodzi", unpublish_at=now + SOON)
    make_city(name_pl="Nadchodzi", publish_at=now + 2 * SOON, unpublish_at=now + 3 * SOON)
    path = "/pl/miasta/"
    seen = []
    for seconds in (1, 59, 61, 121, 181):
        at = now + timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        monkeypatch.setattr(page_cache, "time", SimpleNamespace(time=at.timestamp))
        text = worker.get(path).text
        seen.append([name for name in ("Odchodzi", "Nadchodzi") if name in text])
    assert seen == [["Odchodzi"], ["Odchodzi"], [], ["Nadchodzi"], []]
    assert worker.asked[path] == 4


def test_the_next_change_is_that_of_the_first_text_to_begin_or_end(make_city, make_topic):
    now = timezone.now()
    make_city(publish_at=now + 3 * SOON, unpublish_at=now + 4 * SOON)
    make_topic(unpublish_at=now + 2 * SOON)
    make_topic(status="draft", unpublish_at=now + SOON)
    changes, after = [], timezone.now().timestamp()
    for _n in range(4):
        changes.append(next_change(after))
        after = changes[-1] + 0.01
    ends = [(now + n * SOON).timestamp() for n in (2, 3, 4)]
    assert changes == pytest.approx([*ends, float("inf")])


def test_staff_set_the_end_and_find_what_has_one(office, make_city, begun):
    city, plain = make_city(publish_at=begun), make_city(publish_at=begun)
    edit(office, city, **moment(timezone.now() + SOON), _save="")
    city.refresh_from_db()
    assert city.unpublish_at

    def listed(state):
        page = office.get(address("city", state=state))
        return set(page.context["cl"].result_list), page.text

    assert listed("published")[0] == {city, plain}
    found, text = listed("scheduled")
    assert found == {city}
    assert "opublikowane do" in text
    City.objects.filter(pk=city.pk).update(unpublish_at=timezone.now() + PAST)
    found, text = listed("over")
    assert found == {city}
    assert "zdjęte w\xa0terminie" in text
    assert (listed("published")[0], listed("scheduled")[0]) == ({plain}, set())


@pytest.mark.parametrize("end", [{"unpublish_at_0": "2020-01-01"}, {}])
def test_an_end_before_the_beginning_is_refused_in_words(office, make_city, end):
    end = {"unpublish_at_0": "9999-01-01", "unpublish_at_1": "12:00:00"} | end
    told = errors(edit(office, make_city(), **end, _save=""))
    assert list(told) == ["unpublish_at"]
    assert told["unpublish_at"][0].startswith(("„Publikacja do” musi", "Wybierz rok"))


def test_an_editor_sets_no_end(desk, make_city):
    city = make_city(status="draft")
    edit(desk, city, **moment(timezone.now() + SOON))
    city.refresh_from_db()
    assert city.unpublish_at is None


def test_a_draft_of_the_end_changes_nothing_until_it_is_published(office, make_city, begun):
    city = make_city(publish_at=begun)
    history.record([city], None, "")
    edit(office, city, **moment(timezone.now() + SOON), _draft="")
    city.refresh_from_db()
    assert city.unpublish_at is None
    assert filled(office.get(address("city", "change", city.pk)))["unpublish_at_0"]
    edit(office, city, _save="")
    city.refresh_from_db()
    assert (bool(city.unpublish_at), drafts.of(city)) == (True, None)


def test_who_brings_a_text_back_moves_no_end(make_city, publisher, begun):
    city = make_city(publish_at=begun)
    history.record([city], None, "")
    city.unpublish_at = timezone.now() + SOON
    city.save()
    restoring.restore(city, history.versions(city).last(), publisher)
    assert City.objects.get().unpublish_at == city.unpublish_at
