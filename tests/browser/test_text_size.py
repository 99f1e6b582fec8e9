"""Letters twice as large, or set apart as WCAG 1.4.12 has it, push nothing out of the window."""

import pytest
from maps import PHONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

TWICE = "html { font-size: 200% !important; }"
APART = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }"""
KINDS = {
    "home": {},
    "cities": {},
    "practices": {},
    "city": {"slug": "bydgoszcz"},
    "practice": {"slug": "tramwaj-do-fordonu"},
    "country": {"code": "pl"},
    "theme": {"theme": "energy"},
    "topic": {"slug": "cieplo-sieciowe"},
    "measures": {},
    "measure": {"key": "whole-cost"},
    "journey": {"slug": "wspolne-cieplo"},
    "about": {},
    "data": {},
}


@pytest.mark.long
@pytest.mark.parametrize(("styles", "width"), [(TWICE, 1280), (APART, PHONE["width"])])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_large_and_spaced_letters_fit(new_context, reverse_in, language, styles, width):
    page = new_context(viewport={"width": width, "height": 800}, bypass_csp=True).new_page()
    beyond = {}
    for name, kwargs in KINDS.items():
        page.goto(reverse_in(language, name, **kwargs), wait_until="domcontentloaded")
        page.add_style_tag(content=styles)
        beyond[name] = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert {name: pixels for name, pixels in beyond.items() if pixels > 0} == {}
