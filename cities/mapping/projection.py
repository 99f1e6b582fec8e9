"""Web Mercator, as the base map and Leaflet draw it (EPSG:3857)."""

import math
from dataclasses import dataclass

# static/img/europe.svg: longitudes -45 to 70, latitudes 24 to 76, 6600 units wide.
BASE_WEST, BASE_EAST, BASE_NORTH = -45, 70, 76
BASE_SIZE = 6600, 5477
UNITS_PER_DEGREE = BASE_SIZE[0] / (BASE_EAST - BASE_WEST)
INSET = 0.03  # of its height: how far within a frame that stands which is beyond it


def mercator(latitude):
    """Return the Mercator ordinate in degrees. Raise ValueError beyond 85.06° latitude."""
    if abs(latitude) > 85.06:
        raise ValueError(f"Latitude {latitude} is beyond Web Mercator.")
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def project(latitude, longitude):
    """Return (x, y) in base map units, y downwards."""
    x = (float(longitude) - BASE_WEST) * UNITS_PER_DEGREE
    y = (mercator(BASE_NORTH) - mercator(float(latitude))) * UNITS_PER_DEGREE
    return x, y


@dataclass(frozen=True)
class Frame:
    """The rectangle of the base map that a map shows, in base map units."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def around(cls, points, *, margin=0.08, least=(0.0, 0.0), aspect=None):
        """Return the frame around points.

        `margin` is a share of the longer side, `least` the least width and height in base map
        units; `aspect` is width by height, that of the points themselves where not given.
        """
        xs, ys = [x for x, _ in points], [y for _, y in points]
        extra = 2 * margin * max(max(xs) - min(xs), max(ys) - min(ys))
        width = max(max(xs) - min(xs) + extra, least[0])
        height = max(max(ys) - min(ys) + extra, least[1])
        if aspect:
            width = max(width, height * aspect)
            height = width / aspect
        return cls(
            round((min(xs) + max(xs) - width) / 2, 1),
            round((min(ys) + max(ys) - height) / 2, 1),
            round(width, 1),
            round(height, 1),
        )

    def nearest(self, point):
        """Return the point within the edge of the frame that is nearest to a point."""
        (x, y), inset = point, INSET * self.height
        return (
            min(max(x, self.x + inset), self.x + self.width - inset),
            min(max(y, self.y + inset), self.y + self.height - inset),
        )

    def misses(self, points):
        """Tell whether all points of a shape are beyond the same side of the frame."""
        xs, ys = zip(*points, strict=True)
        return (
            max(xs) < self.x
            or min(xs) > self.x + self.width
            or max(ys) < self.y
            or min(ys) > self.y + self.height
        )

    def __str__(self):
        """Write the frame as an SVG viewBox."""
        return f"{self.x} {self.y} {self.width} {self.height}"
