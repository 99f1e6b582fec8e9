"""What a save says of a page: when it changed, where it was, how it is found, who wrote it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import serializers
from django.core.files.base import ContentFile
from django.utils import timezone
from reversion.models import Revision

from cities.editing.saving import saving
from cities.finder.search import search
from cities.models import (
    City,
    Finding,
    FormerAddress,
    Indicator,
    Material,
    Note,
    Practice,
    Topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LONG_AGO = date(2020, 1, 31)
PAST, FUTURE = (datetime(year, 1, 31, tzinfo=UTC) for year in (2000, 2090))
TODAY = timezone.localdate()


@pytest.fixture
def practice(make_practice, make_indicator, make_topic):
    with saving():
        practice = make_practice(title_pl="Tramwaj", title_en="Tram")
        make_topic(practice)
        make_indicator(practice=practice, measure="heat-network-length", value=12, unit="km")
        practice.sources.create(title="Raport")
    Practice.objects.update(changed_on=LONG_AGO)
    City.objects.update(changed_on=LONG_AGO)
    return Practice.objects.get()


def day(page):
    return type(page).objects.values_list("changed_on", flat=True).get(pk=page.pk)


def test_what_readers_do_not_see_is_no_news(practice):
    stale = {"made_from": {}, "sort_pl": "x", "sort_en": "x"}  # which saving sets right
    Practice.objects.update(review_by=LONG_AGO, confirmed_on=LONG_AGO, **stale)
    saved = Practice.objects.get()
    saved.review_by = saved.confirmed_on = None
    saved.save()
    assert day(practice) == LONG_AGO
    assert Practice.objects.get().sort_pl != "x"


def test_the_size_of_a_file_and_a_figure_converted_anew_are_no_news(practice, make_material):
    material = make_material(file=ContentFile(b"%PDF-1.7", "a.pdf"))
    Material.objects.update(changed_on=LONG_AGO, size=5)
    saved = Material.objects.get()
    saved.size = 8
    saved.save()
    Indicator.objects.update(canonical=1)
    Indicator.objects.get().save()
    assert [day(page) for page in (material, practice)] == [LONG_AGO, LONG_AGO]
    assert Indicator.objects.get().canonical == 12


@pytest.mark.parametrize(("name", "moment"), [("publish_at", PAST), ("unpublish_at", FUTURE)])
def test_a_moment_is_news_by_the_second(practice, name, moment):
    Practice.objects.update(**{name: moment.replace(microsecond=9)})
    days = []
    for seconds in (0, 1):
        saved = Practice.objects.get()
        setattr(saved, name, moment + timedelta(seconds=seconds))
        saved.save()
        days.append(day(practice))
    assert days == [LONG_AGO, TODAY]


def change_source(practice):
    source = practice.sources.get()
    source.title = "Nowy raport"
    source.save()


@pytest.mark.parametrize(
    ("do", "is_news"),
    [
        (lambda practice: practice.sources.create(title="Plan"), True),
        (change_source, True),
        (lambda practice: practice.sources.get().save(), False),
        (lambda practice: practice.sources.get().delete(), True),
        (lambda practice: practice.chosen_topics.get().delete(), False),
        (lambda practice: Topic.objects.get().delete(), False),
        (lambda practice: practice.city.save(), False),
    ],
    ids=["new", "changed", "same", "deleted", "topic", "its topic", "its city"],
)
def test_a_page_is_as_new_as_its_parts(practice, do, is_news):
    do(practice)
    assert day(practice) == (TODAY if is_news else LONG_AGO)
    assert day(practice.city) == LONG_AGO


def test_a_part_that_goes_to_another_page_is_news_of_both(practice, make_practice):
    other = make_practice()
    Practice.objects.update(changed_on=LONG_AGO)
    source = practice.sources.get()
    source.practice = other
    with saving(comment="Przeniesione"):
        source.save()
    assert (day(practice), day(other)) == (TODAY, TODAY)
    told = Revision.objects.filter(comment="Przeniesione")
    assert {revision.version_set.count() for revision in told} == {2, 3}


@pytest.mark.parametrize("own", [date(2024, 5, 5), TODAY + timedelta(9)])
def test_a_page_that_brings_a_day_of_its_own_keeps_it(practice, make_country, own):
    with saving():
        practice.changed_on = own
        practice.save()
        change_source(practice)
    assert day(practice) == own
    fields = {
        "slug": "nowe",
        "name_pl": "Nowe",
        "latitude": 52,
        "longitude": 19,
        "role": "committed",
    }
    city = City.objects.create(country=make_country(), changed_on=own, **fields)
    assert day(city) == own


def test_a_page_to_come_is_of_the_day_on_which_it_comes(practice):
    practice.publish_at = timezone.now() + timedelta(days=3)
    practice.save()
    change_source(practice)
    assert day(practice) == timezone.localdate(practice.publish_at)


@pytest.mark.parametrize(
    ("before", "after", "former"),
    [
        ({}, {"summary_pl": "Nowy."}, []),
        ({}, {"slug": "nowe"}, ["stare"]),
        ({}, {"status": "draft"}, ["stare"]),
        ({"status": "draft"}, {"slug": "nowe"}, []),
        ({"status": "draft"}, {"status": "published"}, []),
        ({"publish_at": FUTURE}, {"slug": "nowe"}, []),
    ],
    ids=str,
)
def test_an_address_is_remembered_that_visitors_could_know(make_city, before, after, former):
    make_city(slug="stare", **before)
    city = City.objects.get()
    for name, value in after.items():
        setattr(city, name, value)
    city.save()
    assert list(FormerAddress.objects.values_list("slug", "city")) == [(s, city.pk) for s in former]


def test_a_former_address_leads_to_who_had_it_last_of_its_kind(make_city, make_topic):
    for page in (make_city(slug="stare"), make_topic(slug="stare"), make_city(slug="inne")):
        if page.slug == "inne":
            page.slug = "stare"
            page.save()
        page.slug = f"nowe-{page.pk}"
        page.save()
    former = FormerAddress.objects.filter(slug="stare")
    assert [former.get(city__isnull=False).city, former.count()] == [page, 2]


def test_what_was_written_to_each_other_ends_with_publication(make_city):
    city = make_city()
    note, is_open = Note.objects.create(page=city, text="Popraw."), {}
    for before, after in (
        ("review", "draft"),
        ("published", "draft"),
        ("published", "published"),
        ("review", "published"),
    ):
        City.objects.update(status=before)
        city.status = after
        city.save()
        note.refresh_from_db()
        is_open[before, after] = note.is_open
    assert [moves for moves, still in is_open.items() if not still] == [("review", "published")]


@pytest.mark.parametrize("kind", ["Country", "City", "Topic"])
def test_what_is_found_by_the_name_of_another_is_found_by_its_new_one(practice, kind):
    record = {"Country": practice.city.country, "City": practice.city}.get(
        kind
    ) or Topic.objects.get()
    record.name_pl = "Wieloryb"
    record.save()
    assert list(search(Practice.objects.all(), "wieloryb")) == [practice]
    cities = [] if kind == "Topic" else [practice.city]
    assert list(search(City.objects.all(), "wieloryb")) == cities


@pytest.mark.parametrize(
    ("user", "comment", "kept"),
    [(None, "", []), (None, "Słowa", ["Słowa"]), ("publisher", "", [""])],
)
def test_a_page_gets_a_revision_where_somebody_or_something_is_told(
    practice, publisher, user, comment, kept
):
    with saving(user and publisher, comment):
        change_source(practice)
    revisions = Revision.objects.all()
    assert [revision.comment for revision in revisions] == kept
    assert [revision.user for revision in revisions] == [user and publisher] * len(kept)


def test_a_block_within_another_tells_what_it_did_and_who_began(practice, publisher, editor):
    with saving(publisher, "Z zewnątrz"):
        with saving(editor, "Od środka"):
            change_source(practice)
        with saving():
            practice.save()
    revision = Revision.objects.get()
    assert (revision.user, revision.comment) == (publisher, "Od środka")
    with saving(), saving(editor, "Od środka"):
        practice.save()
    assert Revision.objects.exclude(pk=revision.pk).get().user == editor


@pytest.mark.parametrize(("kind", "many"), [(City, False), (City, True)])
def test_nothing_is_found_on_a_page_that_goes_with_all_that_is_its_own(practice, kind, many):
    (kind.objects.all() if many else kind.objects.get()).delete()
    assert not Practice.objects.exists()
    assert not Finding.objects.exclude(practice=None).exists()
    assert not search(Practice.objects.all(), "tramwaj").exists()


def test_a_backup_brings_all_that_it_holds_itself(practice):
    practice.sort_pl = "x"
    records = [practice, *practice.sources.all()]
    with saving(comment="Kopia"):
        for record in serializers.deserialize("json", serializers.serialize("json", records)):
            record.save()
    assert Practice.objects.values_list("sort_pl", "changed_on").get() == ("x", LONG_AGO)
    assert not Revision.objects.exists()
