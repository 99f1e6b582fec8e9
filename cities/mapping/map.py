"""The map as the server draws it: a frame of the base map and a link for each city.

Leaflet takes the same frame and the same links over in the browser (static/js/map.js).
Positions are shares of the frame, so they hold at every size; what keeps crowded markers
apart is in pixels, worked out for the smallest size of a narrow and of a wide screen.
"""

from dataclasses import dataclass, replace
from math import dist

from .borders import box
from .displacement import displace
from .projection import Frame, project

# CSS pixels; static/js/displacement.js and static/css/map.css know the same sizes.
LABEL_LETTER, LABEL_HEIGHT, LABEL_GAP = 6.8, 14, 14
GLYPH_RADIUS, RING_RADIUS = 12, 6
LEAST = 720, 540  # base map units that a map shows around a single city
OWN = 1.5  # times as large is the city whose page it is: static/css/map.css
NOTE_LETTER = 5.6  # CSS pixels
MOST_NEIGHBOURS = 10  # of a city's group on the map of its page
LOCAL = {"margin": 0.22, "aspect": 4 / 3}  # the shape of a map just around its cities
COUNT_GAP = 44  # between the centres of two countries' counts
MOST_PINS = 150  # beyond that the map counts by country


@dataclass(frozen=True)
class Size:
    """The least size at which a map is drawn, and how much larger it gets before the next."""

    name: str
    scale: float  # CSS pixels per base map unit
    box_width: float  # CSS pixels, of the box around the frame
    growth: float = 1.0  # of the scale, while the box keeps its width


@dataclass
class Placement:
    """Where a marker stands at one size, in pixels from its true place."""

    size: str
    dx: float
    dy: float
    label: str  # the side where its name stands at rest: start, end, above, below or none
    is_noted: bool  # whether its note has room beneath its name

    @property
    def is_moved(self):
        return abs(self.dx) + abs(self.dy) > 4


@dataclass
class Pin:
    city: object
    left: float  # percent of the frame
    top: float
    placements: list
    note: str  # why it is on the map of another city
    is_own: bool  # whose page it is


@dataclass
class CountedPin:
    """A country and how many of its cities answer, where a pin for each would be too many."""

    country: object
    count: int
    query: str
    left: float  # percent of the frame
    top: float
    placements: list


class Map:
    """A map of cities, which need CityQuerySet.with_themes; links run north to south.

    On that of one city's own page, all have names, and notes: [(city, why it is shown)].
    """

    def __init__(self, cities, frame, sizes, countries, own=None, notes=()):
        self.frame, self.own = frame, own
        self.countries = sorted(code.upper() for code in countries)
        cities = sorted(cities, key=lambda city: (-city.latitude, city.longitude))
        points = [frame.nearest(project(city.latitude, city.longitude)) for city in cities]
        self.pins = [
            Pin(city, *in_percent(point, frame), [], note_on(city, notes), city == own)
            for city, point in zip(cities, points, strict=True)
        ]
        for size in sizes:
            self._place(points, size)

    def _place(self, points, size):
        true = in_pixels(points, self.frame, size)
        places = displace(true)
        if self.own:
            sides = way_on_sides(places, self.pins, size.box_width)
        else:
            sides = label_sides(places, self.pins, size.box_width, size.growth)
        for number, pin in enumerate(self.pins):
            moved = move(size, true[number], places[number], **sides.get(number, {}))
            pin.placements.append(moved)


class CountedMap:
    """A map of countries with their number of cities, where Leaflet draws clusters."""

    def __init__(self, counts, frame, sizes):
        self.frame = frame
        self.countries = sorted(country.code.upper() for country, *_ in counts)
        points = [frame.nearest(project(*place)) for _country, _n, _query, *place in counts]
        self.counts = [
            CountedPin(country, count, query, *in_percent(point, frame), [])
            for (country, count, query, *_), point in zip(counts, points, strict=True)
        ]
        for size in sizes:
            true = in_pixels(points, frame, size)
            places = displace(true, COUNT_GAP)
            for pin, before, after in zip(self.counts, true, places, strict=True):
                pin.placements.append(move(size, before, after))


