"""A draft and its page both go on: what becomes of each where the other has changed too."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cities.editing import deeds, drafts, history
from cities.editing.saving import saving
from cities.models import City, Draft, DraftState, Practice, Source, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def town(make_city):
    with saving():
        city = make_city(name_pl="Kutno", summary_pl="Opis.", summary_en="Text.")
        for title in ("Strategia", "Plan"):
            city.sources.create(title=title)
    history.record([city], None, "")
    return city


def change(page, **columns):
    """Change a page in the database, as whoever saves it."""
    record = type(page).objects.get(pk=page.pk)
    for name, value in columns.items():
        setattr(record, name, value)
    record.save()


def draft(page, do=None, **how):
    """Make a draft of what is done to a page, and return it."""
    with drafts.kept_apart(page, None, **how):
        if do:
            do()
    return drafts.of(page)


def source(title):
    return Source.objects.get(title=title)


def titles(page):
    return list(page.sources.values_list("title", flat=True))


@pytest.mark.parametrize(
    ("mine", "theirs", "becomes", "is_contested"),
    [
        ({}, {"summary_pl": "B"}, {"summary_pl": "B"}, False),
        ({"summary_pl": "A"}, {"region_pl": "B"}, {"summary_pl": "A", "region_pl": "B"}, False),
        ({"summary_pl": "A"}, {"summary_pl": "A"}, {"summary_pl": "A"}, False),
        ({"summary_pl": "A"}, {"summary_pl": "B"}, {"summary_pl": "A"}, True),
        (
            {"summary_pl": "A"},  # of which both keep how fresh the English is
            {"summary_en": "B"},
            {"summary_pl": "A", "summary_en": "B"},
            False,
        ),
    ],
)
def test_what_the_draft_left_alone_is_as_the_page_has_become(
    town, mine, theirs, becomes, is_contested
):
    of_town = draft(town, lambda: change(town, **mine))
    change(town, **theirs)
    records, contested = drafts.merged(of_town)
    assert {name: getattr(records[0], name) for name in becomes} == becomes
    assert contested == is_contested


@pytest.mark.parametrize(
    ("mine", "theirs", "becomes", "is_contested"),
    [
        (None, lambda town: source("Plan").delete(), ["Strategia"], False),
        (
            lambda town: change(source("Plan"), title="Plan 2"),
            lambda town: source("Plan").delete(),
            ["Strategia", "Plan 2"],
            True,
        ),
        (
            lambda town: change(source("Plan"), title="Plan 2"),
            lambda town: change(source("Plan"), title="Plan 3"),
            ["Strategia", "Plan 2"],
            True,
        ),
        (lambda town: source("Plan").delete(), None, ["Strategia"], False),
        (
            lambda town: town.sources.create(title="Nowe"),
            lambda town: town.sources.create(title="Raport"),
            ["Strategia", "Plan", "Raport", "Nowe"],
            False,
        ),
    ],
)
def test_parts_that_come_and_go_on_either_side_come_and_go(
    town, mine, theirs, becomes, is_contested
):
    of_town = draft(town, mine and (lambda: mine(town)))
    if theirs:
        theirs(town)
    assert drafts.merged(of_town)[1] == is_contested
    drafts.publish(of_town, None, "")
    assert titles(town) == becomes


def test_a_part_that_has_gone_to_another_page_stays_there(town, make_city):
    other = make_city()
    of_town = draft(town, lambda: change(source("Plan"), title="Plan 2"))
    change(source("Plan"), city=other)
    drafts.publish(of_town, None, "")
    assert (titles(town), titles(other)) == (["Strategia", "Plan 2"], ["Plan"])


def test_a_draft_of_which_nobody_knows_where_it_began_is_as_it_was_typed(town):
    of_town = draft(town, lambda: change(town, summary_pl="A"))
    Draft.objects.update(base=None)
    change(town, summary_pl="B", region_pl="B")
    town.sources.create(title="Raport")
    of_town.refresh_from_db()
    records, is_contested = drafts.merged(of_town)
    assert (records[0].summary_pl, records[0].region_pl, is_contested) == ("A", "", False)
    assert [record.title for record in records[1:]] == ["Strategia", "Plan"]


def test_parts_that_are_published_get_keys_of_their_own_and_others_keep_theirs(town):
    before = set(town.sources.values_list("pk", flat=True))
    draft(town, lambda: town.sources.create(title="Pierwsze"))

    def add():
        with saving():
            drafts.apply(drafts.of(town))
            town.sources.create(title="Drugie")
            town.mentions.create(title="A", url="https://a.example/", language="pl")

    draft(town, add)
    drafts.publish(drafts.of(town), None, "")
    assert titles(town) == ["Strategia", "Plan", "Pierwsze", "Drugie"]
    town.mentions.create(title="B", url="https://b.example/")
    last = town.sources.create(title="Potem")
    keys = [part.pk for part in [*town.sources.all(), *town.mentions.all()]]
    assert before < set(keys)
    assert max(keys) < drafts.NEW
    assert last.pk == max(town.sources.values_list("pk", flat=True))


def test_only_a_publication_that_is_stored_has_a_draft(town):
    draft(town)
    assert drafts.of(town).page == town
    assert drafts.of(town.country) is None
    assert drafts.of(City(country=town.country)) is None


def test_a_list_tells_the_state_of_the_draft_that_counts(town, make_city, make_topic):
    draft(town)
    draft(town, state=DraftState.REVIEW)
    dropped = make_city()
    draft(dropped)
    drafts.drop(dropped)
    make_topic(pk=town.pk)
    states = dict(drafts.with_draft_state(City.objects.all()).values_list("pk", "draft_state"))
    assert states == {town.pk: "review", dropped.pk: None}
    topics = drafts.with_draft_state(Topic.objects.all())
    assert topics.get().draft_state is None


def test_a_draft_knows_from_which_version_it_was_made_and_for_what_time(town, publisher):
    history.record([town], None, "")
    later = timezone.now() + timedelta(days=1)
    with drafts.kept_apart(town, publisher, DraftState.SCHEDULED, later):
        change(town, summary_pl="A")
    kept = drafts.of(town)
    assert kept.base == history.versions(town)[0]
    assert (kept.state, kept.publish_at, kept.user) == ("scheduled", later, publisher)


def test_former_drafts_are_forgotten_after_a_month(town, make_city):
    other = draft(make_city())
    old = [draft(town).pk for _day in (29, 31)]
    drafts.drop(town)
    for pk, days in ((old[0], 29), (old[1], 31), (other.pk, 31)):
        Draft.objects.filter(pk=pk).update(date_created=timezone.now() - timedelta(days=days))
    kept = draft(town)
    assert set(Draft.objects.values_list("pk", flat=True)) == {old[0], other.pk, kept.pk}


def test_what_history_is_to_say_of_a_draft_grows_with_it(town):
    records = history.live_snapshot(town)
    notes = ["Pierwsza.", "", "Druga."]
    told = [deeds.told(drafts.keep(town, records, None, note=note).note) for note in notes]
    assert told == ["Pierwsza.", "Pierwsza.", "Pierwsza. Druga."]


def test_a_draft_that_needs_what_is_gone_is_not_published(make_practice, make_topic):
    practice, topic = make_practice(), make_topic()
    history.record([practice], None, "")
    of_practice = draft(practice, lambda: practice.chosen_topics.create(topic=topic))
    topic.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        drafts.publish(of_practice, None, "")
    with drafts.shown(practice) as page:
        assert page == practice
    Draft.objects.update(state="scheduled", publish_at=timezone.now())
    assert drafts.publish_due() == [of_practice]
    assert drafts.of(practice).state == "review"  # somebody decides
    assert not Practice.objects.get().chosen_topics.exists()


def test_of_scheduled_drafts_those_are_published_whose_time_has_come(town, make_city):
    now, day = timezone.now(), timedelta(days=1)
    cities = {name: make_city(summary_pl="Opis.") for name in ("due", "early", "in review")}
    for name, city in cities.items():
        how = {"state": "review" if name == "in review" else "scheduled"}
        at = now + day if name == "early" else now - day
        history.record([city], None, "")
        draft(city, lambda city=city: change(city, summary_pl="Nowy."), publish_at=at, **how)
    contested = draft(town, lambda: change(town, summary_pl="A"), state="scheduled", publish_at=now)
    change(town, summary_pl="B")
    assert drafts.publish_due() == [contested]
    assert drafts.publish_due() == []  # somebody decides first
    assert drafts.of(town).state == "review"
    published = {name: City.objects.get(pk=city.pk).summary_pl for name, city in cities.items()}
    assert published == {"due": "Nowy.", "early": "Opis.", "in review": "Opis."}


def test_moments_are_compared_as_forms_hold_them(town):
    """A form knows no microseconds: they are nothing that somebody has typed."""
    moment = timezone.now().replace(microsecond=500_000) - timedelta(days=1)
    City.objects.update(publish_at=moment)
    town.refresh_from_db()
    history.record([town], None, "")
    of_town = draft(town, lambda: change(town, publish_at=moment.replace(microsecond=0)))
    assert not drafts.merged(of_town)[1]
    later = moment.replace(microsecond=0) - timedelta(hours=1)
    City.objects.update(publish_at=later)
    assert drafts.merged(of_town)[0][0].publish_at == later
