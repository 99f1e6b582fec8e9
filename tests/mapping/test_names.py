"""Names at rest on the maps of cities: beside their marker, where they cover nothing.

Boxes of names and markers may touch, and overlap by nothing more.
"""

from types import SimpleNamespace

import pytest

from cities.mapping.map import label_sides, way_on_sides

NAME = "Lienz"  # 34 pixels wide at 6.8 a letter, 51 where it is half as large again
NOTE = "ten people"
RINGS = {"end": (30, 0), "start": (-30, 0), "above": (0, -30), "below": (0, 30)}


def pin(name=NAME, *, note="", is_own=False, is_precursor=False):
    city = SimpleNamespace(name=name, is_precursor=is_precursor)
    return SimpleNamespace(city=city, note=note, is_own=is_own)


def side_among(others=(), box_width=1000, growth=1.0, at=(0, 0), name=NAME):
    """Return the side of a precursor's name among others that are none."""
    pins = [pin(name, is_precursor=True), *(pin() for _ in others)]
    sides = label_sides([at, *others], pins, box_width, growth)
    assert set(sides) <= {0}
    return sides.get(0, {}).get("label", "")


@pytest.mark.parametrize(
    ("others", "side"),
    [
        ([], "end"),
        ([RINGS["end"]], "start"),
        ([RINGS["end"], RINGS["start"]], "above"),
        ([RINGS["end"], RINGS["start"], RINGS["above"]], "below"),
        (list(RINGS.values()), ""),
        ([(54, 0)], "end"),  # a ring reaches 6 pixels around its middle
        ([(53.9, 0)], "start"),
        ([(8, 0)], "end"),
        ([(8.1, 0)], "start"),
        ([(30, 13)], "end"),
        ([(30, 12.9)], "start"),
        ([(30, -13)], "end"),
        ([(30, -12.9)], "start"),
        ([RINGS["end"], (-54, 0)], "start"),
        ([RINGS["end"], (-53.9, 0)], "above"),
        ([RINGS["end"], RINGS["start"], (0, -34)], "above"),
        ([RINGS["end"], RINGS["start"], (0, -33.9)], "below"),
        ([RINGS["end"], RINGS["start"], (23, -21)], "above"),
        ([RINGS["end"], RINGS["start"], (22.9, -21)], "below"),
        ([RINGS["end"], RINGS["start"], RINGS["above"], (0, 34)], "below"),
        ([RINGS["end"], RINGS["start"], RINGS["above"], (0, 33.9)], ""),
    ],
)
def test_a_name_stands_at_the_first_side_where_no_marker_is(others, side):
    assert side_among(others) == side


@pytest.mark.parametrize(
    ("given", "side"),
    [
        ({"box_width": 96.1}, "end"),
        ({"box_width": 96}, "above"),  # 48 pixels to each side
        ({"box_width": 296.1, "at": (100, 0)}, "end"),
        ({"box_width": 296, "at": (100, 0)}, "start"),
        ({"box_width": 296, "at": (-100, 0)}, "end"),
        ({"box_width": 296.1, "at": (-100, 0), "others": [(-70, 0)]}, "start"),
        ({"box_width": 296, "at": (-100, 0), "others": [(-70, 0)]}, "above"),
        ({"box_width": 20}, ""),
        # Half as large again, the marker is 50 pixels further from the middle.
        ({"box_width": 396.1, "at": (100, 0), "growth": 1.5}, "end"),
        ({"box_width": 396, "at": (100, 0), "growth": 1.5}, "start"),
        ({"box_width": 396.1, "at": (-100, 0), "growth": 1.5, "others": [(-70, 0)]}, "start"),
        ({"box_width": 396, "at": (-100, 0), "growth": 1.5, "others": [(-70, 0)]}, "above"),
        ({"box_width": 210, "at": (10, 0), "growth": 2, "name": "x" * 15}, "above"),
        ({"box_width": 276, "at": (10, 0), "growth": 2, "name": "x" * 15}, "end"),
    ],
)
def test_a_name_is_cut_at_neither_edge_however_large_the_map_grows(given, side):
    assert side_among(**given) == side


@pytest.mark.parametrize(
    ("away", "sides"),
    [(60, ["end", "end"]), (59.9, ["start", "end"]), (23, ["start", "end"])],
)
def test_the_glyph_of_a_precursor_takes_twice_the_room_of_a_ring(away, sides):
    pins = [pin(is_precursor=True), pin(is_precursor=True)]
    found = label_sides([(0, 0), (away, 0)], pins, 1000)
    assert [found[number]["label"] for number in (0, 1)] == sides


