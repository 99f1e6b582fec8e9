"""Records as sets: what holds each word, what answers each filter, and in which order."""

from datetime import date

import pytest
from django.utils import translation

from cities.finder.few import Few, ReadSets
from cities.finder.ordered import Best
from cities.finder.search import find
from cities.finder.sets import (
    CitySets,
    PracticeSets,
    Sets,
    all_of,
    answering,
    any_of,
    tokens_of,
    written,
)
from cities.models import City, Event, Indicator, Topic

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("asked", "in_words", "tokens", "found"),
    [
        ("a", "a", {"a"}, 0b0011),
        (all_of(["a", "a"]), "a", {"a"}, 0b0011),
        (all_of(["a", "b"]), "(a & b)", {"a", "b"}, 0b0001),
        (any_of(["a", "b", "a", "c"]), "(a | b | c)", {"a", "b", "c"}, 0b1111),
        (all_of(["a", any_of(["b", "c"])]), "(a & (b | c))", {"a", "b", "c"}, 0b0001),
        (any_of([all_of(["a", "b"]), "c"]), "((a & b) | c)", {"a", "b", "c"}, 0b1001),
    ],
)
def test_what_is_asked_of_the_words_is_the_same_for_the_database_and_in_bits(
    asked, in_words, tokens, found
):
    assert written(asked) == in_words
    assert tokens_of(asked) == tokens
    assert answering(asked, {"a": 0b0011, "b": 0b0101, "c": 0b1000}) == found


@pytest.fixture
def tram():
    """Return three topics, as they are without a database: of the first and the last are trams."""
    names = ("Tramwaj", "Rower", "Stary tramwaj")
    return Few(Topic(name_pl=name, name_en=name, slug=name) for name in names)


def test_a_few_records_are_sets_by_the_same_tokens(tram):
    assert tram.every == 0b111
    asked = ["pl1tramwaj", "pl1rower", "pl1statek", any_of(["pl1star", "pl1rower"])]
    assert tram.holding(asked) == [0b101, 0b010, 0, 0b110]
    assert tram.in_order(0b101) == [tram[0], tram[2]]
    assert tram.in_order(0) == []


@pytest.fixture
def cities(make_city):
    """Make three cities, the last of which is the first by the alphabet, and a draft."""
    names = [("B", "X", "published"), ("C", "Z", "published"), ("Szkic", "A", "draft")]
    names += [("A", "Y", "published")]
    return [make_city(name_pl=pl, name_en=en, status=status) for pl, en, status in names]


def test_bits_stand_for_the_records_by_their_keys(cities):
    first, second, draft, third = (city.pk for city in cities)
    sets = Sets(City.objects.published().order_by("-pk"))
    assert list(sets.keys) == [first, second, third]
    assert sets.every == 0b111
    assert sets.of([first]) == 0b001
    assert sets.of([third, draft, second]) == 0b110
    assert sets.of([]) == 0
    assert sets.holding(["pl1b", any_of(["pl1c", "en1y"])]) == [0b001, 0b110]
    assert list(sets.in_order(0b101, [2, 1, 0])) == [2, 0]
    assert list(sets.in_order(0b001, [2, 1, 0])) == [0]
    assert list(sets.in_order(0, [2, 1, 0])) == []


def test_records_stand_by_the_alphabet_of_the_language(cities, django_assert_num_queries):
    sets = Sets(City.objects.published())
    assert list(sets.alphabetically()) == [2, 0, 1]
    with translation.override("en"):
        assert list(sets.alphabetically()) == [0, 2, 1]
    with django_assert_num_queries(0):
        assert list(sets.alphabetically()) == [2, 0, 1]
    assert list(sets.order("all", City.objects.order_by("-pk"))) == [2, 1, 0]


def test_no_more_than_five_hundred_words_are_remembered(cities, django_assert_num_queries):
    sets = Sets(City.objects.published())
    words = [f"pl1x{n}" for n in range(501)]
    for asked, queries in ((words[:500], 1), (words[:1], 0), (words[500:], 1), (words[:1], 1)):
        with django_assert_num_queries(queries):
            assert sets.holding(asked) == [0] * len(asked)


def test_answers_are_read_slice_by_slice_in_their_own_order(cities):
    first, second, draft, third = cities
    sets = Sets(City.objects.exclude(pk=0))
    ranked = [sets.of([first.pk, draft.pk]), sets.of([second.pk, third.pk])]
    best = Best(ranked, sets, sets.alphabetically(), City.objects.published())
    assert len(best) == 4
    assert best[:10] == [first, third, second]
    assert (best[:2], best[1:3], best[3:4]) == ([first], [third], [second])


