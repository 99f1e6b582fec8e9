"""Contrast of the colours in static/css/base.css (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest

from cities.mapping import palette

MAP = ["sea", "land", "programme-land"]
THEMES = ["energy", "mobility", "spatial"]
TEXT = [(front, "paper") for front in ["ink", "muted", "link", *THEMES]]
TEXT += [("ink", ground) for ground in MAP]
GRAPHICS = [(theme, ground) for theme in THEMES for ground in ["paper", "empty-petal", *MAP]]


def luminance(colour):
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a, b):
    darker, lighter = sorted([luminance(a), luminance(b)])
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (GRAPHICS, 3)], ids=["text", "graphics"])
def test_colours_stand_out(scheme, pairs, least):
    paint = palette.colours(scheme)
    faint = {
        f"{front} on {ground}": round(ratio, 2)
        for front, ground in pairs
        if (ratio := contrast(paint[front], paint[ground])) < least
    }
    assert faint == {}


def test_every_colour_of_the_tokens_is_read(settings):
    tokens = (settings.BASE_DIR / "static/css/base.css").read_text()
    assert len(palette.colours()) == tokens.count("light-dark(#")
