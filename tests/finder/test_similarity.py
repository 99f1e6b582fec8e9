import pytest
from django.utils import translation

from cities.finder.filters import Filters
from cities.finder.similarity import (
    Town,
    compare,
    most_similar,
    nearest_in_size,
    peers_of,
    similarity_score,
    town,
)
from cities.models import City, Practice

pytestmark = pytest.mark.database


def alike(city):
    city = City.objects.with_themes().get(pk=city.pk)
    return most_similar(city, peers_of(city).for_cards())


def test_the_nearest_in_size_comes_first(make_city):
    town = make_city(population=20_000)
    far, near = make_city(population=100_000), make_city(population=22_000)
    assert [similarity.city for similarity in alike(town)] == [near, far]


def test_shared_themes_outweigh_the_country(make_city, make_practice):
    town, at_home = make_city(population=20_000), make_city(population=20_000)
    abroad = make_city(country="at", population=20_000)
    for city in (town, abroad):
        make_practice("energy mobility", city=city)
    assert [similarity.city for similarity in alike(town)] == [abroad, at_home]


def test_without_a_population_only_the_countrys_own_are_compared(make_city):
    town, at_home = make_city(population=None), make_city(population=None)
    make_city(country="at", population=None)
    assert [similarity.city for similarity in alike(town)] == [at_home]


@pytest.mark.parametrize(
    ("country", "population", "themes", "score"),
    [
        ("at", 20_000, "", 3),
        ("at", 63_246, "", 1.5),
        ("at", 6_325, "", 1.5),
        ("at", 200_000, "", 0),
        ("at", 2_000_000, "", 0),
        ("at", None, "energy mobility", 4 / 3),
        ("at", None, "mobility spatial", 2 / 3),
        ("pl", None, "", 1),
        ("pl", 20_000, "energy mobility", 3 + 4 / 3 + 1),
    ],
)
def test_size_weighs_three_themes_two_and_the_country_one(
    make_city, make_practice, country, population, themes, score
):
    town, other = make_city(population=20_000), make_city(country, population=population)
    make_practice("energy mobility", city=town)
    if themes:
        make_practice(themes, city=other)
    town, other = City.objects.with_themes().order_by("pk")
    assert compare(town, other).score == pytest.approx(score, abs=1e-4)


@pytest.mark.parametrize(
    ("language", "reasons"),
    [
        ("pl", ["podobna liczba mieszkańców", "też łączy: energia", "w\u00a0tym samym kraju"]),
        ("en", ["about as many people", "joins energy too", "in the same country"]),
    ],
)
def test_the_reasons_are_told_in_words(make_city, make_practice, language, reasons, settings):

    town, other = make_city(population=20_000), make_city(population=21_000)
    make_practice("energy", city=town)
    make_practice("energy spatial", city=other)
    with translation.override(language):
        assert alike(town)[0].reasons == reasons


def test_committed_and_unpublished_cities_are_not_recommended(make_city):
    town = make_city(population=20_000)
    make_city(population=20_000, role="committed")
    make_city(population=20_000, status="draft")
    assert alike(town) == []


@pytest.mark.parametrize(
    ("asked", "population"),
    [
        ("16000", 16_000),
        (" 16 000 ", 16_000),
        ("16.000", 16_000),
        ("16\u00a0427", 16_427),
        ("100000000", 10**8),
    ],
)
def test_a_town_is_told_by_its_population(db, asked, population):
    assert town(asked) == Town(population=population)


@pytest.mark.parametrize("asked", ["łódź", "LODZ", "Lodz", "łód"])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_town_is_told_by_its_name(make_city, asked, language):
    make_city(name_pl="Nowa Łódź", name_en="New Łódź")
    city = make_city(name_pl="Łódź", name_en="Łódź", population=700_000)
    with translation.override(language):
        assert town(asked) == Town("Łódź", 700_000, city.country_id)
        assert town("Ełk, PL") == Town("Ełk", 55_769, city.country_id)  # of the country alone
        assert town("Ajka").country_id is None


@pytest.mark.parametrize(
    "asked", ["", "Atlantis", "0", "-5", "9" * 80, "²", "%", "Polska", "100000001"]
)
def test_what_names_no_town_gives_none(make_city, asked):
    make_city(name_pl="Łódź", status="draft")
    make_city(name_pl="Sztum", name_en="Sztum")
    assert town(asked) is None


def test_practices_of_the_towns_most_alike_come_first(make_city, make_practice):
    sztum = make_city(name_pl="Sztum", role="committed", population=10_000)
    order = [
        make_practice(city=make_city(population=9_000)),
        make_practice(city=make_city(country="at", population=10_000)),
        make_practice(city=make_city(population=60_000)),
        make_practice(city=make_city(population=None)),
        make_practice(city=make_city(country="at", population=None)),
    ]
    asked = Filters(like="Sztum")
    assert list(asked.practices()) == order
    assert list(Filters(like="10000").practices())[:1] == [order[1]]
    scores = Practice.objects.values_list(
        similarity_score(asked.town, "city__"), flat=True
    ).order_by("pk")
    told = [compare(asked.town, practice.city).score for practice in order]
    assert list(scores) == pytest.approx(told)
    assert sztum.country_id == asked.town.country_id


def unsaved(population=None, country=None, sets_mask=0, **fields):
    city = City(population=population, country_id=country, role="precursor", **fields)
    city.theme_sets_mask = sets_mask
    return city


