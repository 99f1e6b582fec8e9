import csv
import math
import re
from datetime import date
from itertools import combinations
from types import SimpleNamespace

import pytest

from cities.finder.filters import Filters
from cities.management.commands.load_programme import DATA
from cities.mapping.borders import box
from cities.mapping.map import (
    GLYPH_RADIUS,
    LABEL_GAP,
    LABEL_LETTER,
    RING_RADIUS,
    CountedMap,
    Map,
    Placement,
    Size,
    counted_map,
    europe_sizes,
    frame_of,
    local_map,
    local_sizes,
    map_of,
    move,
    programme_map,
    way_on_map,
)
from cities.mapping.projection import BASE_WEST, UNITS_PER_DEGREE, Frame, mercator, project
from cities.models import City, Country


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def cities():
    """Return the programme's cities as a map needs them, in both languages the same."""
    practices = rows("practices")
    made = []
    for row in rows("cities"):
        own = [practice for practice in practices if practice["city"] == row["slug"]]
        themes = [t for t in ("energy", "mobility", "spatial") if any(p[t] == "1" for p in own)]
        made.append(
            SimpleNamespace(
                name=row["name_pl"],
                country=SimpleNamespace(code=row["country"]),
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                is_precursor=row["role"] == "precursor",
                themes=themes,
                integrated=False,
            )
        )
    return made


def countries_of(cities):
    """Return countries as CountryQuerySet.with_extents does: with how far their cities reach."""
    found = []
    for code in sorted({city.country.code for city in cities}):
        own = [city for city in cities if city.country.code == code]
        latitudes, longitudes = [c.latitude for c in own], [c.longitude for c in own]
        extent = {"south": min(latitudes), "north": max(latitudes)}
        extent |= {"west": min(longitudes), "east": max(longitudes)}
        found.append(SimpleNamespace(code=code, **extent))
    return found


@pytest.mark.parametrize("latitude", [-85, -33.9, 0, 24, 45, 52.2297, 76, 85])
def test_the_projection_is_web_mercator(latitude):
    other_formula = math.degrees(math.asinh(math.tan(math.radians(latitude))))
    assert mercator(latitude) == pytest.approx(other_formula)


def test_the_projection_is_that_of_the_base_map(settings):
    assert project(76, -45) == (0, 0)
    east_end, south_end = project(24, 70)
    base = (settings.BASE_DIR / "static/img/europe.svg").read_text()
    assert f'viewBox="0 0 {east_end:.0f} {south_end:.0f}"' in base
    west, east = project(50, 0)[0], project(50, 1)[0]
    north, south = project(50.5, 0)[1], project(49.5, 0)[1]
    assert (south - north) / (east - west) == pytest.approx(1 / math.cos(math.radians(50)), 1e-3)


@pytest.mark.parametrize("latitude", [85.1, -85.1, 90])
def test_what_lies_beyond_the_projection_is_refused(latitude):
    with pytest.raises(ValueError, match="beyond Web Mercator"):
        project(latitude, 0)


def test_a_frame_leaves_a_margin_around_its_points():
    assert Frame.around([(0, 0), (100, 50)], margin=0.1) == Frame(-10, -10, 120, 70)
    assert Frame.around([(50, 50)], least=(40, 0), aspect=4 / 3) == Frame(30, 35, 40, 30)
    assert Frame.around([(0, 0), (0, 90)], margin=0, aspect=2) == Frame(-90, 0, 180, 90)
    assert Frame.around([(50, 50)], least=(40, 20)) == Frame(30, 40, 40, 20)
    rounded = Frame(0.1, 0.2, 10.3, 10.3)
    assert Frame.around([(0.123, 0.234), (10.456, 10.567)], margin=0) == rounded
    assert str(Frame(-10.5, 0, 120, 70)) == "-10.5 0 120 70"


def test_every_city_stands_within_the_frame(cities):
    drawn = programme_map(cities, countries_of(cities))
    assert len(drawn.pins) == len(cities)
    for pin in drawn.pins:
        x, y = project(pin.city.latitude, pin.city.longitude)
        assert 0 < pin.left < 100
        assert 0 < pin.top < 100
        assert drawn.frame.x + pin.left / 100 * drawn.frame.width == pytest.approx(x, abs=0.05)
        assert drawn.frame.y + pin.top / 100 * drawn.frame.height == pytest.approx(y, abs=0.05)


