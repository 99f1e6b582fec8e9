"""The map of a journey: numbered stops in their order, and straight legs between them.

All stands in shares of the frame, so that legs meet their discs at every size. What keeps the discs
apart and finds room for names is worked out for the least width at which such a map is drawn.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from .displacement import displace
from .map import LABEL_GAP, LABEL_HEIGHT, LEAST, LOCAL
from .projection import Frame, project

DISC = 13  # CSS pixels of radius; static/css/map.css draws it
SHIFT = 0.2  # CSS pixels
GAP = 30  # CSS pixels between the centres of two stops; static/js/journey-map.js keeps it too
TALL = {"margin": 0.17, "aspect": 4 / 5}  # the shape of a map beside the stops
WIDE = {"margin": 0.17, "aspect": 16 / 10}  # that of its card
WIDTH = 320  # CSS pixels, the least: static/css/map.css
LETTER = 8.2  # CSS pixels of a name in the serif, on average
STEPS = 24  # at which a leg is looked at for a name that it would cross


@dataclass
class StopPin:
    """Where a stop is drawn and where it truly is, in percent of the frame."""

    stop: object
    left: float
    top: float
    true_left: float
    true_top: float
    label: str  # the side on which its name stands at rest: end, start, above, below or none
    is_here: bool

    @property
    def is_shown(self):
        return 0 < self.left < 100 and 0 < self.top < 100


class RouteMap:
    """The map of these stops; `here` is the one at which a reader is."""

    def __init__(self, stops, framed, here=None, shape=TALL):
        points = [project(stop.place.latitude, stop.place.longitude) for stop in stops]
        self.frame = Frame.around(
            [point for point, stop in zip(points, stops, strict=True) if stop in framed],
            least=LEAST,
            **shape,
        )
        self.countries = sorted({stop.place.country.code.upper() for stop in stops})
        true = in_order(self._in_pixels(points))
        places = displace(true, GAP)
        sides = name_sides(places, [stop.place.name for stop in stops], *self._size())
        self.pins = [
            StopPin(stop, *self._share(place), *self._share(origin), side, stop == here)
            for stop, place, origin, side in zip(stops, places, true, sides, strict=True)
        ]
        self.legs = list(pairwise(self.pins))

    def _size(self):
        return WIDTH, WIDTH * self.frame.height / self.frame.width

    def _in_pixels(self, points):
        scale = WIDTH / self.frame.width
        return tuple(
            (round((x - self.frame.x) * scale, 1), round((y - self.frame.y) * scale, 1))
            for x, y in points
        )

    def _share(self, place):
        return [round(at / size * 100, 3) for at, size in zip(place, self._size(), strict=True)]


def route_map(stops, shape=TALL):
    """Return the map of a whole journey."""
    return RouteMap(stops, stops, shape=shape)


def numbered_map(stops):
    """Return the map of numbered places between which no way leads."""
    chart = RouteMap(stops, stops, shape=LOCAL | {"margin": TALL["margin"]})
    chart.legs = []
    return chart


def stop_map(walk):
    """Return the map around the stop at which a reader is, with the one before and the next."""
    near = [stop for stop in (walk.previous, walk.here, walk.next) if stop]
    return RouteMap(walk.stops, near, walk.here, LOCAL | {"margin": TALL["margin"]})


def in_order(places):
    """Shift the later of two stops in one place a little further along the way.

    What moves them apart then leaves them in their order.
    """
    shifted = list(places)
    for number, (x, y) in enumerate(places):
        if number and places[number - 1] == (x, y):
            behind = [other for other in places[:number] if other != (x, y)]
            ahead = next((other for other in places if other != (x, y)), (x, y - 1))
            start, end = (behind[-1], (x, y)) if behind else ((x, y), ahead)
            dx, dy = end[0] - start[0], end[1] - start[1]
            before, length = shifted[number - 1], hypot(dx, dy)
            shifted[number] = before[0] + dx / length * SHIFT, before[1] + dy / length * SHIFT
    return tuple(shifted)


def name_sides(places, names, width, height):
    """Return the side on which each name covers least; none where it would cover another stop.

    Of several stops in one place, the first has the name.
    """
    taken = [(x - DISC, y - DISC, x + DISC, y + DISC) for x, y in places]
    on_legs = [
        (a[0] + (b[0] - a[0]) * step / STEPS, a[1] + (b[1] - a[1]) * step / STEPS)
        for a, b in pairwise(places)
        for step in range(STEPS)
    ]
    sides, named = [], set()
    for (x, y), name in zip(places, names, strict=True):
        half, gap = len(name) * LETTER / 2, LABEL_GAP + 3
        boxes = {
            side: (
                x + dx - half,
                y + dy - LABEL_HEIGHT / 2,
                x + dx + half,
                y + dy + LABEL_HEIGHT / 2,
            )
            for side, dx, dy in (
                ("end", gap + half, 0),
                ("start", -gap - half, 0),
                ("below", 0, gap + LABEL_HEIGHT / 2),
                ("above", 0, -gap - LABEL_HEIGHT / 2),
            )
        }
        free = [
            (sum(within(point, box) for point in on_legs), side)
            for side, box in boxes.items()
            if box[0] > 0
            and box[2] < width
            and box[1] > 0
            and box[3] < height
            and not any(overlap(box, other) for other in taken)
        ]
        _crossed, side = min(free, key=lambda one: one[0], default=(0, ""))
        if name in named:
            side = ""
        named.add(name)
        if side:
            taken.append(boxes[side])
        sides.append(side)
    return sides


def within(point, box):
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
