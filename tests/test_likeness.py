import pytest
from django.utils import translation

from cities.likeness import likest, peers_of
from cities.models import City

pytestmark = pytest.mark.database


def alike(city):
    city = City.objects.with_themes().get(pk=city.pk)
    return likest(city, peers_of(city).for_cards())


def test_the_nearest_in_size_comes_first(make_city):
    town = make_city(population=20_000)
    far, near = make_city(population=100_000), make_city(population=22_000)
    assert [likeness.city for likeness in alike(town)] == [near, far]


def test_shared_themes_outweigh_the_country(make_city, make_practice):
    town = make_city(population=None)
    make_practice("energy mobility", city=town)
    abroad = make_city(country="at", population=None)
    at_home = make_city(population=None)
    make_practice("energy mobility", city=abroad)
    scores = {likeness.city: likeness.score for likeness in alike(town)}
    assert at_home in scores
    assert abroad not in scores  # without a population only the country's own are compared


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
