import pytest
from PIL import Image, ImageChops, ImageColor, ImageDraw

from cities.mapping import glyph
from cities.mapping.palette import colours

PETALS = {"energy": (12, 6.2), "mobility": (6.46, 15.8), "spatial": (17.54, 15.8)}  # their middles
TIPS = {"energy": (12, 1.3), "mobility": (2.2, 18.2), "spatial": (21.8, 18.2)}  # on their outlines


def test_the_icons_are_drawn_from_the_glyph(settings):
    folder = settings.BASE_DIR / "static/img"
    again = "run manage.py draw_icons"
    assert (folder / "favicon.svg").read_text() == glyph.favicon(), again
    with Image.open(folder / "apple-touch-icon.png") as touch:
        change = ImageChops.difference(touch, glyph.icon(180, 20, "paper"))
        assert change.getbbox(alpha_only=False) is None, again
    with Image.open(folder / "favicon.ico") as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_an_icon_without_a_ground_is_transparent_around_its_glyph():
    icon = glyph.icon(64, 8)
    assert icon.size == (64, 64)
    assert icon.getpixel((32, 9)) == icon.getpixel((4, 60)) == (0, 0, 0, 0)
    assert icon.getbbox() == (11, 10, 53, 48)


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("none", []),
        ("e", ["energy"]),
        ("m", ["mobility"]),
        ("es", ["energy", "spatial"]),
        ("all", ["energy", "mobility", "spatial"]),
        ("ems", ["energy", "mobility", "spatial"]),
    ],
)
def test_a_glyph_lights_the_petals_of_its_name_and_a_centre_for_one_practice_of_all(name, joined):
    def at(x, y):
        return canvas.getpixel((round(40 + 10 * x), round(15 + 10 * y)))

    paint = {token: ImageColor.getrgb(colour) for token, colour in colours().items()}
    ground, ink, paper = (18, 52, 86), paint["ink"], paint["paper"]
    canvas = Image.new("RGB", (300, 280), ground)
    glyph.draw(ImageDraw.Draw(canvas), 40, 15, 240, name)
    lit = {theme: paint[theme if theme in joined else "empty-petal"] for theme in PETALS}
    assert {theme: at(*PETALS[theme]) for theme in PETALS} == lit
    outlines = {theme: paint["paper" if theme in joined else "muted"] for theme in PETALS}
    assert {theme: at(*TIPS[theme]) for theme in PETALS} == outlines
    # From above the upper petal down to the middle of the glyph.
    way = [at(12, y) for y in (0.9, 1.1, 1.5, 1.7, 9.5)]
    assert way == [ground, *[outlines["energy"]] * 2, *[lit["energy"]] * 2]
    centre = [ink, ink, paper, paper] if name == "ems" else [*[lit["energy"]] * 2, ground, ground]
    assert [at(12, y) for y in (9.7, 10.7, 11.5, 12.6)] == centre


def test_the_outline_of_a_small_glyph_is_a_pixel_wide():
    canvas = Image.new("RGB", (24, 24), "#123456")
    glyph.draw(ImageDraw.Draw(canvas), 0, 0, 12, "none")
    muted = ImageColor.getrgb(colours()["muted"])
    assert canvas.getpixel((6, 0)) == muted
    assert canvas.getpixel((6, 3)) == ImageColor.getrgb(colours()["empty-petal"])
