"""What a mayor prints: a profile or a practice on A4."""

import re

import pytest
from maps import MIDDLES, open_live, profiles
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

LONGEST = [("city", "bydgoszcz"), ("practice", "tramwaj-do-fordonu")]
A4 = 595, 842  # points


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(("name", "slug"), LONGEST)
def test_profile_and_practice_fill_two_pages_at_most(page, reverse_in, language, name, slug):
    address = reverse_in(language, name, slug=slug)
    page.goto(address)
    pdf = page.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/Type /Page\b.*?/MediaBox \[([^\]]*)\]", pdf, re.DOTALL)
    assert 1 <= len(sheets) <= 2
    for sheet in sheets:
        assert tuple(round(float(number)) for number in sheet.split()[2:]) == A4

    page.emulate_media(media="print", color_scheme="dark")
    paper = page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    for kept in (".map-frame", ".facts dl", ".site-footer p >> nth=1"):
        expect(page.locator(kept)).to_be_visible()
    expect(page.locator(".only-in-print")).to_have_text(re.compile(f"{address}$"))
    for left_out in (".site-nav", ".breadcrumbs", ".site-footer nav"):
        expect(page.locator(left_out)).to_be_hidden()
    links = page.locator(".sources a").evaluate_all(
        "(all) => all.map((a) => [a.href, getComputedStyle(a, '::after').content])"
    )
    assert links
    assert all(url in printed for url, printed in links)


KINDS = {
    "home": ({}, 4),
    "cities": ({}, 4),
    "country": ({"code": "pl"}, 4),
    "topic": ({"slug": "cieplo-sieciowe"}, 3),
    "theme": ({"theme": "energy"}, 7),
    "journey": ({"slug": "wspolne-cieplo"}, 2),
    "measure": ({"key": "whole-cost"}, 3),
    "about": ({}, 4),
}
# Grids and flexible boxes that a page would cut: what follows lies on them.
CUT_BADLY = """() => [...document.querySelectorAll("main, main *")].filter((one) => {
  const { display, breakInside } = getComputedStyle(one);
  return /grid|flex/.test(display) && breakInside !== "avoid" && one.offsetHeight > 500;
}).map((one) => one.className || one.localName)"""


@pytest.mark.long
@pytest.mark.parametrize(("name", "kwargs", "most"), [(n, *rest) for n, rest in KINDS.items()])
def test_pages_of_every_kind_go_on_over_sheets(new_context, reverse_in, name, kwargs, most):
    page = new_context(viewport={"width": 680, "height": 980}).new_page()  # A4 within its margins
    page.goto(reverse_in("pl", name, **kwargs))
    sheets = re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True))
    assert 1 <= len(sheets) <= most
    page.emulate_media(media="print")
    assert page.evaluate(CUT_BADLY) == []


def test_a_live_map_prints_as_the_server_drew_it(page, reverse_in):
    open_live(page, reverse_in("pl", "cities"))
    page.locator(".map-button").first.click()
    page.set_viewport_size({"width": 680, "height": 980})
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".map-live")).to_be_hidden()
    expect(page.locator(".map-base").first).to_be_visible()
    printed = page.locator(".map-frame > .map-pins a.pin")
    assert {link.get_attribute("href") for link in printed.all()} == profiles("pl")
    frame = page.locator(".map").bounding_box()
    for x, y in page.evaluate(MIDDLES.replace("a.pin", ".map-frame > .map-pins a.pin")).values():
        assert frame["x"] < x < frame["x"] + frame["width"]
        assert frame["y"] < y < frame["y"] + frame["height"]
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(printed).to_have_count(0)


def test_a_filtered_live_map_prints_the_cities_that_answer(page, reverse_in):
    open_live(page, f"{reverse_in('en', 'cities')}?country=se")
    page.locator("[name=country]").first.evaluate(
        """() => document.dispatchEvent(new CustomEvent("filters", { detail: {
          themes: [], topics: [], tells: [], country: "hu", search: "",
        } }))"""
    )
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    printed = page.locator(".map-frame > .map-pins a.pin")
    names = {link.get_attribute("href").split("/")[-2] for link in printed.all()}
    assert names == {"ajka", "budaors", "repceszemere", "sopronkovesd"}
