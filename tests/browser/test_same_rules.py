"""The same rules in Python and in JavaScript."""

import json
import random
from pathlib import Path
from types import SimpleNamespace

import pytest

from cities.mapping.displacement import displace
from cities.mapping.map import LABEL_LETTER, label_sides
from cities.mapping.projection import Frame, project
from cities.models import City

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def in_browser(page, function, *arguments, module="displacement"):
    return page.evaluate(
        """async ([module, name, given]) =>
          (await import(`/static/js/${module}.js`))[name](...given) ?? given""",
        [module, function, arguments],
    )


def scattered(count, side, seed):
    chance = random.Random(seed)  # noqa: S311
    return [(chance.uniform(0, side), chance.uniform(0, side)) for _ in range(count)]


def cases():
    yield []
    yield [(5, 5)]
    yield [(0, 0), (24, 0)]
    yield [(0, 0), (23.9, 0)]
    yield [(10, 10), (10, 10)]
    yield [(10, 10)] * 6
    yield [(0, 0), (7, 0), (14, 0), (21, 0), (28, 0)]
    for seed, (count, side) in enumerate([(10, 60), (37, 120), (37, 300), (150, 500)]):
        yield scattered(count, side, seed)
    points = [project(city.latitude, city.longitude) for city in City.objects.published()]
    for scale in (0.15, 0.21, 0.5, 1.5):
        yield [(x * scale, y * scale) for x, y in points]


def test_browser_and_server_move_markers_to_the_same_places(page, reverse_in):
    page.goto(reverse_in("en", "about"))
    for points in cases():
        ours = [list(place) for place in displace(tuple(points))]
        assert in_browser(page, "displace", points) == ours


def test_browser_and_server_put_names_on_the_same_side(page, reverse_in):
    page.goto(reverse_in("en", "about"))
    chance = random.Random(1)  # noqa: S311
    for points in cases():
        pins = [
            SimpleNamespace(
                city=SimpleNamespace(
                    name="Łódź" * chance.randint(1, 6), is_precursor=chance.random() < 0.5
                )
            )
            for _ in points
        ]
        places = displace(tuple(points))
        widths = [len(pin.city.name) * LABEL_LETTER * pin.city.is_precursor for pin in pins]
        sides = label_sides(places, pins, box_width=400)
        ours = [sides.get(number, "") for number in range(len(pins))]
        assert in_browser(page, "labelSides", places, widths, -200, 200) == ours


def test_browser_and_server_keep_markers_within_the_frame(page, reverse_in):
    page.goto(reverse_in("en", "about"))
    frame = Frame(2700, 1900.5, 1500, 1200.2)
    points = [(-5e4, 9e4), (9e4, -9e4), (3000, 1901), (3000, 2500), (4199, 3100)]
    cities, _frame = in_browser(
        page,
        "keepInFrame",
        [{"x": x, "y": y} for x, y in points],
        [frame.x, frame.y, frame.width, frame.height],
        module="live-map",
    )
    assert [(city["x"], city["y"]) for city in cities] == [*map(frame.nearest, points)]


CASES = json.loads((Path(__file__).parents[1] / "finder/finder_cases.json").read_text())
CHOICES = {
    "theme": ["energy", "mobility", "spatial"],
    "country": ["at", "pl"],
    "role": ["precursor", "committed"],
    "stage": ["planned", "underway", "operation", "completed"],
    "size": ["under-5k", "5k-20k", "20k-100k", "over-100k", "unknown"],
}


def test_browser_and_server_read_and_answer_alike(page, reverse_in):
    page.goto(reverse_in("en", "about"))
    filters = page.evaluate(
        """async ([cases, choices]) => {
          const { read, queryString } = await import("/static/js/filters.js");
          return cases.map(({ query }) => {
            const filters = read(new URLSearchParams(query), choices);
            return [filters, queryString(filters)];
          });
        }""",
        [CASES["questions"], CHOICES],
    )
    nothing = {
        "themes": [],
        "country": "",
        "role": "",
        "stage": "",
        "size": "",
        "search": "",
        "like": "",
    }
    wanted = [[nothing | case["asks"], case["writes"]] for case in CASES["questions"]]
    assert filters == wanted
    answers = page.evaluate(
        """async ([cases, choices]) => {
          const { read, matcher } = await import("/static/js/filters.js");
          return cases.map(({ query, filter_values }) =>
            matcher(read(new URLSearchParams(query), choices))(filter_values));
        }""",
        [CASES["answers"], CHOICES],
    )
    assert answers == [case["matches"] for case in CASES["answers"]]
