"""One walk on a phone, from three words with a fault in one to practices side by side."""

import re

import pytest
from playwright.sync_api import expect
from visitors import Visitor, names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
WORDS = {  # with the fault, without it, others, and what is second in the alphabet
    "pl": ("sieć ciepłownicza biomsa", "sieć ciepłownicza biomasa", "rower", "Ciepło z biomasy od"),
    "en": ("heating network biomsas", "heating network biomass", "bicycle", "Biomass heat: a"),
}


def walk(page, visitor, language, scripts):
    faulty, right, others, second = WORDS[language]
    visitor.search(faulty)
    meant = page.locator("#list > .note a").first
    expect(meant).to_have_text(right)
    expect(page.locator(".finder-card").first).to_be_visible()  # what it meant, at once
    visitor.use(meant)
    expect(page.locator("main [name=q]")).to_have_value(right)

    visitor.open_filters()
    visitor.use(page.locator(".topics-of-practices > summary"))
    visitor.tick(page.locator("[name=topic][value=cieplo-z-biomasy]"))
    visitor.use(page.locator(".apply button"))
    expect(page).to_have_url(re.compile("topic=cieplo-z-biomasy"))
    page.locator(".sort select").select_option("name")
    if not scripts:
        visitor.open_filters()
        visitor.use(page.locator(".apply button"))
    expect(page).to_have_url(re.compile("sort=name"))
    expect(page.locator(".finder-card h3").nth(1)).to_contain_text(second)
    visitor.use(page.locator("#chips a").first)
    expect(page.locator("#chips a")).to_have_count(0)

    chosen = names(page, ".finder-card")[:3]
    for box in page.locator(".finder-card:visible [name=p]").all()[:3]:
        visitor.tick(box)
    visitor.search(others)
    expect(page.locator(".finder-card h3").first).not_to_have_text(chosen[0])
    expect(page.locator("[name=p]:checked")).to_have_count(3)
    visitor.use(page.locator("#compare"))
    expect(page.locator(".compared a")).to_have_text(chosen)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]


@pytest.mark.parametrize(
    ("language", "by", "scripts"),
    [("pl", "touch", True), ("en", "keyboard", True), ("en", "touch", False)],
)
def test_a_planner_finds_and_compares_on_a_phone(new_context, reverse_in, language, by, scripts):
    page = new_context(java_script_enabled=scripts, **PHONE).new_page()
    page.goto(reverse_in(language, "practices"))
    walk(page, Visitor(page, by), language, scripts)
