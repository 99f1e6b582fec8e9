import csv
import json
import math
import random
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import pytest

from cities.management.commands.load_programme import DATA
from cities.mapping.displacement import GAP, displace
from cities.mapping.map import LABEL_LETTER, label_sides
from cities.mapping.projection import project

ROUNDED = 0.15  # pixels that rounding both places to a tenth may cost
# What static/js/displacement.js must do alike: tests/js/rules.test.js.
CASES = json.loads((Path(__file__).parent / "displacement_cases.json").read_text())


def closest(places):
    return min(math.dist(a, b) for a, b in combinations(places, 2))


def crowd(seed, count=40, side=250):
    chance = random.Random(seed)  # noqa: S311
    return tuple((chance.uniform(0, side), chance.uniform(0, side)) for _ in range(count))


@pytest.mark.parametrize("seed", range(5))
def test_no_two_markers_stand_within_the_gap(seed):
    points = crowd(seed)
    assert closest(points) < GAP / 2
    assert closest(displace(points)) >= GAP - ROUNDED


@pytest.mark.parametrize("width", [288, 320, 768, 1280])
def test_the_programmes_cities_stand_apart_and_near_their_places(width):
    with (DATA / "cities.csv").open(encoding="utf-8") as file:
        points = [project(row["latitude"], row["longitude"]) for row in csv.DictReader(file)]
    xs = [x for x, _ in points]
    scale = width / (max(xs) - min(xs)) / 1.2
    points = tuple((x * scale, y * scale) for x, y in points)
    places = displace(points)
    assert closest(places) >= GAP - ROUNDED
    moved = max(math.dist(a, b) for a, b in zip(points, places, strict=True))
    assert moved < (70 if width < 700 else 40)


def test_markers_far_enough_apart_stay():
    points = ((0.0, 0.0), (GAP, 0.0), (0.0, GAP), (300.5, -20.1))
    assert displace(points) == points
    assert displace(()) == ()


def test_markers_of_one_place_move_apart_evenly():
    assert displace(((50.0, 50.0), (50.0, 50.0))) == ((50.0, 38.0), (50.0, 62.0))
    assert closest(displace(((0.0, 0.0),) * 5)) >= GAP - ROUNDED


def test_a_pair_is_pushed_along_its_own_line_by_half_the_lack_each():
    assert displace(((0.0, 0.0), (10.0, 0.0))) == ((-7.0, 0.0), (17.0, 0.0))
    assert displace(((0.0, 0.0), (10.0, 0.0)), 12) == ((-1.0, 0.0), (11.0, 0.0))


def test_the_same_points_always_lead_to_the_same_places():
    points = crowd(7)
    assert displace(points) == displace.__wrapped__(points)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{len(case['points'])} markers")
def test_markers_and_their_names_stand_where_the_browser_puts_them(case):
    places = displace(tuple(map(tuple, case["points"])))
    assert [list(place) for place in places] == case["places"]
    cities = [
        SimpleNamespace(name="x" * round(width / LABEL_LETTER), is_precursor=width > 0)
        for width in case["widths"]
    ]
    pins = [SimpleNamespace(city=city, is_own=False) for city in cities]
    sides = label_sides(places, pins, box_width=400)
    assert [sides.get(number, {}).get("label", "") for number in range(len(pins))] == case["sides"]
