"""What a map shows from zoom 6: rivers, lakes, and names that cover nothing and do not move."""

from itertools import combinations

import pytest
from maps import open_live
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

VIEWS = ["6/47.6/13.6", "7.2/52/19.5", "9/59.4/17"]
FILE = "europe-near"
JOURNEY = "wspolne-cieplo"
SHOWN = """(all) => all.map((one) => one.textContent)"""
# [[kind, x0, y0, x1, y1], …] of markers and of all names that are to be read in the view
BOXES = """() => {
  const edge = document.querySelector(".map").getBoundingClientRect();
  const boxes = [];
  for (const one of document.querySelectorAll(
    "a.pin .target, a.pin [class*=named-] .label, .map-names .town *, .map-names .country text"
  )) {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    if (right < edge.left || left > edge.right || bottom < edge.top || top > edge.bottom) continue;
    const isRing = one.matches(".pin-committed .target");
    const inset = isRing ? 6 : one.matches("text") ? 1 : 0;
    boxes.push([one.closest("g:not(.marker)").getAttribute("class") + one.textContent,
      left + inset, top + inset, right - inset, bottom - inset]);
  }
  return boxes;
}"""
PLACES = """() => [...document.querySelectorAll(".map-names g, a.pin > svg > g")].map((one) =>
  one.textContent + one.getAttribute("transform") + one.getAttribute("class")
)"""


def open_near(page, address, view):
    open_live(page, f"{address}#map={view}")
    expect(page.locator(".map-names .town").first).to_be_attached()


@pytest.mark.parametrize(
    ("language", "names"),
    [("pl", {"Austria", "Czechy", "Rzym", "Monachium", "Salzburg", "Dunaj", "Balaton"}),
     ("en", {"Austria", "Czechia", "Rome", "Munich", "Salzburg", "Danube", "Balaton"})],
)  # fmt: skip
def test_near_by_countries_towns_and_waters_have_names_of_the_pages_language(
    page, reverse_in, language, names
):
    open_near(page, reverse_in(language, "cities"), "7.9/47.9/14.5")
    shown = page.locator(".map-names text").evaluate_all(SHOWN)
    assert names <= set(shown)
    assert "Kosowo" not in shown
    assert "Kosovo" not in shown
    assert not {"Umeå", "Kiel", "Kilonia", "Bydgoszcz"} & set(shown)  # the programme's own


def test_what_is_near_is_fetched_once_and_only_when_zoomed(page, reverse_in):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if FILE in request.url else None)
    open_live(page, reverse_in("en", "cities"))
    page.wait_for_load_state("networkidle")
    assert asked == []
    zoom_in, zoom_out = (page.locator(".map-button").nth(number) for number in (0, 1))
    for _ in range(3):
        zoom_in.click()
    expect(page.locator(".map-names .town").first).to_be_attached()
    expect(page.locator(".map-live .lake")).to_be_visible()
    expect(page.locator(".map-live .lakes")).to_be_hidden()
    for _ in range(3):
        zoom_out.click()
    expect(page.locator(".map-names g")).to_have_count(0)
    expect(page.locator(".map-live .lakes")).to_be_visible()
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("name", "kwargs", "view"),
    [*[("cities", {}, view) for view in VIEWS], ("journey", {"slug": JOURNEY}, "7.2/47.6/13.6")],
)
def test_no_name_near_by_covers_a_marker_or_a_name(page, reverse_in, name, kwargs, view):
    open_near(page, reverse_in("pl", name, **kwargs), view)
    boxes = page.evaluate(BOXES)
    assert len(boxes) > 10
    covered = [
        (a[0], b[0])
        for a, b in combinations(boxes, 2)
        if min(a[3], b[3]) - max(a[1], b[1]) > 0.5 and min(a[4], b[4]) - max(a[2], b[2]) > 0.5
        and not a[0].startswith("at-live") is b[0].startswith("at-live") is True
    ]  # fmt: skip
    assert covered == []


def test_names_near_by_stay_where_they_are_while_the_map_is_moved(page, reverse_in):
    open_near(page, reverse_in("en", "cities"), "7.5/48/14")
    before = page.evaluate(PLACES)
    box = page.locator(".map-live").bounding_box()
    page.mouse.move(box["x"] + 500, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 200, steps=4)
    page.mouse.up()
    page.wait_for_timeout(500)
    assert page.evaluate(PLACES) == before


def test_from_zoom_7_committed_cities_are_named_too(page, reverse_in):
    named = page.locator("a.pin-committed [class*=named-] .label")
    open_near(page, reverse_in("en", "cities"), "6.9/47.9/14.5")
    expect(named).to_have_count(0)
    open_near(page, f"{reverse_in('en', 'cities')}?", "7.5/47.9/14.5")
    assert {"Liezen", "Knittelfeld", "Ajka", "Umeå"} - set(named.evaluate_all(SHOWN)) == {"Umeå"}


def test_names_near_by_are_no_links_and_not_read_aloud(page, reverse_in):
    open_near(page, reverse_in("en", "cities"), "7/48/14")
    names = page.locator(".map-names")
    expect(names).to_have_attribute("aria-hidden", "true")
    assert names.locator("a, [tabindex], [role]").count() == 0
    assert "Salzburg" not in page.locator(".map").aria_snapshot()


def test_a_map_without_what_is_near_stays_a_map(page, faults, reverse_in):
    page.route(f"**/{FILE}*", lambda route: route.fulfill(status=503))
    open_live(page, f"{reverse_in('en', 'cities')}#map=7/48/14")
    page.wait_for_timeout(300)
    assert {fault.partition(": ")[0] for fault in faults} != set()
    faults.clear()
    expect(page.locator(".map-live .lakes")).to_be_visible()
    expect(page.locator("a.pin-committed [class*=named-] .label").first).to_be_attached()