def test_the_frame_stays_when_cities_are_filtered_out(cities):
    assert (
        programme_map(cities[:1], countries_of(cities)).frame
        == programme_map(cities, countries_of(cities)).frame
    )
    assert programme_map([], countries_of(cities)).pins == []
    assert programme_map([], []) is None


@pytest.mark.database
@pytest.mark.parametrize("place", [(-84.99, 179.99), (85, -180), (18.6, 53)])  # Toruń, exchanged
def test_a_city_far_from_its_country_makes_no_other_small(make_city, place):
    def drawn():
        countries = Country.objects.with_cities().with_extents()
        cities = City.objects.published().for_cards()
        europe = programme_map(cities, countries)
        home = local_map(cities.filter(country__code="pl"))
        return [europe, home, CountedMap([], frame_of(countries), [])]

    for position in [(53, 18.6), (50, 20), (52, 15)]:
        make_city(latitude=position[0], longitude=position[1])
    make_city("se", latitude=60, longitude=17)
    make_city(latitude=54.8, longitude=14.2, status="draft")
    before = [chart.frame for chart in drawn()]
    lost = make_city(latitude=place[0], longitude=place[1])
    after = drawn()
    assert [chart.frame for chart in after] == before
    for chart in after[:2]:  # it stands at the edge, as far in its direction as the map goes
        (pin,) = [pin for pin in chart.pins if pin.city == lost]
        assert round(pin.top) == (3 if place[0] > 80 else 97)
        assert (pin.left > 50) is (place[1] > 0)
        assert min(pin.left, 100 - pin.left) < 5


def test_a_map_of_nothing_but_a_far_city_is_that_of_its_country_at_the_nearest(cities):
    place = {"country": SimpleNamespace(code="pl"), "latitude": -60, "longitude": 150}
    lost = SimpleNamespace(**vars(cities[0]) | place)
    _west, _north, east, south = box("pl")
    frame, (pin,) = local_map([lost]).frame, local_map([lost]).pins
    assert (frame.x + frame.width / 2, frame.y + frame.height / 2) == pytest.approx((east, south))
    assert (round(pin.left), round(pin.top)) == (98, 97)


@pytest.mark.parametrize("code", ["zz", ""])
def test_of_an_unknown_country_the_whole_base_map_counts(code):
    assert box(code) == (-3, -3, 6603, 5480)


def test_the_countries_drawn_as_the_programmes_are_those_with_cities(cities):
    assert programme_map([], countries_of(cities)).countries == ["AT", "DE", "HU", "IT", "PL", "SE"]


def test_links_run_from_north_to_south(cities):
    latitudes = [pin.city.latitude for pin in programme_map(cities, countries_of(cities)).pins]
    assert latitudes == sorted(latitudes, reverse=True)


def test_links_of_one_latitude_run_from_west_to_east(cities):
    for order in ((20, 10, 15), (15, 20, 10), (10, 15, 20)):
        row = [SimpleNamespace(**vars(cities[0]) | {"latitude": 50, "longitude": x}) for x in order]
        assert [pin.city.longitude for pin in local_map(row).pins] == [10, 15, 20]


def test_a_local_map_has_its_city_in_the_middle(cities):
    (pin,) = local_map(cities[:1]).pins
    assert (round(pin.left), round(pin.top)) == (50, 50)


def test_the_map_of_a_citys_page_names_it_its_group_and_those_like_it_with_the_reason(cities):
    by_name = {city.name: city for city in cities}
    sztum, weiz, rankweil = (by_name[name] for name in ("Sztum", "Weiz", "Rankweil"))
    group = [city for city in cities if city.country.code == "pl" and city is not sztum]
    alike = [SimpleNamespace(city=weiz, reasons=["as many people", "joins energy too"])]
    alike.append(SimpleNamespace(city=by_name["Mank"], reasons=[]))
    drawn = way_on_map(sztum, group, alike, [(rankweil, "next stop")])
    shown = {pin.city.name: (pin.note, pin.is_own) for pin in drawn.pins}
    assert shown.pop("Sztum") == ("", True)
    assert shown.pop("Weiz") == ("as many people", False)
    assert shown.pop("Rankweil") == ("next stop", False)
    assert shown == {city.name: ("", False) for city in group}
    own, like = (next(pin for pin in drawn.pins if pin.city is one) for one in (sztum, weiz))
    assert [bool(place.label) for place in own.placements] == [True, True]
    assert like.placements[1].is_noted
    assert drawn.countries == ["AT", "PL"]


