"""What the tests of maps look for and do on one."""

import math

import pytest
from django.utils import translation

from cities.models import City

PHONE = {"width": 320, "height": 640}


DESKTOP = {"width": 1280, "height": 800}


# {profile: [x, y]}: the middle of every marker, in the viewport
MIDDLES = """() => Object.fromEntries([...document.querySelectorAll("a.pin")].map((pin) => {
  const target = [...pin.querySelectorAll(".target")].find((one) => one.getClientRects().length);
  const { x, y, width, height } = target.getBoundingClientRect();
  return [pin.getAttribute("href"), [x + width / 2, y + height / 2]];
}))"""


# {profile: px²}: how much of every marker answers to a pointer, asked at every second pixel
UNOBSCURED = """() => Object.fromEntries([...document.querySelectorAll("a.pin")].map((pin) => {
  const target = [...pin.querySelectorAll(".target")].find((one) => one.getClientRects().length);
  const { left, top, right, bottom } = target.getBoundingClientRect();
  let area = 0;
  for (let x = left + 1; x < right; x += 2)
    for (let y = top + 1; y < bottom; y += 2)
      if (document.elementFromPoint(x, y)?.closest("a.pin") === pin) area += 4;
  return [pin.getAttribute("href"), area];
}))"""


COUNT_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries())
    shifts.push([value, ...sources.map(({ node }) => node?.className)]);
}).observe({ type: "layout-shift", buffered: true });
"""


FOCUSED = "() => document.activeElement.getAttribute('href')"


def profiles(language):
    with translation.override(language):
        return {city.get_absolute_url() for city in City.objects.published()}


def show_map(page):
    page.locator(".map").evaluate("(map) => map.scrollIntoView({ block: 'center' })")


def open_live(page, address):
    """Go to a page and wait until Leaflet draws its map."""
    page.goto(address)
    show_map(page)
    page.wait_for_selector("[data-map=live]")


def open_held(page, address):
    """Go to a page, keep it from Leaflet and return what lets Leaflet come."""
    held = []
    page.route("**/leaflet.js", lambda route: held.append(route))
    with page.expect_request("**/leaflet.js"):
        page.goto(address, wait_until="domcontentloaded")
        show_map(page)
    page.wait_for_load_state("domcontentloaded")

    def let_come():
        held[0].continue_()
        page.wait_for_selector("[data-map=live]")

    return let_come


def marker(page, profile):
    return page.locator(f"a.pin[href='{profile}'] .target:visible")


def press_tab_until(page, profile, at_most=80):
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == profile:
            return
    pytest.fail(f"{profile} is not reached by {at_most} presses of Tab")


def farthest(page):
    """Return how far the northernmost marker stands from the southernmost, in pixels."""
    middles = sorted(page.evaluate(MIDDLES).values(), key=lambda middle: middle[1])
    return math.dist(middles[0], middles[-1])


def buttons(page):
    """Return the buttons of the map: zoom in, zoom out, whole map, under their names."""
    box = page.locator(".map")
    names = [box.get_attribute(f"data-{name}") for name in ("zoom-in", "zoom-out", "whole")]
    return [page.get_by_role("button", name=name, exact=True) for name in names]


def sea(page):
    """Return a point of the map where no marker stands: its lower left corner."""
    box = page.locator(".map").bounding_box()
    return box["x"] + box["width"] * 0.55, box["y"] + box["height"] - 20


def expect_scroll(page, wanted):
    for _ in range(20):
        if page.evaluate("() => scrollY") == wanted:
            return
        page.wait_for_timeout(50)
    assert page.evaluate("() => scrollY") == wanted


def label(page, profile):
    return page.locator(f"a.pin[href='{profile}'] .label:visible")
