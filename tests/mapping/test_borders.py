"""Borders of the base map: which places are in a country, and what speaks against others."""

import math

import pytest
from django.utils import translation

from cities.mapping.borders import box, doubt, is_inside, rings
from cities.mapping.projection import BASE_NORTH, BASE_WEST, UNITS_PER_DEGREE, mercator, project
from cities.models import Country

PROGRAMME = ["at", "de", "hu", "it", "pl", "se"]
POLAND = Country(code="pl", name_pl="Polska", name_en="Poland")


def place(x, y):
    """Return the latitude and longitude of a point of the base map."""
    ordinate = math.radians(mercator(BASE_NORTH) - y / UNITS_PER_DEGREE)
    return math.degrees(math.atan(math.sinh(ordinate))), x / UNITS_PER_DEGREE + BASE_WEST


@pytest.mark.parametrize(
    ("towns", "countries"),
    [
        (
            {"Lienz": (46.83, 12.77), "Bregenz": (47.50, 9.75), "Gmünd": (48.77, 14.98)},
            ["at"],
        ),
        (
            {"Görlitz": (51.15, 14.97), "Flensburg": (54.78, 9.44), "Burg": (54.44, 11.19)},
            ["de"],
        ),
        (
            {"Sopron": (47.68, 16.60), "Szeged": (46.25, 20.15), "Záhony": (48.41, 22.18)},
            ["hu"],
        ),
        (
            {"Palermo": (38.12, 13.36), "Cagliari": (39.22, 9.12), "Otranto": (40.14, 18.49)},
            ["it"],
        ),
        (
            {"Hel": (54.61, 18.81), "Zgorzelec": (51.15, 15.01), "Suwałki": (54.10, 22.93)},
            ["pl"],
        ),
        (
            {"Visby": (57.64, 18.30), "Haparanda": (65.83, 24.14), "Malmö": (55.60, 13.00)},
            ["se"],
        ),
        ({"Passau, at the border": (48.57, 13.43)}, ["at", "de"]),
        (
            {
                "Praha": (50.08, 14.42),
                "Bratislava": (48.20, 17.20),
                "Kaliningrad": (54.71, 20.51),
                "København": (55.68, 12.40),
                "Bastia": (42.20, 9.10),
                "Gulf of Bothnia": (62.00, 19.50),
                "Gulf of Guinea": (0, 0),
            },
            [],
        ),
    ],
)
def test_a_town_is_in_its_own_country_and_no_other(towns, countries):
    assert {
        town: [code for code in PROGRAMME if is_inside(code, *position)]
        for town, position in towns.items()
    } == dict.fromkeys(towns, countries)


@pytest.mark.parametrize(
    ("code", "south", "west", "north", "east"),
    [
        ("at", 46.372, 9.531, 49.021, 17.161),
        ("hu", 45.737, 16.113, 48.585, 22.896),
        ("PL", 49.002, 14.123, 54.836, 24.146),
    ],
)
def test_the_box_of_a_country_reaches_three_units_beyond_it(code, south, west, north, east):
    left, top = project(north, west)
    right, bottom = project(south, east)
    assert box(code) == pytest.approx((left - 3, top - 3, right + 3, bottom + 3), abs=1.5)


def test_a_country_that_the_base_map_lacks_has_no_borders():
    assert rings("zz") == []
    assert not is_inside("zz", 52, 20)


@pytest.mark.parametrize(
    ("dx", "dy", "inside"),
    [(-2.99, 0, True), (-3.01, 0, False), (-2.9, -2.9, True), (-2.9, -3.01, False)],
)
def test_a_place_three_units_beyond_a_cape_still_counts(monkeypatch, dx, dy, inside):
    cape = [(1000, 1000), (1200, 1400), (1400, 1000)]
    monkeypatch.setattr("cities.mapping.borders.shapes", lambda: {"PL": [cape]})
    assert is_inside("pl", *place(1000 + dx, 1000 + dy)) is inside


@pytest.mark.parametrize(
    ("x", "y", "inside"),
    [
        (1100, 1050, True),
        (1030, 1080, False),  # left of the slope that leads down to the right
        (1050, 1080, True),
        (1350, 1080, True),
        (1370, 1080, False),
        (1110, 1240, False),
        (1130, 1240, True),
        (1270, 1240, True),
        (1290, 1240, False),
        (1200, 1150, False),  # in the lake
        (1150, 1150, True),
        (1200, 1450, False),
        (1100, 950, False),
    ],
)
def test_a_place_is_inside_where_the_border_is_crossed_once(monkeypatch, x, y, inside):
    border = [(1000, 1000), (1200, 1400), (1400, 1000)]
    lake = [(1170, 1120), (1230, 1120), (1230, 1180), (1170, 1180)]
    monkeypatch.setattr("cities.mapping.borders.shapes", lambda: {"PL": [border, lake]})
    assert is_inside("pl", *place(x, y)) is inside


@pytest.mark.parametrize(
    ("position", "polish", "english"),
    [
        ((52.2, 21), "", ""),
        ((18.6, 53), "(Polska). Leżałoby", "(Poland) on our map. It would be"),
        ((48.1, 11.5), "Sprawdź je.", "Check it."),
        ((21, 85.04), "Sprawdź je.", "Check it."),
        ((21, 85.5), "Sprawdź je.", "Check it."),
        ((89, 20), "Sprawdź je.", "Check it."),
        ((-90, -180), "Sprawdź je.", "Check it."),
    ],
    ids=["inside", "exchanged", "abroad", "far north", "farther", "near the pole", "nowhere"],
)
def test_a_doubtful_place_is_told_from_one_whose_degrees_changed_places(position, polish, english):
    for language, words in (("pl", polish), ("en", english)):
        with translation.override(language):
            told = doubt(POLAND, *position)
        assert words in told
        assert bool(told) is bool(words)


def test_of_a_country_without_borders_no_place_is_doubted():
    assert doubt(Country(code="zz"), 0, 0) == ""
