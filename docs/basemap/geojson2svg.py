"""GeoJSON (lon/lat) -> compact Web-Mercator SVG with integer, relative path coordinates. Standard library only.

python3 geojson2svg.py countries.geojson water.geojson -45,24,70,76 6600 > europe.svg
Each country is <path id="XX"> (ISO alpha-2) inside <g id="land">; rivers and lakes are one path each. No style inside:
the page's CSS colours it (works inlined, through <use href="...svg#land">, and as L.svgOverlay). vector-effect sits on
every path because it is not inherited through <use>.
"""
import json, math, sys

def mercator(lon, lat):
    return lon, math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))

class Projection:
    """bbox (w, s, e, n) in degrees -> pixels of a `width`-wide viewBox, same projection as Leaflet's EPSG:3857."""
    def __init__(self, bbox, width):
        w, s, e, n = bbox
        (x0, y0), (x1, y1) = mercator(w, s), mercator(e, n)
        self.k, self.x0, self.y1, self.width = width / (x1 - x0), x0, y1, width
        self.height = round((y1 - y0) * self.k)
    def __call__(self, lon, lat):
        x, y = mercator(lon, lat)
        return (x - self.x0) * self.k, (self.y1 - y) * self.k

def ring(points, project, close):
    q = []
    for lon, lat in points:
        x, y = project(lon, lat)
        p = (round(x), round(y))
        if not q or p != q[-1]:
            q.append(p)
    if close and len(q) > 1 and q[0] == q[-1]:
        q.pop()
    if len(q) < (3 if close else 2):
        return ''
    out = [q[0]]
    for i in range(1, len(q)):                       # drop points on a straight run
        if i < len(q) - 1:
            (ax, ay), (bx, by), (cx, cy) = out[-1], q[i], q[i + 1]
            if (bx-ax)*(cy-ay) == (by-ay)*(cx-ax) and (bx-ax)*(cx-bx) + (by-ay)*(cy-by) >= 0:
                continue
        out.append(q[i])
    px, py = out[0]
    s, first = f'M{px} {py}l', True
    for x, y in out[1:]:
        dx, dy = x - px, y - py
        s += ('' if first or dx < 0 else ' ') + str(dx) + ('' if dy < 0 else ' ') + str(dy)
        px, py, first = x, y, False
    return s + ('z' if close else '')

def path(geom, project):
    t, c = geom['type'], geom['coordinates']
    if t == 'Polygon': return ''.join(ring(r, project, True) for r in c)
    if t == 'MultiPolygon': return ''.join(ring(r, project, True) for p in c for r in p)
    if t == 'LineString': return ring(c, project, False)
    if t == 'MultiLineString': return ''.join(ring(l, project, False) for l in c)
    return ''

def main(countries, water, bbox, width):
    pr = Projection([float(v) for v in bbox.split(',')], int(width))
    feats = lambda f: json.load(open(f, encoding='utf-8'))['features']
    ve = ' vector-effect="non-scaling-stroke"'
    s = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {pr.width} {pr.height}"><g id="land">'
    for f in feats(countries):
        d = path(f['geometry'], pr)
        if d: s += f'<path id="{f["properties"]["iso_a2"]}"{ve} d="{d}"/>'
    s += '</g>'
    for kind, ident in (('river', 'rivers'), ('lake', 'lakes')):
        d = ''.join(path(f['geometry'], pr) for f in feats(water) if f['properties']['kind'] == kind)
        s += f'<path id="{ident}"{ve} d="{d}"/>'
    sys.stdout.write(s + '</svg>\n')

if __name__ == '__main__':
    main(*sys.argv[1:])
