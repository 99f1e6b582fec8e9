"""The map as the server draws it: a frame of the base map and a link for each city.

Leaflet takes the same frame and the same links over in the browser (static/js/map.js).
Positions are shares of the frame, so they hold at every size; what keeps crowded markers
apart is in pixels, worked out for the smallest size of a narrow and of a wide screen.
"""

from dataclasses import dataclass, replace

from .borders import box
from .displacement import displace
from .projection import Frame, project

# CSS pixels; static/js/displacement.js and static/css/map.css know the same sizes.
LABEL_LETTER, LABEL_HEIGHT, LABEL_GAP = 6.8, 14, 14
GLYPH_RADIUS, RING_RADIUS = 12, 6
LEAST = 720, 540  # base map units that a map shows around a single city
LOCAL = {"margin": 0.15, "aspect": 4 / 3}  # the shape of a map just around its cities
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
    label: str = ""  # the side where its name stands at rest: start, end, above, below or none

    @property
    def is_moved(self):
        return abs(self.dx) + abs(self.dy) > 4


@dataclass
class Pin:
    city: object
    left: float  # percent of the frame
    top: float
    placements: list


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
    """A map of cities, which need CityQuerySet.with_themes; links run north to south."""

    def __init__(self, cities, frame, sizes, countries):
        self.frame = frame
        self.countries = sorted(code.upper() for code in countries)
        cities = sorted(cities, key=lambda city: (-city.latitude, city.longitude))
        points = [frame.nearest(project(city.latitude, city.longitude)) for city in cities]
        self.pins = [
            Pin(city, *in_percent(point, frame), [])
            for city, point in zip(cities, points, strict=True)
        ]
        for size in sizes:
            self._place(points, size)

    def _place(self, points, size):
        true = in_pixels(points, self.frame, size)
        places = displace(true)
        sides = label_sides(places, self.pins, size.box_width, size.growth)
        for number, pin in enumerate(self.pins):
            moved = move(size, true[number], places[number], sides.get(number, ""))
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


def move(size, before, after, label=""):
    dx, dy = round(after[0] - before[0], 1), round(after[1] - before[1], 1)
    return Placement(size.name, dx, dy, label)


def label_sides(places, pins, box_width, growth=1.0):
    """Return {number: side} for the names that can stand beside their marker at rest.

    Precursors only; a name that would cover a marker or another name waits for hover or focus.
    """
    taken = []
    for pin, (x, y) in zip(pins, places, strict=True):
        radius = GLYPH_RADIUS if pin.city.is_precursor else RING_RADIUS
        taken.append(_box(x, y, 2 * radius, 2 * radius))
    sides = {}
    for number, pin in enumerate(pins):
        if not pin.city.is_precursor:
            continue
        x, y = places[number]
        width = len(pin.city.name) * LABEL_LETTER
        across, up = LABEL_GAP + width / 2, LABEL_GAP + LABEL_HEIGHT / 2
        shift = x * growth - x
        for side, dx, dy in (
            ("end", across, 0),
            ("start", -across, 0),
            ("above", 0, -up),
            ("below", 0, up),
        ):
            box = left, _top, right, _bottom = _box(x + dx, y + dy, width, LABEL_HEIGHT)
            fits = all(
                -box_width / 2 < left + by and right + by < box_width / 2 for by in (0, shift)
            )
            if fits and not any(_overlap(box, other) for other in taken):
                sides[number] = side
                taken.append(box)
                break
    return sides


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
    cities = list(filters.cities().for_cards()[: MOST_PINS + 1])
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


def local_map(cities):
    """Return a map just around these cities."""
    placed = [(city.country.code, project(city.latitude, city.longitude)) for city in cities]
    frame = Frame.around(at_home(placed), least=LEAST, **LOCAL)
    return Map(cities, frame, local_sizes(frame), {city.country.code for city in cities})


def local_sizes(frame):
    return [Size("any", 280 / frame.width, 280)]  # from 280 pixels wide: static/css/map.css
