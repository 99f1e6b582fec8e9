"""The map of a journey: stops in their order, apart from each other, with names that cover none."""

from types import SimpleNamespace

import pytest

from cities.mapping.displacement import displace
from cities.mapping.route import (
    GAP,
    WIDE,
    StopPin,
    in_order,
    name_sides,
    numbered_map,
    route_map,
    stop_map,
)
from cities.views.walk import Walk


def stop(number, latitude, longitude, name="Miasto", code="pl"):
    country = SimpleNamespace(code=code)
    place = SimpleNamespace(latitude=latitude, longitude=longitude, name=name, country=country)
    return SimpleNamespace(number=number, place=place)


STOPS = [stop(n, 44 + n * 2, 6 + n * 4) for n in range(1, 7)]


def test_legs_lead_from_stop_to_stop():
    route = route_map(STOPS)
    assert [pin.stop for pin in route.pins] == STOPS
    assert [(a.stop.number, b.stop.number) for a, b in route.legs] == [
        (1, 2), (2, 3), (3, 4), (4, 5), (5, 6),
    ]  # fmt: skip
    assert all(pin.is_shown for pin in route.pins)


def test_stops_in_one_place_stand_apart_in_the_order_of_the_way():
    places = displace(in_order(((100.0, 300.0), (100.0, 100.0), (100.0, 100.0))), GAP)
    assert places[0] == (100.0, 300.0)
    assert places[1][1] - places[2][1] == pytest.approx(GAP, abs=0.2)  # the later one further north
    places = displace(in_order(((100.0, 100.0), (100.0, 100.0), (100.0, 300.0))), GAP)
    assert places[1][1] - places[0][1] == pytest.approx(GAP, abs=0.2)


def test_the_map_of_a_stop_shows_the_one_before_and_the_next():
    walk = Walk(STOPS, STOPS[3])
    pins = stop_map(walk).pins
    assert {3, 4, 5} <= {pin.stop.number for pin in pins if pin.is_shown}
    assert not pins[0].is_shown
    assert [pin.stop.number for pin in pins if pin.is_here] == [4]


def test_a_name_stands_where_it_covers_neither_stop_nor_leg():
    assert name_sides([(100, 100), (160, 100)], ["Weiz", "Mank"], 320, 400) == ["start", "end"]
    assert name_sides([(100, 100), (100, 160)], ["Weiz", "Weiz"], 320, 400) == ["end", ""]
    assert name_sides(
        [(160, 100)], ["Nazwa dłuższa niż cała mapa, od brzegu do brzegu"], 320, 400
    ) == [""]


def test_a_map_of_stops_has_the_shape_of_its_place_and_room_around_them():
    wide = [stop(1, 50, 0), stop(2, 50, 20, code="at"), stop(3, 50, 10)]  # 1147.8 units
    shapes = [
        (route_map(wide), 4 / 5, 2),
        (route_map(wide, WIDE), 16 / 10, 2),
        (numbered_map(wide), 4 / 3, 0),
        (stop_map(Walk(wide, wide[1])), 4 / 3, 2),
    ]
    for drawn, aspect, legs in shapes:
        assert drawn.frame.width == pytest.approx(1147.8 * 1.34, abs=0.1)
        assert drawn.frame.width / drawn.frame.height == pytest.approx(aspect, abs=0.001)
        assert len(drawn.legs) == legs
        assert drawn.countries == ["AT", "PL"]
        assert [pin.left for pin in drawn.pins] == pytest.approx([12.7, 87.3, 50], abs=0.05)
        assert [pin.top for pin in drawn.pins] == pytest.approx([50] * 3, abs=0.05)


@pytest.mark.parametrize(("here", "first", "last"), [(1, 1, 2), (4, 3, 5), (6, 5, 6)])
def test_the_map_of_a_stop_is_that_of_its_neighbours(here, first, last):
    around = stop_map(Walk(STOPS, STOPS[here - 1]))
    assert around.frame == numbered_map(STOPS[first - 1 : last]).frame
    assert [pin.stop for pin in around.pins] == STOPS


def test_places_of_stops_are_told_to_a_thousandth_of_a_percent():
    pins = route_map([stop(1, 50, 15), stop(2, 50, 20)]).pins
    assert [(pin.left, pin.top) for pin in pins] == [(30.063, 50), (69.906, 50)]


def test_stops_of_one_town_stand_apart_and_know_where_they_truly_are():
    first, second = route_map([stop(1, 50, 20), stop(2, 50, 20)]).pins
    # 30 of the 400 pixels that a map 320 pixels wide is high here
    assert (first.left, first.top, first.true_left, first.true_top) == (50, 53.725, 50, 50)
    assert (second.left, second.top, second.true_left, second.true_top) == (50, 46.225, 50, 49.95)