def note_on(city, notes):
    return next((note for other, note in notes if other == city), "")


def in_percent(point, frame):
    x, y = point
    return (
        round((x - frame.x) / frame.width * 100, 3),
        round((y - frame.y) / frame.height * 100, 3),
    )


def in_pixels(points, frame, size):
    """Return points in pixels from the top middle of the frame, at a size."""
    return tuple(
        (
            round((x - frame.x - frame.width / 2) * size.scale, 1),
            round((y - frame.y) * size.scale, 1),
        )
        for x, y in points
    )


def move(size, before, after, label="", is_noted=False):
    # A zero without a sign: which one `displace` remembers depends on the map that asked first.
    dx, dy = (round(after[axis] - before[axis], 1) + 0.0 for axis in (0, 1))
    return Placement(size.name, dx, dy, label, is_noted)


def label_sides(places, pins, box_width, growth=1.0):
    """Return {number: {"label": side}} for the names that have room beside their marker at rest.

    Precursors only; a name that would cover a marker or another name waits for hover or focus.
    """
    taken = _markers(places, pins)
    sides = {}
    for number, pin in enumerate(pins):
        if not pin.city.is_precursor:
            continue
        x, y = places[number]
        width = len(pin.city.name) * LABEL_LETTER
        shift = x * growth - x
        for side, there in _beside(x, y, width, LABEL_HEIGHT, LABEL_GAP):
            fits = all(
                -box_width / 2 < there[0] + by and there[2] + by < box_width / 2
                for by in (0, shift)
            )
            if fits and not any(_overlap(there, other) for other in taken):
                sides[number] = {"label": side}
                taken.append(there)
                break
    return sides


def way_on_sides(places, pins, box_width):
    """Return what label_sides does for the map of one city’s page, with whether a note has room.

    Its own name comes first, those with notes next, then all others.
    """
    taken = _markers(places, pins)
    sides = {}
    for number in sorted(range(len(pins)), key=lambda n: (not pins[n].is_own, not pins[n].note)):
        pin, (x, y) = pins[number], places[number]
        larger = OWN if pin.is_own else 1
        name = len(pin.city.name) * LABEL_LETTER * larger
        radius = GLYPH_RADIUS if pin.city.is_precursor else RING_RADIUS
        gap = (radius + LABEL_GAP - GLYPH_RADIUS) * larger
        lines = [(False, name, LABEL_HEIGHT * larger)]
        if pin.note:
            lines.insert(0, (True, max(name, len(pin.note) * NOTE_LETTER), 2 * LABEL_HEIGHT))
        for is_noted, width, height in lines:
            for side, there in _beside(x, y, width, height, gap):
                fits = -box_width / 2 < there[0] and there[2] < box_width / 2 and there[1] > 0
                is_free = not any(_overlap(there, one) for one in taken)
                if fits and is_free and number not in sides:
                    sides[number] = {"label": side, "is_noted": is_noted}
                    taken.append(there)
    return sides


def _markers(places, pins):
    """Return the boxes of markers."""
    radii = [GLYPH_RADIUS if pin.city.is_precursor else RING_RADIUS for pin in pins]
    larger = [OWN if pin.is_own else 1 for pin in pins]
    sides = [2 * radius * by for radius, by in zip(radii, larger, strict=True)]
    return [_box(x, y, side, side) for (x, y), side in zip(places, sides, strict=True)]


def _beside(x, y, width, height, gap):
    """Yield (side, box) of where words may stand, the first line of them beside the marker."""
    across, up = gap + width / 2, gap + height / 2
    down = (height - LABEL_HEIGHT) / 2 if height == 2 * LABEL_HEIGHT else 0
    yield "end", _box(x + across, y + down, width, height)
    yield "start", _box(x - across, y + down, width, height)
    yield "above", _box(x, y - up, width, height)
    yield "below", _box(x, y + up, width, height)


