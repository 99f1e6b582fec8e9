"""The theme glyph, drawn from the one description in templates/includes/glyphs.html."""

import math
import re
from functools import cache

from django.conf import settings
from PIL import Image, ImageDraw

from .palette import colours

BOX = 24  # the glyph's own units
PETALS = {"e": "energy", "m": "mobility", "s": "spatial"}  # letter: colour token
OUTLINE = 0.6


@cache
def attributes():
    """Return {letter: attributes} of each petal, and those of the “centre”, as they stand there."""
    path = settings.BASE_DIR / "templates/includes/glyphs.html"
    tags = re.findall(r"<(?:ellipse|circle) [^<>]*>", path.read_text(encoding="utf-8"))
    shapes = [dict(re.findall(r'(?<![\w-])([\w-]+)="([^"]*)"', tag)) for tag in tags]
    found = {shape["id"][-1]: shape for shape in shapes if "id" in shape}
    return found | {"centre": next(shape for shape in shapes if "r" in shape)}


def favicon():
    """Return the glyph of all three themes as an SVG file."""
    paint, petals = colours(), ""
    for letter, token in PETALS.items():
        petals += f"<ellipse {_written(letter)} fill={paint[token]!r}/>"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {BOX} {BOX}'>"
        f"<g stroke={paint['paper']!r} stroke-width='{OUTLINE}'>{petals}</g>"
        f"<circle {_written('centre')} fill={paint['paper']!r} stroke={paint['ink']!r}"
        " stroke-width='1.2'/></svg>\n"
    ).replace("'", '"')


def _written(shape):
    kept = ("cx", "cy", "rx", "ry", "r", "transform")
    return " ".join(f"{k}={v!r}" for k, v in attributes()[shape].items() if k in kept)


def icon(size, margin, ground=None):
    """Return the glyph of all three themes as a picture; its ground is transparent, or a colour."""
    finer = 8
    image = Image.new("RGBA", (size * finer,) * 2, colours()[ground] if ground else (0, 0, 0, 0))
    draw(ImageDraw.Draw(image), margin * finer, margin * finer, (size - 2 * margin) * finer, "ems")
    return image.reduce(finer)


def draw(canvas, left, top, size, letters):
    """Draw the glyph of that name on a Pillow canvas: “em”, “ems”, “all” without a centre…"""
    paint, scale = colours(), size / BOX
    joined_themes = {"all": "ems", "none": ""}.get(letters, letters)
    for letter, token in PETALS.items():
        joined = letter in joined_themes
        canvas.polygon(
            [(left + x * scale, top + y * scale) for x, y in _outline(letter)],
            fill=paint[token] if joined else paint["empty-petal"],
            outline=paint["paper"] if joined else paint["muted"],
            width=max(1, round(OUTLINE * scale)),
        )
    if letters == "ems":
        x, y, r = (float(attributes()["centre"][name]) * scale for name in ("cx", "cy", "r"))
        canvas.circle(
            (left + x, top + y),
            r + 0.6 * scale,
            fill=paint["paper"],
            outline=paint["ink"],
            width=max(1, round(1.2 * scale)),
        )


def _outline(letter):
    """Return the points of a petal's ellipse, turned as its transform says."""
    petal = attributes()[letter]
    cx, cy, rx, ry = (float(petal[name]) for name in ("cx", "cy", "rx", "ry"))
    turn = re.findall(r"[\d.]+", petal.get("transform", "rotate(0 0 0)"))
    angle, x0, y0 = math.radians(float(turn[0])), float(turn[1]), float(turn[2])
    points = []
    for step in range(72):
        t = math.radians(step * 5)
        x, y = cx + rx * math.cos(t) - x0, cy + ry * math.sin(t) - y0
        points.append(
            (
                x0 + x * math.cos(angle) - y * math.sin(angle),
                y0 + x * math.sin(angle) + y * math.cos(angle),
            )
        )
    return points
