import pytest
from django.utils import translation

from cities.finder.filters import Filters
from cities.finder.similarity import Town, compare, most_similar, peers_of, similarity_score, town
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