def test_the_map_of_a_citys_page_shows_no_more_of_its_group_than_the_nearest(cities):
    sztum = next(city for city in cities if city.name == "Sztum")
    crowd = [
        SimpleNamespace(**vars(sztum) | {"name": f"Town {n}", "latitude": 53.9 - n / 20})
        for n in range(1, 30)
    ]
    shown = [pin.city.name for pin in way_on_map(sztum, crowd[::-1], [], []).pins]
    assert sorted(shown) == sorted(["Sztum", *(f"Town {n}" for n in range(1, 11))])


def boxes_at(drawn, number, scale):
    """Yield (x0, y0, x1, y1) of each marker and each name at rest, at the size of that number."""
    for pin in drawn.pins:
        place = pin.placements[number]
        radius = GLYPH_RADIUS if pin.city.is_precursor else RING_RADIUS
        x = (pin.left / 100 - 0.5) * drawn.frame.width * scale + place.dx
        y = pin.top / 100 * drawn.frame.height * scale + place.dy
        yield x - radius, y - radius, x + radius, y + radius
        width = len(pin.city.name) * LABEL_LETTER
        if place.label:
            across, up = LABEL_GAP + width / 2, LABEL_GAP + 7
            dx, dy = {
                "end": (across, 0),
                "start": (-across, 0),
                "above": (0, -up),
                "below": (0, up),
            }[place.label]
            yield x + dx - width / 2, y + dy - 7, x + dx + width / 2, y + dy + 7


@pytest.mark.parametrize(("number", "height", "box"), [(0, 416, 320), (1, 576, 768)])
def test_names_at_rest_cover_nothing_and_are_not_cut(cities, number, height, box):
    drawn = programme_map(cities, countries_of(cities))
    boxes = list(boxes_at(drawn, number, height / drawn.frame.height))
    assert len(boxes) > len(cities)  # some names stand
    for a, b in combinations(boxes, 2):
        overlap = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        is_name = a[3] - a[1] == pytest.approx(14) or b[3] - b[1] == pytest.approx(14)
        assert not is_name or min(overlap) < 0.2
    for left, top, right, bottom in boxes:
        if bottom - top == pytest.approx(14):
            assert -box / 2 < left < right < box / 2


def test_only_precursors_are_named_at_rest(cities):
    for pin in programme_map(cities, countries_of(cities)).pins:
        if not pin.city.is_precursor:
            assert {(place.label, place.is_noted) for place in pin.placements} == {("", False)}


@pytest.mark.database
def test_a_markers_glyph_tells_its_themes_and_only_one_practice_lights_the_centre(
    make_city, make_practice
):
    for slug, practices in {
        "none": [],
        "e": ["energy"],
        "es": ["energy spatial", "spatial"],
        "all": ["energy mobility", "spatial"],
        "ems": ["energy mobility spatial"],
    }.items():
        city = make_city(slug=slug)
        for themes in practices:
            make_practice(themes, city=city)
    drawn = programme_map(City.objects.for_cards(), Country.objects.with_cities().with_extents())
    assert {pin.city.slug: pin.city.glyph for pin in drawn.pins} == {
        slug: slug for slug in ("none", "e", "es", "all", "ems")
    }