@pytest.mark.parametrize(
    ("own", "population", "reason"),
    [
        (20_000, 20_000, "about as many people"),
        (20_000, 25_000, "about as many people"),
        (20_000, 25_001, "somewhat larger"),
        (20_000, 60_000, "somewhat larger"),
        (20_000, 60_001, None),
        (20_000, 16_000, "about as many people"),
        (20_000, 15_999, "somewhat smaller"),
        (20_001, 6_667, "somewhat smaller"),
        (20_001, 6_666, None),
        (20_000, None, None),
        (None, 20_000, None),
    ],
)
def test_how_large_another_town_is_is_told_up_to_three_times(own, population, reason):
    with translation.override("en"):
        found = compare(unsaved(own, country=1), unsaved(population, country=2)).reasons
    assert found == ([reason] if reason else [])


def test_all_themes_that_both_join_are_told(db):
    one, other = unsaved(sets_mask=1 << 0b111), unsaved(sets_mask=1 << 0b101)
    with translation.override("en"):
        found = compare(one, other)
    assert found.reasons == ["joins energy and spatial planning too", "in the same country"]
    assert found.score == pytest.approx(2 * 2 / 3 + 1)


def test_three_are_told_and_of_those_as_alike_the_first():
    sizes = [10_000, 20_000, 19_000, 20_000, 21_000]
    others = [unsaved(size, name_en=str(n)) for n, size in enumerate(sizes)]
    committed = City(population=20_000, role="committed")
    found = most_similar(unsaved(20_000), [committed, *others])
    assert [similar.city for similar in found] == [others[1], others[3], others[4]]


def test_the_database_weighs_size_and_country_as_python_does(make_city):
    for population in (None, 0, 1, 949, 999, 1_000, 3_000, 10_000, 99_999, 100_001, 105_000):
        make_city("pl", population=population)
    at = make_city("at", population=4_000).country_id
    for asked in (Town(population=10_000, country_id=at), Town(population=5), Town(country_id=at)):
        cities = City.objects.with_themes().annotate(score=similarity_score(asked))
        mine = unsaved(asked.population, asked.country_id or 0)
        told = {city.population: compare(mine, city).score for city in cities.order_by("pk")}
        found = {city.population: city.score for city in cities.order_by("pk")}
        assert found == pytest.approx(told, abs=1e-9)


def test_the_nearest_in_size_are_precursors_that_visitors_see(make_city):
    sizes = [1, 150, 90, 110, 0, None, 90]
    cities = [make_city(population=size) for size in sizes]
    make_city(population=100, role="committed")
    make_city(population=100, status="draft")
    assert list(nearest_in_size(100)) == [cities[n] for n in (3, 2, 6, 1, 0)]


def test_a_city_is_compared_with_the_first_of_its_country_and_with_the_nearest_in_size(
    make_city, make_country, monkeypatch
):
    monkeypatch.setattr("cities.finder.similarity.CANDIDATES", 2)
    make_city(name_pl="A", status="draft")
    first, town = make_city(name_pl="Z"), make_city(name_pl="Y", population=1000)
    make_city(name_pl="B")
    abroad = [make_city("at", population=size) for size in (5000, 1200, 1100)]
    make_city("at", population=1000, status="draft")
    assert set(peers_of(town)) == {first, abroad[2]}
    assert set(peers_of(first)) == {town}


def test_a_city_is_compared_with_forty_at_most_of_its_country_and_as_many_of_its_size(make_city):
    town = make_city(population=1000)
    kinds = [("pl", None), ("at", 1000)]
    for country, population in kinds:
        one = make_city(country, population=population)
        City.objects.bulk_create(
            City(
                slug=f"{country}-{n}",
                country=one.country,
                role="precursor",
                population=population,
                latitude=50,
                longitude=20,
                status="published",
                changed_on=town.changed_on,
            )
            for n in range(41)
        )
    assert peers_of(town).filter(country__code="pl").count() == 39
    assert peers_of(town).filter(country__code="at").count() == 39


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Sztum", "Sztum"),
        ("sztumie", "Sztum"),
        ("Ruda, AT", "Ruda Mała"),
        ("Ruda, PL", "Ruda Śląska"),
        ("miasto", "Miasto Zet"),
        ("Wzorowo", None),  # a draft, and in no gazetteer
        ("Nigdzie, PL", None),
    ],
)
def test_a_town_of_the_programme_is_told_before_others_of_its_name(
    make_city, make_country, asked, found
):
    make_country("at", name_pl="Austria", name_en="Austria")
    for name in ("Miasto Zet", "Miasto Ale", "Sztum", "Ruda Śląska"):
        make_city(name_pl=name, name_en=name, population=7)
    make_city("at", name_pl="Ruda Mała", name_en="Ruda Mała")
    make_city(name_pl="Wzorowo", name_en="Wzorowo", status="draft")
    told = town(asked)
    assert (told and told.name) == found
    assert (told and told.city_id) == (found and City.objects.get(name_pl=found).pk)


def test_a_town_of_the_gazetteer_is_of_its_country_whatever_the_programme_begins_alike(
    make_city, make_country
):
    make_city(name_pl="Graz Wielki", name_en="Graz Wielki", population=7)
    austria = make_country("at", name_pl="Austria", name_en="Austria")
    told = town("Graz")
    assert (told.name, told.country_id, told.city_id) == ("Graz", austria.pk, None)
    assert told.population > 200_000
    assert town("Graz W").city_id == City.objects.get().pk


def test_a_town_is_the_same_whether_or_not_it_is_of_the_programme():
    assert Town("Sztum", 10_000, 1) == Town("Sztum", 10_000, 1, city_id=5)
    assert Town("Sztum", 10_000, 1) != Town("Sztum", 10_000, 2)
