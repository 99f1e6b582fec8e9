from PIL import Image, ImageChops

from cities.mapping import glyph


def test_the_icons_are_drawn_from_the_glyph(settings):
    folder = settings.BASE_DIR / "static/img"
    again = "run manage.py draw_icons"
    assert (folder / "favicon.svg").read_text() == glyph.favicon(), again
    with Image.open(folder / "apple-touch-icon.png") as touch:
        assert ImageChops.difference(touch, glyph.icon(180, 20, "paper")).getbbox() is None, again
    with Image.open(folder / "favicon.ico") as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