def test_a_city_has_its_glyph_of_the_map_everywhere(make_city, make_practice, visit, reverse_in):
    city = make_city(slug="all")
    make_practice("energy mobility", city=city)
    make_practice("spatial", city=city)
    for address, inside in (
        (reverse_in("pl", "cities"), "city-card"),
        (reverse_in("pl", "city", slug="all"), "kind"),
    ):
        (use,) = visit(address).find("use", inside=inside)
        assert use.attributes["href"] == "#glyph-all"


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("name", ["home", "cities"])
def test_every_city_has_one_link_on_the_map(make_city, visit, reverse_in, language, name):
    towns = []
    for role in ("precursor", "committed", "committed"):  # the first is the map's only city
        towns.append(make_city(role=role, latitude=50, longitude=15 + len(towns) / 1000).slug)
        page = visit(reverse_in(language, name))
        assert page.links(of="pin") == [reverse_in(language, "city", slug=slug) for slug in towns]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_numbers_of_the_map_have_a_decimal_point(make_city, visit, reverse_in, language):
    make_city(latitude=50.1234, longitude=15.5678)
    make_city(latitude=50.1235, longitude=15.7)
    page = visit(reverse_in(language, "cities"))
    places = [svg.attributes for svg in page.find("svg", inside="pin", x=True)]
    assert [(place["x"], place["y"]) for place in places] == [
        ("50.521%", "50.007%"),
        ("49.467%", "50.009%"),
    ]
    moved = [g.attributes["transform"] for g in page.find("g", of="marker", transform=True)]
    assert len(moved) == 4  # two cities at two sizes
    assert all(re.fullmatch(r"translate\(-?\d+\.\d -?\d+\.\d\)", move) for move in moved)


@pytest.mark.parametrize(
    ("shape", "missed"),
    [
        ([(-9, 2), (-1, 8)], True),
        ([(-9, 2), (0, 8)], False),  # at its edge
        ([(11, 0), (12, 5)], True),
        ([(10, 0), (12, 5)], False),
        ([(0, -2), (5, -1)], True),
        ([(0, -2), (5, 0)], False),
        ([(0, 22), (5, 21)], True),
        ([(0, 22), (5, 20)], False),
        ([(-5, -5), (15, -5), (5, 25)], False),  # around it, without a corner in it
        ([(9, 9), (12, 12)], False),
    ],
)
def test_a_frame_misses_what_lies_beyond_a_side(shape, missed):
    assert Frame(0, 0, 10, 20).misses(shape) is missed


@pytest.mark.parametrize(
    ("point", "nearest"),
    [
        ((500, 600), (500, 600)),
        ((0, 600), (124, 600)),  # 3 % of 800 within the edge
        ((9999, 600), (1076, 600)),
        ((500, -50), (500, 224)),
        ((500, 9999), (500, 976)),
    ],
)
def test_what_is_beyond_a_frame_stands_a_little_within_its_edge(point, nearest):
    assert Frame(100, 200, 1000, 800).nearest(point) == nearest


@pytest.mark.parametrize(
    ("dx", "dy", "is_moved"),
    [(0, 0, False), (4, 0, False), (-2, 2.1, True), (2, -2, False), (0, -4.1, True)],
)
def test_a_marker_a_few_pixels_from_its_place_needs_no_line_to_it(dx, dy, is_moved):
    assert Placement("wide", dx, dy, "end", False).is_moved is is_moved


def test_a_marker_that_stays_has_no_minus_sign():
    """Whichever map asks first for the same places, the page is the same."""
    stays = move(Size("wide", 1, 768), (0.0, 0.0), (-0.0, -0.0))
    assert f"{stays.dx} {stays.dy}" == "0.0 0.0"


def test_a_map_is_drawn_for_the_least_sizes_of_the_stylesheet(settings):
    style = (settings.BASE_DIR / "static/css/map.css").read_text()
    bounds = re.findall(r"clamp\((\d+)rem, \d+svh, (\d+)rem\)", style)
    drawn = europe_sizes(Frame(0, 0, 2000, 1000))
    told = [(round(s.scale * 1000, 6), round(s.scale * s.growth * 1000, 6)) for s in drawn]
    assert told == [(int(least) * 16, int(most) * 16) for least, most in bounds]
    wide = int(re.search(r"width >= (\d+)rem", style)[1]) * 16
    assert [(size.name, size.box_width) for size in drawn] == [("narrow", 320), ("wide", wide)]
    least = [(s.name, s.scale * 2000, s.box_width) for s in local_sizes(Frame(0, 0, 2000, 1000))]
    assert least == [("narrow", 280, 280), ("wide", 350, 350)]