def _box(x, y, width, height):
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def programme_map(cities, countries):
    """Return the map of Europe with these cities, framed for all of the programme’s.

    `countries` are those with cities, with their extents.
    """
    if not countries:
        return None
    frame = frame_of(countries)
    return Map(cities, frame, europe_sizes(frame), [country.code for country in countries])


def frame_of(countries, **shape):
    """Return the frame of all that the cities of countries reach, within those countries."""
    points = [point for country in countries for point in reach_of(country)]
    return Frame.around(points, least=LEAST, **shape)


def reach_of(country):
    corners = [(country.south, country.west), (country.north, country.east)]
    placed = [(country.code, project(*corner)) for corner in corners]
    if any(within(*one) != one[1] for one in placed):  # some city is elsewhere: ask which
        positions = country.cities.published().values_list("latitude", "longitude")
        placed = [(country.code, project(*position)) for position in positions]
    return at_home(placed)


def at_home(placed):
    """Keep of (country's code, point) the points within their country, or else the nearest to them.

    One city far away, or at a mistyped place, would make all others small.
    """
    near = [(point, within(code, point)) for code, point in placed]
    return [point for point, nearest in near if point == nearest] or [n for _point, n in near]


def within(code, point):
    """Return the point nearest to a point in the box of a country."""
    (x, y), (west, north, east, south) = point, box(code)
    return min(max(x, west), east), min(max(y, north), south)


def counted_map(filters, countries, *, is_local=False):
    """Return a map with a count for each country, linked to its filtered list.

    It is that of Europe, or one just around these countries.
    """
    frame = frame_of(countries, **LOCAL) if is_local else frame_of(countries)
    by_code = {country.code: country for country in countries}
    counts = [
        (
            by_code[row["code"]],
            row["n"],
            replace(filters, country=row["code"]).query_string(),
            row["latitude"],
            row["longitude"],
        )
        for row in filters.cities().counted_by_country()
    ]
    return CountedMap(counts, frame, local_sizes(frame) if is_local else europe_sizes(frame))


def map_of(filters, countries, is_local=False):
    """Return the map of the cities that answer the filters, or a count where they are too many.

    It is that of Europe, or one just around these cities.
    """
    cities = filters.cities().for_cards()[: MOST_PINS + 1]
    if len(cities) > MOST_PINS:
        if is_local:
            countries = [country for country in countries if country.code == filters.country]
        return counted_map(filters, countries, is_local=is_local)
    return local_map(cities) if is_local and cities else programme_map(cities, countries)


def europe_sizes(frame):
    return [
        Size("narrow", 416 / frame.height, 320, 34 / 26),  # 26 to 34rem high: static/css/map.css
        Size("wide", 576 / frame.height, 768, 44 / 36),  # 36rem high and more
    ]


def local_map(cities, own=None, notes=()):
    """Return a map just around these cities."""
    placed = [(city.country.code, project(city.latitude, city.longitude)) for city in cities]
    frame = Frame.around(at_home(placed), least=LEAST, **LOCAL)
    codes = {city.country.code for city in cities}
    return Map(cities, frame, local_sizes(frame), codes, own, notes)


def way_on_map(city, group, alike, onward):
    """Return the map of a city’s page: with those nearest of its group, and where one goes on.

    That is to those like it, and `onward`, as (city, why).
    """
    notes = [(similar.city, similar.reasons[0]) for similar in alike if similar.reasons]
    notes += onward
    here = project(city.latitude, city.longitude)
    near = sorted(group, key=lambda one: dist(here, project(one.latitude, one.longitude)))
    shown = [city, *near[:MOST_NEIGHBOURS]]
    shown += [other for other, _note in notes if other not in shown]
    return local_map(shown, own=city, notes=notes)


def local_sizes(frame):
    return [  # from 280 pixels wide, beside a wide page's text from 350: static/css/map.css
        Size("narrow", 280 / frame.width, 280),
        Size("wide", 350 / frame.width, 350),
    ]
