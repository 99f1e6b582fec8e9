"""Nothing is lost: every save can be looked at, compared and brought back."""

import time
from copy import copy
from datetime import timedelta

import pytest
import reversion
from django.core.management import call_command
from django.utils import timezone, translation
from editing import address, edit, upload
from reversion.models import Revision

from cities.editing import deeds, history, restoring
from cities.models import City, Indicator, Photo, Practice, Source

PHOTO = {
    "image": "photos/town.jpg",
    "width": 4,
    "height": 3,
    "alt_pl": "Rynek",
    "alt_en": "The square",
    "credit": "Anna",
    "licence": "CC0",
}


def told(page, old=1, new=0):
    """Return what differs between two versions of a page, counted from the latest."""
    versions = history.versions(page)
    found = history.differences(
        history.recorded_snapshot(versions[old]), history.recorded_snapshot(versions[new])
    )
    return {label: "".join(f"[{kind}: {text}]" for kind, text in words) for label, words in found}


@pytest.fixture
def town(make_city, make_practice, make_indicator):
    """A city with all that can hang on one, saved once."""
    city = make_city(name_pl="Kutno", summary_pl="Miasto róż.")
    Source.objects.create(city=city, title="Strategia")
    Photo.objects.create(city=city, **PHOTO)
    make_indicator(practice=make_practice(city=city, title_pl="Tramwaj"), label_pl="Trasa")
    history.record([city, *city.practices.all()], None, "")
    return city


def test_history_names_what_was_changed_in_parts(admin_client, town):
    practice = town.practices.get()
    part = practice.indicators.get()
    edit(admin_client, practice, **{"indicators-0-value": "7", "indicators-0-id": part.pk})
    revision = history.versions(practice)[0].revision
    assert "wskaźnik „Trasa: 7\xa0km” (Wartość)" in deeds.told(revision.comment)


def test_a_save_is_a_revision_with_author_and_comment(admin_client, admin_user, town):
    edit(admin_client, town, summary_pl="Miasto wielu róż.")
    revision = history.versions(town)[0].revision
    assert revision.user == admin_user
    assert "Streszczenie [pl]" in deeds.told(revision.comment)
    with translation.override("en"):
        assert deeds.told(revision.comment).startswith("Changed Summary [pl]")


def test_differences_are_told_word_by_word_and_part_by_part(admin_client, town):
    changes = {"summary_pl": "Miasto wielu róż.", "sources-0-DELETE": "on", "role": "committed"}
    edit(admin_client, town, **changes)
    assert told(town) == {
        "Rola": "[same: miasto ][gone: prekursor][new: zaangażowane]",
        "Streszczenie [pl]": "[same: Miasto][new:  wielu][same:  róż.]",
        "Źródło": "[gone: Strategia]",
    }


def test_spaces_alone_do_not_hold_a_rewritten_text_together():
    words = history.compare("Duże miasto nad rzeką.", "Wieś w lesie.")
    assert words == [("gone", "Duże miasto nad rzeką"), ("new", "Wieś w lesie"), ("same", ".")]


@pytest.mark.parametrize(
    ("language", "label"),
    [("pl", "Źródło „Raport”: Tytuł lub wydawca"), ("en", "Source “Raport”: Title or publisher")],
)
def test_a_part_is_named_with_the_quotation_marks_of_the_language(town, language, label):
    source = town.sources.get()
    source.title = "Raport"
    source.save()
    history.record([town], None, "")
    with translation.override(language):
        assert list(told(town, old=1)) == [label]