def test_markers_and_counts_of_one_place_move_apart_in_pixels_of_each_size(cities):
    twins = [
        SimpleNamespace(**vars(cities[0]) | {"name": f"{n}" * 99, "longitude": 20 + n / 2})
        for n in (0, 1)
    ]
    drawn = local_map(twins)
    assert (drawn.frame.width, drawn.frame.height) == (720, 540)
    # Half a degree is 11.2 pixels on 280 for the 720 units of the frame, 13.9 on 350.
    apart = [[(p.size, p.dx, p.dy) for p in pin.placements] for pin in drawn.pins]
    assert apart == [
        [("narrow", -6.4, 0), ("wide", -5.0, 0)],
        [("narrow", 6.4, 0), ("wide", 5.0, 0)],
    ]
    austria, poland = SimpleNamespace(code="at"), SimpleNamespace(code="pl")
    counts = [(poland, 5, "country=pl", 50, 20), (austria, 7, "country=at", 50, 20)]
    chart = CountedMap(counts, Frame(3500, 3400, 720, 540), europe_sizes(drawn.frame))
    assert chart.countries == ["AT", "PL"]
    assert [(pin.country, pin.count, pin.query) for pin in chart.counts] == [
        (poland, 5, "country=pl"),
        (austria, 7, "country=at"),
    ]
    for pin, way in zip(chart.counts, (-22, 22), strict=True):
        assert [(p.size, p.dx, p.dy) for p in pin.placements] == [
            ("narrow", 0, way),
            ("wide", 0, way),
        ]
        x, y = project(50, 20)
        assert pin.left == pytest.approx((x - 3500) / 7.2, abs=0.001)
        assert pin.top == pytest.approx((y - 3400) / 5.4, abs=0.001)


@pytest.mark.parametrize(("x", "side"), [(3599, "end"), (3901, "start")])
def test_names_at_rest_know_the_middle_and_the_box_of_the_map(cities, x, side):
    """A box of 320 pixels around a frame of 720 units at half a pixel each: 160 to each side."""
    town = SimpleNamespace(
        **vars(cities[0])
        | {"name": "x" * 20, "latitude": 50, "longitude": x / UNITS_PER_DEGREE + BASE_WEST}
    )
    drawn = Map([town], Frame(3400, 3300, 720, 540), [Size("narrow", 0.5, 320)], {"pl"})
    assert [place.label for place in drawn.pins[0].placements] == [side]


@pytest.mark.database
def test_beyond_150_cities_a_map_counts_them_by_country(make_country):
    def drawn(country="", **shape):
        return map_of(Filters(country=country), countries(), **shape)

    def countries():
        return Country.objects.with_cities().with_extents()

    home, abroad = make_country("pl"), make_country("de")
    town = {"role": "committed", "status": "published", "changed_on": date(2026, 5, 3)}
    City.objects.bulk_create(
        City(slug=f"town-{n}", country=home, latitude=40 + n % 12, longitude=n // 12, **town)
        for n in range(149)
    )
    City.objects.create(country=abroad, slug="nord", latitude=54, longitude=9, **town)
    assert len(drawn().pins) == 150
    City.objects.create(country=home, slug="more", latitude=50, longitude=20, **town)
    chart = drawn()
    assert {(pin.country.code, pin.count, pin.query) for pin in chart.counts} == {
        ("pl", 150, "country=pl"),
        ("de", 1, "country=de"),
    }
    assert len(drawn("pl").pins) == 150
    assert map_of(Filters(role="precursor"), countries(), is_local=True).pins == []
    for shape, is_in_the_middle in ({}, False), ({"is_local": True}, True):
        (alone,) = drawn("de", **shape).pins
        assert alone.city.slug == "nord"
        assert (round(alone.left) == round(alone.top) == 50) is is_in_the_middle
    City.objects.create(country=home, slug="still-more", latitude=50, longitude=21, **town)
    europe = counted_map(Filters(), countries())
    sizes = [place.size for pin in europe.counts for place in pin.placements]
    assert sizes == ["narrow", "wide"] * 2
    for shape, is_of_europe in ({}, True), ({"is_local": True}, False):
        home = drawn("pl", **shape)
        assert [(pin.country.code, pin.count) for pin in home.counts] == [("pl", 151)]
        assert (home.frame == europe.frame) is is_of_europe