@pytest.mark.parametrize(("away", "side"), [(96, "start"), (95.9, "above"), (80, "above")])
def test_a_name_stands_where_no_name_before_it_does(away, side):
    pins = [pin(is_precursor=True), pin(is_precursor=True)]
    found = label_sides([(0, 0), (away, 0)], pins, 250)
    assert found == {0: {"label": "end"}, 1: {"label": side}}


def sides_on_way(places, pins, box_width=1000):
    found = way_on_sides(places, pins, box_width)
    return {n: f"{sides['label']}{' noted' * sides['is_noted']}" for n, sides in found.items()}


@pytest.mark.parametrize(
    ("is_precursor", "away", "sides"),
    [
        # Its ring reaches 9 pixels, its name of 51 stands 12 from its middle.
        (False, 69, {0: "end", 1: "end"}),
        (False, 68.9, {0: "start", 1: "end"}),
        # Its glyph reaches 18 pixels, its name stands 21 from its middle.
        (True, 78, {0: "end", 1: "end"}),
        (True, 77.9, {0: "start", 1: "end"}),
    ],
)
def test_the_city_whose_page_it_is_has_half_as_much_room_again(is_precursor, away, sides):
    pins = [pin(is_own=True, is_precursor=is_precursor), pin()]
    assert sides_on_way([(0, 100), (away, 100)], pins) == sides


@pytest.mark.parametrize(
    ("other", "side"),
    [((30, 116.5), "end"), ((30, 116.4), "start"), ((30, 83.5), "end"), ((30, 83.6), "start")],
)
def test_the_name_of_the_city_whose_page_it_is_is_as_high_as_it_is_large(other, side):
    assert sides_on_way([(0, 100), other], [pin(is_own=True), pin()])[0] == side


@pytest.mark.parametrize(
    ("other", "side"),
    [
        # A name of 34 pixels stands 8 from the middle of a ring.
        ((48, 100), "end"),
        ((47.9, 100), "start"),
        ((20, 113), "end"),
        ((20, 112.9), "start"),
        ((20, 87), "end"),
        ((20, 87.1), "start"),
    ],
)
def test_on_the_map_of_a_citys_page_all_others_are_named_too(other, side):
    assert sides_on_way([(0, 100), other], [pin(), pin()])[0] == side


@pytest.mark.parametrize(
    ("note", "others", "side"),
    [
        (NOTE, [], "end noted"),  # 56 pixels at 5.6 a letter, a line of 14 below the name
        (NOTE, [(70, 100)], "end noted"),
        (NOTE, [(69.9, 100)], "start noted"),
        (NOTE, [(30, 127)], "end noted"),
        (NOTE, [(30, 126.9)], "start noted"),
        (NOTE, [(30, 87)], "end noted"),
        (NOTE, [(30, 87.1)], "start noted"),
        ("x", [(48, 100)], "end noted"),  # narrower than its name
        ("x", [(47.9, 100)], "start noted"),
        (NOTE, [(40, 126), (-40, 126)], "above noted"),
        (NOTE, [(40, 126), (-40, 126), (0, 58)], "above noted"),
        (NOTE, [(40, 126), (-40, 126), (0, 58.1)], "below noted"),
        (NOTE, [(40, 126), (-40, 126), (0, 70), (0, 142)], "below noted"),
        (NOTE, [(40, 126), (-40, 126), (0, 70), (0, 141.9)], "end"),
    ],
)
def test_a_note_stands_below_a_name_where_it_has_room_else_the_name_alone(note, others, side):
    pins = [pin(note=note), *(pin() for _ in others)]
    assert sides_on_way([(0, 100), *others], pins)[0] == side


@pytest.mark.parametrize(
    ("y", "others", "box_width", "side"),
    [
        (7.1, [], 1000, "end"),
        (7, [], 1000, "below"),
        (100, [], 84.1, "end"),
        (100, [], 84, "above"),
        (100, [(30, 100)], 84.1, "start"),
        (100, [(30, 100)], 84, "above"),
    ],
)
def test_a_name_on_the_map_of_a_citys_page_is_cut_at_no_edge(y, others, box_width, side):
    assert sides_on_way([(0, y), *others], [pin(), *(pin() for _ in others)], box_width)[0] == side


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (pin(is_own=True), pin(note="like it")),
        (pin(is_own=True), pin()),
        (pin(note="like it"), pin()),
    ],
)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_citys_own_name_comes_first_then_those_with_notes(first, second, order):
    pins = [(first, second)[number] for number in order]
    places = [[(-40, 100), (40, 100)][number] for number in order]
    sides = way_on_sides(places, pins, 160)
    assert [sides[number]["label"] for number in order] == ["end", "above"]