def test_long_texts_are_told_without_their_tags_and_with_their_links(make_city):
    old = make_city(profile_pl='<p>Plan <a href="https://a.example/">tutaj</a></p>')
    new = copy(old)
    new.profile_pl = old.profile_pl.replace("a.example", "b.example")
    words = dict(history.differences([old], [new]))["Sylwetka [pl]"]
    assert words == [
        ("same", "Plan tutaj (https://"), ("gone", "a"), ("new", "b"), ("same", ".example/)")
    ]  # fmt: skip
    new.profile_pl = old.profile_pl.replace("p>", "h3>")
    ((kind, text),) = dict(history.differences([old], [new]))["Sylwetka [pl]"]
    assert (kind, text) == ("same", "Różnią się tylko nagłówki, listy albo wyróżnienia.")


def test_a_page_is_brought_back_whole_but_stays_published(admin_client, town):
    (before,) = history.versions(town)
    changes = {"summary_pl": "Zepsute.", "sources-0-DELETE": "on", "photos-0-DELETE": "on"}
    edit(admin_client, town, **changes)
    later = timezone.now() + timedelta(days=9)
    City.objects.update(status="review", publish_at=later)
    admin_client.post(address("city", "revision", town.pk, before.pk))
    town.refresh_from_db()
    assert town.summary_pl == "Miasto róż."
    assert (town.status, town.publish_at) == ("review", later)
    assert (town.sources.get().title, town.photos.get().image) == ("Strategia", PHOTO["image"])
    assert history.versions(town).count() == 3


def test_bringing_one_page_back_leaves_what_was_imported_with_it(make_city, admin_user):
    first, second = make_city(), make_city()
    history.record([first, second], admin_user, "")
    City.objects.update(summary_pl="Nowy.")
    restoring.restore(first, history.versions(first)[0], admin_user)
    second.refresh_from_db()
    assert second.summary_pl == "Nowy."


def test_history_page_compares_and_offers_the_way_back(admin_client, town):
    edit(admin_client, town, summary_pl="Miasto wielu róż.")
    new, old = history.versions(town)
    for query in ({"from": old.pk, "to": new.pk}, {"from": new.pk, "to": old.pk}, {"from": old.pk}):
        page = admin_client.get(address("city", "history", town.pk, **query))
        assert "<ins> wielu</ins>" in page.text
        assert address("city", "revision", town.pk, old.pk) in page.text
    other = {"from": old.pk + 100, "to": "x"}
    assert admin_client.get(address("city", "history", town.pk, **other)).context["old"] is None


@pytest.mark.parametrize("many", [False, True], ids=["by its form", "by the list's action"])
def test_a_deleted_city_comes_back_with_its_practices_and_photos(admin_client, town, many):
    if many:
        data = {"action": "delete_selected", "_selected_action": [town.pk], "post": "yes"}
        admin_client.post(address("city"), data)
    else:
        admin_client.post(address("city", "delete", town.pk), {"post": "yes"})
    assert not City.objects.exists()
    (version,) = admin_client.get(address("city", "recoverlist")).context["deleted"]
    admin_client.post(address("city", "recover", version.pk))
    assert (City.objects.get().slug, Practice.objects.get().title_pl) == ("kutno", "Tramwaj")
    assert (Source.objects.count(), Indicator.objects.get().label_pl) == (1, "Trasa")
    assert Photo.objects.get().image == PHOTO["image"]
    assert admin_client.get(town.get_absolute_url()).status_code == 200


@pytest.mark.database
def test_a_deleted_city_gets_its_former_addresses_back_unless_they_are_taken(
    admin_client, client, town, make_city
):
    practice = town.practices.get()
    old = [town.get_absolute_url(), practice.get_absolute_url()]
    edit(admin_client, practice, slug="nowy-tramwaj")
    for slug in ("kutno-nad-ochnia", "nowe-kutno"):
        town.refresh_from_db()
        edit(admin_client, town, slug=slug)
    admin_client.post(address("city", "delete", town.pk), {"post": "yes"})
    other = make_city(slug="kutno-nad-ochnia")
    other.slug = "krosniewice"
    other.save()
    (version,) = admin_client.get(address("city", "recoverlist")).context["deleted"]
    admin_client.post(address("city", "recover", version.pk))
    town.refresh_from_db()
    practice.refresh_from_db()
    assert [client.get(url).url for url in old] == [
        town.get_absolute_url(), practice.get_absolute_url()
    ]  # fmt: skip
    assert other.former_addresses.get().slug == "kutno-nad-ochnia"