def test_events_are_read_once_for_their_words_and_again_when_they_are_found(
    make_event, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr("cities.models.publication.CHUNK", 2)
    first, _second, third = (
        make_event(day=date(2020, 9, day), title_pl=title, title_en="Meeting")
        for day, title in ((1, "Tramwaj"), (2, "Rower"), (3, "Stary tramwaj"))
    )
    sets = ReadSets(Event.objects.with_participants().latest_first())
    with django_assert_num_queries(0):
        assert sets.every == 0b111
        assert sets.holding(["pl1tramwaj", "pl1rower", "pl1statek"]) == [0b101, 0b010, 0]
        assert list(sets.usual_order()) == [0, 1, 2]
    found = find("tramwaj", sets).best(sets)
    assert len(found) == 2
    assert found[:9] == [third, first]
    first.delete()
    assert found[:9] == [third]


def in_bits(sets, **slugs):
    """Return {(filter, value): addresses} as the sets of a queryset have it."""
    every = {slug: 1 << sets.places[key] for slug, key in slugs.items()}
    return {
        asked: " ".join(slug for slug, bit in every.items() if found & bit)
        for asked, found in sets.having.items()
        if found
    }


def test_all_that_can_be_asked_of_cities_is_known_of_each(make_city, make_practice):
    one = make_city("at", name_pl="Ż", population=800, study_visits="yes", slug="one")
    two = make_city(role="committed", slug="two")
    make_city(status="draft")
    make_practice("energy mobility", city=one)
    make_practice("spatial", city=one)
    make_practice("energy", city=two, status="draft")
    sets = CitySets()
    assert list(sets.keys) == [one.pk, two.pk]
    assert in_bits(sets, one=one.pk, two=two.pk) == {
        ("country", "at"): "one",
        ("country", "pl"): "two",
        ("role", "precursor"): "one",
        ("role", "committed"): "two",
        ("size", "under-5k"): "one",
        ("size", "unknown"): "two",
        ("visits", "yes"): "one",
        ("visits", ""): "two",
        ("themes", 0b001): "one",
        ("themes", 0b010): "one",
        ("themes", 0b011): "one",
        ("themes", 0b100): "one",
    }


@pytest.fixture
def practices(make_city, make_practice, make_topic, make_indicator):
    """Make three practices of two cities, and one that is hidden, by their addresses."""
    town, village = make_city("at", population=12_000), make_city(population=800)
    kinds = [
        ("one", village, "energy", {"stage": "planned", "paid_eu": True, "paid_residents": True}),
        ("hidden", village, "mobility", {"status": "draft", "paid_own": True}),
        ("two", town, "energy spatial", {}),
        ("three", town, "mobility", {"paid_own": True}),
    ]
    made = {
        slug: make_practice(themes, city=city, slug=slug, title_pl=slug, **fields)
        for slug, city, themes, fields in kinds
    }
    make_topic(made["one"], made["two"], made["hidden"], slug="heat")
    make_topic(made["two"], slug="rain")
    cost = {"unit": "MEUR", "about": "cost", "measure": "whole-cost"}
    for slug, value in (("two", 5), ("two", 3), ("one", 9), ("hidden", 1)):
        make_indicator(practice=made[slug], value=value, **cost)
    make_indicator(practice=made["three"], value=2, **cost | {"unit": "MPLN"})
    make_indicator(practice=made["three"], value=7, evidence="measured")
    return made


def test_all_that_can_be_asked_of_practices_is_known_of_each(practices):
    sets = PracticeSets()
    keys = {slug: practice.pk for slug, practice in practices.items() if slug != "hidden"}
    assert list(sets.keys) == list(keys.values())  # not by the alphabet
    assert in_bits(sets, **keys) == {
        ("country", "pl"): "one",
        ("country", "at"): "two three",
        ("stage", "planned"): "one",
        ("stage", "operation"): "two three",
        ("size", "under-5k"): "one",
        ("size", "5k-20k"): "two three",
        ("themes", "energy"): "one two",
        ("themes", "mobility"): "three",
        ("themes", "spatial"): "two",
        ("payer", "own"): "three",
        ("payer", "eu"): "one",
        ("payer", "residents"): "one",
        ("topics", "heat"): "one two",
        ("topics", "rain"): "two",
        ("measure", "whole-cost"): "one two three",
        ("tells", "cost"): "one two three",
        ("tells", "result"): "three",
    }
    one, two = keys["one"], keys["two"]
    assert sets.figures == {"whole-cost": [(one, 9.0), (two, 3.0), (two, 5.0)]}
    towns = {practices[slug].city_id for slug in ("one", "two")}
    assert sets.cities_of(sets.of([one, two])) == towns
    assert sets.cities_of(sets.of([one])) == {practices["one"].city_id}
    assert sets.of_city(practices["two"].city_id) == sets.of([two, keys["three"]])


def test_of_a_measure_a_hundred_and_fifty_figures_are_kept(make_practice):
    practice = make_practice()
    Indicator.objects.bulk_create(
        Indicator(practice=practice, label_pl=n, measure="grant", value=n, canonical=n)
        for n in reversed(range(151))
    )
    assert PracticeSets().figures["grant"] == [(practice.pk, n) for n in range(150)]


def test_measures_are_reported_on_where_enough_practices_do(practices, make_indicator, make_topic):
    for slug in ("one", "two"):
        make_indicator(practice=practices[slug], unit="km", measure="cycle-route-length")
    heat, rain = Topic.objects.order_by("slug")
    alone = make_topic(practices["three"])
    unknown = make_topic()
    sets = PracticeSets()
    assert (sets.about(heat), sets.about(unknown)) == (
        sets.of([p.pk for p in heat.practices.all()]),
        0,
    )
    assert sets.reported() == {"whole-cost": 3}
    assert sets.reported_on(heat) == {"whole-cost": 2}
    assert sets.reported_on(rain) == sets.reported_on(alone) == sets.reported_on(unknown) == {}


def test_practices_are_told_apart_by_how_many_topics_they_share(make_practice, make_topic):
    other, three, two, one = (make_practice() for _ in range(4))
    make_practice()
    topics = [make_topic(three, two), make_topic(three, two), make_topic(three, one)]
    alone = make_topic(other)
    sets = PracticeSets()
    assert sets.sharing(topics) == [sets.of([practice.pk]) for practice in (three, two, one)]
    assert sets.sharing([alone]) == [sets.of([other.pk])]
