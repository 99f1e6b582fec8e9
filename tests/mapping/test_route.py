"""The map of a journey: stops in their order, apart from each other, with names that cover none."""

from types import SimpleNamespace

import pytest

from cities.mapping.displacement import displace
from cities.mapping.route import GAP, in_order, name_sides, route_map, stop_map
from cities.views.walk import Walk


def stop(number, latitude, longitude, name="Miasto"):
    country = SimpleNamespace(code="pl")
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