@pytest.mark.parametrize(
    ("left", "top", "is_shown"),
    [
        (0.1, 99.9, True),
        (99.9, 0.1, True),
        (0, 50, False),
        (100, 50, False),
        (50, 0, False),
        (50, 100, False),
    ],
)
def test_only_stops_within_the_frame_are_shown(left, top, is_shown):
    assert StopPin(None, left, top, 50, 50, "", False).is_shown is is_shown


@pytest.mark.parametrize(
    ("places", "shifted"),
    [
        ([(0, 0), (30, 40), (30, 40), (30, 40)], {2: (30.12, 40.16), 3: (30.24, 40.32)}),
        ([(30, 40), (30, 40), (0, 0)], {1: (29.88, 39.84)}),
        ([(0, 0), (30, 0), (30, 40), (30, 40)], {3: (30, 40.2)}),  # on from where it came last
        ([(5, 5), (5, 5), (5, 5)], {1: (5, 4.8), 2: (5, 4.6)}),
        ([(0, 0), (30, 40), (0, 0)], {}),  # there and back
    ],
)
def test_a_later_stop_in_one_place_is_a_little_further_along_the_way(places, shifted):
    for number, place in enumerate(in_order(tuple(places))):
        assert place == pytest.approx(shifted.get(number, places[number]))


@pytest.mark.parametrize(
    ("place", "size", "side"),
    [
        # A name of 41 pixels stands 17 from the middle of its disc.
        ((261.9, 200), (320, 400), "end"),
        ((262, 200), (320, 400), "start"),
        ((58.1, 200), (80, 400), "start"),
        ((58, 200), (80, 400), "below"),
        ((20.6, 200), (41.5, 400), "below"),
        ((20.5, 200), (41.5, 400), ""),
        ((21, 200), (41.5, 400), ""),
        ((33, 368.9), (66, 400), "below"),
        ((33, 369), (66, 400), "above"),
        ((33, 31.1), (66, 60), "above"),
        ((33, 31), (66, 60), ""),
        ((160, 7.1), (320, 400), "end"),
        ((160, 7), (320, 400), "below"),
        ((160, 392.9), (320, 400), "end"),
        ((160, 393), (320, 400), "above"),
    ],
)
def test_the_name_of_a_stop_stands_where_no_edge_cuts_it(place, size, side):
    assert name_sides([place], ["Lienz"], *size) == [side]


@pytest.mark.parametrize(
    ("others", "side"),
    [
        # Legs lead around the name; a disc reaches 13 pixels around its middle.
        ([(300, 120), (231, 200)], "end"),
        ([(300, 120), (230.9, 200)], "start"),
        ([(190, 220)], "end"),
        ([(190, 219.9)], "start"),
        ([(190, 180)], "end"),
        ([(190, 180.1)], "start"),
        ([(177, 100), (164, 250), (164, 200)], "end"),
        ([(300, 60), (164.1, 60), (164.1, 200)], "start"),
    ],
)
def test_the_name_of_a_stop_covers_no_other_stop(others, side):
    names = ["Lienz", *"x" * len(others)]
    assert name_sides([(160, 200), *others], names, 320, 400)[0] == side


@pytest.mark.parametrize(("x", "side"), [(89, "start"), (89.1, "below")])
def test_the_name_of_a_stop_before_it_covers_no_other_stop(x, side):
    places = [(160, 200), (20, 120), (x, 200)]
    assert name_sides(places, ["Lienz", "x", "y"], 200, 400)[0] == side


@pytest.mark.parametrize(("x", "side"), [(216, "start"), (215.9, "below")])
def test_the_name_of_a_stop_covers_no_name_before_it(x, side):
    places = [(100, 200), (100, 100), (x, 200)]
    assert name_sides(places, ["Lienz", "Mauer", "Thaya"], 250, 400) == ["end", "end", side]


@pytest.mark.parametrize(
    ("others", "side"),
    [
        ([(190, 100), (190, 300)], "start"),
        ([(190, 300), (190, 100)], "start"),
        ([(300, 198), (20, 198)], "below"),
        ([(20, 198), (300, 198)], "below"),
        ([(130, 100), (130, 300)], "end"),
        ([(160, 300)], "end"),
        ([(260, 200), (260, 300), (60, 300), (60, 200), (161, 200), (161, 300)], "above"),
    ],
)
def test_the_name_of_a_stop_stands_where_legs_cross_it_least(others, side):
    names = ["Lienz", *"x" * len(others)]
    assert name_sides([(160, 200), *others], names, 320, 400)[0] == side
