"""Markers that would cover each other move apart; static/js/displacement.js does the same."""

import math
from functools import lru_cache

GAP = 24  # CSS pixels between the centres of two markers: WCAG 2.5.8 asks for targets of 24
MOST_ROUNDS = 100


@lru_cache(maxsize=256)
def displace(points, gap=GAP):
    """Return where markers at these points (x, y in pixels, a tuple) stand without overlap.

    Each round pushes every pair that is too close apart, half the lack each, until none is.
    The result depends on the order of the points. Plain square roots, since the browser
    must come to the same numbers.
    """
    places = [list(point) for point in points]
    for _ in range(MOST_ROUNDS):
        settled = True
        for i, a in enumerate(places):
            for b in places[:i]:
                dx, dy = a[0] - b[0], a[1] - b[1]
                if abs(dx) >= gap or abs(dy) >= gap:
                    continue
                distance = math.sqrt(dx * dx + dy * dy)
                if distance > gap - 0.001:
                    continue
                if distance == 0:
                    dx, dy, distance = 0.0, 1.0, 1.0
                    push = gap / 2
                else:
                    push = (gap - distance) / 2 / distance
                a[0] += dx * push
                a[1] += dy * push
                b[0] -= dx * push
                b[1] -= dy * push
                settled = False
        if settled:
            break
    return tuple((round(x, 1), round(y, 1)) for x, y in places)