def test_bringing_an_old_version_back_leaves_the_addresses_that_led_there(
    admin_client, town, client
):
    (before,) = history.versions(town)
    for slug in ("kutno-nad-ochnia", "nowe-kutno"):
        town.refresh_from_db()
        edit(admin_client, town, slug=slug)
    admin_client.post(address("city", "revision", town.pk, before.pk))
    town.refresh_from_db()
    former = {former.slug for former in town.former_addresses.all()}
    assert (town.slug, former) == ("kutno", {"kutno", "kutno-nad-ochnia", "nowe-kutno"})


def test_what_cannot_come_back_is_told(admin_client, town, make_city):
    admin_client.post(address("city", "delete", town.pk), {"post": "yes"})
    make_city(name_pl="Kutno")
    (version,) = admin_client.get(address("city", "recoverlist")).context["deleted"]
    page = admin_client.post(address("city", "recover", version.pk), follow=True)
    assert "Kutno" in page.text.split("messagelist")[1]
    assert not Practice.objects.exists()


def test_a_figure_changed_by_itself_is_in_the_history_of_its_practice(admin_client, make_indicator):
    indicator = make_indicator(value=10)
    edit(admin_client, indicator)
    edit(admin_client, indicator, value=12)
    assert list(told(indicator.practice).values()) == ["[gone: 10][new: 12]"]


def test_loading_the_programme_writes_its_history_once(programme, db):
    pages = sum(model.objects.count() for model in history.PAGES)
    assert Revision.objects.count() == pages
    call_command("load_programme", verbosity=0)
    call_command("createinitialrevisions", verbosity=0)
    assert Revision.objects.count() == pages


def test_a_trial_import_leaves_no_trace_and_a_confirmed_one_names_its_author(
    admin_client, admin_user, make_city
):
    city = make_city(slug="torun")
    before = Revision.objects.count()
    response = upload(admin_client, "city", "slug,summary_pl", "torun,Z pliku.")
    assert Revision.objects.count() == before
    admin_client.post(address("city", "process_import"), response.context["confirm_form"].initial)
    (version,) = history.versions(city)
    assert (version.revision.user, deeds.told(version.revision.comment)) == (
        admin_user,
        "Import z\N{NO-BREAK SPACE}pliku table.csv",
    )
    assert not reversion.is_active()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 800, "a b " * 400),
        ("a, " * 6_000, ", a" * 6_000),
    ],
)
def test_texts_too_different_to_compare_are_told_whole_and_soon(old, new):
    start = time.thread_time()
    told = history.compare(old, new)
    assert time.thread_time() - start < 0.5
    assert "".join(words for kind, words in told if kind == "gone").strip() in old
    assert ("same", " [zbyt różne, by porównywać słowo po słowie] ") in told


def test_a_word_changed_in_a_long_text_is_told_alone():
    words = [f"słowo{n % 700}" for n in range(15_000)]
    old, new = " ".join(words), " ".join([*words[:7_000], "inne", *words[7_001:]])
    told = history.compare(old, new)
    assert [part for part in told if part[0] != "same"] == [("gone", "słowo0"), ("new", "inne")]


def test_an_address_in_a_long_text_is_told_with_its_words():
    city = City(profile_pl='<p>A <a href="https://x.pl/">B</a> C</p><ul><li>D</li></ul>')
    assert history._said(city, City._meta.get_field("profile_pl")) == "A B (https://x.pl/) C\nD"


def test_a_number_changes_as_a_whole():
    assert history.compare("151,000 km", "151,5 km") == [
        ("gone", "151,000"), ("new", "151,5"), ("same", " km"),
    ]  # fmt: skip
