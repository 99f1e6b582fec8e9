"""Pictures of the key pages for docs/screens/, taken by `make screens`; not a test."""

import io

import pytest
from django.conf import settings
from PIL import Image

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

FOLDER = settings.BASE_DIR / "docs/screens"
LARGEST = 60_000  # bytes
SCREENS = {  # name: page, its arguments, language, width, colour scheme
    "home": ("home", {}, "en", 1280, "light"),
    "home-dark": ("home", {}, "pl", 1280, "dark"),
    "home-phone": ("home", {}, "pl", 390, "light"),
    "cities": ("cities", {}, "pl", 1280, "light"),
    "city": ("city", {"slug": "bydgoszcz"}, "en", 1280, "light"),
    "practice": ("practice", {"slug": "tramwaj-do-fordonu"}, "pl", 1280, "light"),
    "practices": ("practices", {}, "en", 1280, "dark"),
    "about": ("about", {}, "pl", 1280, "light"),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_take(new_context, reverse_in, screen):
    name, arguments, language, width, scheme = SCREENS[screen]
    height = 1400 if width > 1000 else 1600
    context = new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    assert page.goto(reverse_in(language, name, **arguments)).ok
    if page.locator("[data-map]:not([data-waits])").count():
        page.wait_for_selector("[data-map=live]")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    picture.thumbnail((800, 1400))
    file = FOLDER / f"{screen}.webp"
    quality = 85
    while picture.save(file, quality=quality, method=6) or file.stat().st_size > LARGEST:
        quality -= 10
