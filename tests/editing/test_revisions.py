"""What a revision holds: one page whole, all that was written of it, and nothing of another."""

import json

import pytest
from reversion.models import Revision, Version

from cities.editing import history, restoring
from cities.editing.saving import saving
from cities.models import City, Event, FormerAddress, Journey, Material, Practice, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(deed, make_indicator, make_photo, make_material):
    """A page of each kind with a part of each kind, and a former address."""
    with saving():
        make_indicator(practice=deed, measure="heat-network-length", value=12, unit="km")
        deed.sources.create(title="Raport")
        make_photo(practice=deed)
        city = deed.city
        city.sources.create(title="Strategia")
        city.mentions.create(title="A", url="https://a.example/", collection="B", language="pl")
        make_photo(city=city)
        city.slug = "nowe"
        city.save()
        make_material(deed, topics=Topic.objects.all(), country=city.country)
    return deed


WHOLE = {
    "country": ["country"],
    "city": ["city", "formeraddress", "mention", "photo", "source"],
    "event": ["event", "participant"],
    "topic": ["topic"],
    "practice": ["indicator", "photo", "practice", "practicetopic", "source"],
    "journey": ["journey", "stop", "stop"],
    "material": ["material", "materialpractice", "materialtopic"],
}


def every_page():
    return [page for kind in history.PAGES for page in history.whole(kind).order_by("pk")]


def kinds(versions):
    return sorted(version.content_type.model for version in versions)


def test_each_page_has_a_revision_of_its_own_with_its_parts(programme, publisher):
    pages = every_page()
    history.record(pages, publisher, "Słowa")
    held = {}
    for page in pages:
        (version,) = history.versions(page)
        revision = version.revision
        held[page._meta.model_name] = kinds(revision.version_set.all())
        assert (revision.user, revision.comment) == (publisher, "Słowa")
        assert (version.object_repr, version.format) == (str(page), "json")
    assert held == WHOLE
    assert Revision.objects.count() == len(pages)


def test_records_are_written_together_once_each(make_indicator):
    practice = make_indicator().practice
    history.record_together([practice.city, practice, practice.city], None, "Razem")
    (revision,) = Revision.objects.all()
    assert (kinds(revision.version_set.all()), revision.comment) == (["city", "practice"], "Razem")


def test_all_is_kept_that_somebody_wrote_and_nothing_that_follows_from_it(make_indicator):
    figure = make_indicator(measure="heat-network-length")
    held = [json.loads(history.serialized([record]))[0] for record in (figure.practice, figure)]
    columns = [
        {field.name for field in record._meta.concrete_fields} - {"id"}
        for record in (figure.practice, figure)
    ]
    assert [set(each["fields"]) for each in held] == [
        columns[0] - {"changed_on"},
        columns[1] - {"canonical"},
    ]
    assert [(each["model"], each["pk"]) for each in held] == [
        ("cities.practice", figure.practice.pk), ("cities.indicator", figure.pk),
    ]  # fmt: skip
    assert "ł" in history.serialized([Topic(name_pl="Ciepło")])


def test_a_page_is_read_as_it_was_with_its_own_parts_alone(programme, publisher):
    city = programme.city
    own = {record._meta.model_name for record in history.live_snapshot(city)}
    assert own == {"city", "mention", "photo", "source"}
    Event.objects.all().delete()
    restoring.delete(city, publisher)  # with its practice, in one revision
    for kind, names in ((City, own), (Practice, set(WHOLE["practice"]))):
        version = Version.objects.get_deleted(kind).get()
        records = history.recorded_snapshot(version)
        assert {record._meta.model_name for record in records} == names


def test_a_part_is_read_by_itself(make_indicator):
    figure = make_indicator(measure="heat-network-length")
    assert history.live_snapshot(figure) == [figure]
    history.record_together([figure, figure.practice], None, "")
    version = history.versions(figure).get()
    assert history.recorded_snapshot(version) == [figure]


def test_versions_come_the_latest_first(make_indicator):
    practice = make_indicator().practice
    for comment in ("Pierwsza", "Druga"):
        history.record([practice], None, comment)
    told = [version.revision.comment for version in history.versions(practice)]
    assert told == ["Druga", "Pierwsza"]


def test_a_part_belongs_to_its_page(programme, publisher):
    city, event, journey = programme.city, Event.objects.get(), Journey.objects.get()
    owners = {
        city: [city, *city.sources.all(), *city.mentions.all(), *city.photos.all()],
        programme: [
            programme,
            *programme.sources.all(),
            *programme.photos.all(),
            *programme.indicators.all(),
            *programme.chosen_topics.all(),
        ],
        journey: [journey, *journey.stops.all()],
        event: [event, *event.participants.all()],
        Material.objects.get(): [Material.objects.get().chosen_topics.get()],
        publisher: [publisher],
    }
    owners[city].append(FormerAddress.objects.get())
    for page, records in owners.items():
        assert [history.page_of(record) for record in records] == [page] * len(records)
