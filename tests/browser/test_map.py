"""The map: the server's SVG first, Leaflet over it, the same links in both."""

import math
import random
from itertools import combinations
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.utils import translation
from playwright.sync_api import expect

from cities.displacement import displace
from cities.map import LABEL_LETTER, label_sides
from cities.models import City
from cities.projection import project

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

both_languages = pytest.mark.parametrize("language", ["pl", "en"])
both_widths = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["320px", "1280px"])
both_pages = pytest.mark.parametrize("name", ["home", "cities"])

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


# Without JavaScript


@both_languages
def test_every_city_is_linked_from_map_and_list_without_javascript(
    no_javascript, reverse_in, language
):
    page = no_javascript.new_page()
    page.goto(reverse_in(language, "cities"))
    assert len(profiles(language)) == 37
    for links in ("a.pin", "#list .city-card a"):
        found = page.locator(links).evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
        assert len(found) == 37
        assert set(found) == profiles(language)


def test_keyboard_passes_every_marker_from_north_to_south_without_javascript(
    no_javascript, reverse_in
):
    page = no_javascript.new_page()
    page.goto(reverse_in("en", "cities"))
    north_to_south = [city.name_en for city in City.objects.order_by("-latitude", "longitude")]
    press_tab_until(page, reverse_in("en", "city", slug="umea"))
    passed = []
    for _ in north_to_south:
        passed.append(
            page.evaluate("() => document.activeElement.querySelector('title')?.textContent")
        )
        page.keyboard.press("Tab")
    assert [name.split(",")[0] for name in passed] == north_to_south


@both_languages
def test_click_on_marker_opens_profile_without_javascript(no_javascript, reverse_in, language):
    page = no_javascript.new_page()
    page.goto(reverse_in(language, "home"))
    marker(page, reverse_in(language, "city", slug="bydgoszcz")).click()
    expect(page.locator("h1")).to_have_text("Bydgoszcz")


# With Leaflet


@both_languages
def test_click_on_marker_opens_profile(page, reverse_in, language):
    profile = reverse_in(language, "city", slug="bydgoszcz")
    open_live(page, reverse_in(language, "home"))
    marker(page, profile).click()
    expect(page).to_have_url(profile)
    expect(page.locator("h1")).to_have_text("Bydgoszcz")


@both_languages
def test_keyboard_alone_opens_profile(page, reverse_in, language):
    profile = reverse_in(language, "city", slug="bydgoszcz")
    open_live(page, reverse_in(language, "home"))
    press_tab_until(page, profile)
    page.keyboard.press("Enter")
    expect(page).to_have_url(profile)
    expect(page.locator("h1")).to_have_text("Bydgoszcz")


@both_widths
@both_pages
def test_every_marker_shows_200_px_before_and_after_leaflet(
    new_context, reverse_in, name, viewport
):
    page = new_context(viewport=viewport).new_page()
    let_leaflet_come = open_held(page, reverse_in("pl", name))
    before = page.evaluate(UNOBSCURED)
    let_leaflet_come()
    after = page.evaluate(UNOBSCURED)
    assert set(before) == set(after) == profiles("pl")
    assert {profile: area for profile, area in before.items() if area < 200} == {}
    assert {profile: area for profile, area in after.items() if area < 200} == {}


@both_widths
@pytest.mark.parametrize("code", ["at", "de", "hu", "it", "pl", "se"])
def test_every_marker_of_a_country_shows_200_px(new_context, reverse_in, code, viewport):
    cities = City.objects.published().in_country(code)
    page = new_context(viewport=viewport).new_page()
    open_live(page, reverse_in("pl", "country", code=code))
    areas = page.evaluate(UNOBSCURED)
    assert len(areas) == len(cities)
    assert {profile: area for profile, area in areas.items() if area < 200} == {}


@pytest.mark.parametrize(
    "viewport",
    [PHONE, DESKTOP, {"width": 1920, "height": 1080}],
    ids=["320px", "1280px", "1920px"],
)
@both_pages
def test_leaflet_moves_no_marker_and_shifts_nothing(new_context, reverse_in, name, viewport):
    context = new_context(viewport=viewport)
    context.add_init_script(COUNT_SHIFTS)
    page = context.new_page()
    let_leaflet_come = open_held(page, reverse_in("pl", name))
    before = page.evaluate(MIDDLES)
    let_leaflet_come()
    after = page.evaluate(MIDDLES)
    moved = {profile: math.dist(before[profile], after[profile]) for profile in before}
    assert {profile: way for profile, way in moved.items() if way > 1} == {}
    page.wait_for_load_state("load")
    assert page.evaluate("() => shifts") == []


@both_languages
def test_leaflet_waits_for_a_button_where_fingers_point(new_context, reverse_in, language):
    page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(reverse_in(language, "home"), wait_until="networkidle")
    show_map(page)
    page.wait_for_timeout(300)
    assert "map.js" in asked
    assert "leaflet.js" not in asked
    areas = page.evaluate(UNOBSCURED)
    assert {profile: area for profile, area in areas.items() if area < 200} == {}
    before = page.evaluate(MIDDLES)

    explore = page.locator(".map").get_attribute("data-explore")
    page.get_by_role("button", name=explore).tap()
    page.wait_for_selector("[data-map=live]")
    assert "leaflet.js" in asked
    after = page.evaluate(MIDDLES)
    assert max(math.dist(before[profile], after[profile]) for profile in before) <= 1
    expect(page.get_by_role("button", name=explore)).to_have_count(0)
    marker(page, reverse_in(language, "city", slug="bydgoszcz")).tap()
    expect(page.locator("h1")).to_have_text("Bydgoszcz")


def test_explore_hands_focus_to_the_map(new_context, reverse_in):
    page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto(reverse_in("en", "home"))
    page.get_by_role("button", name=page.locator(".map").get_attribute("data-explore")).press(
        "Enter"
    )
    page.wait_for_selector("[data-map=live]")
    assert page.evaluate("() => document.activeElement.closest('.map') !== null")


def test_drag_that_ends_on_a_marker_does_not_open_it(page, reverse_in):
    open_live(page, reverse_in("en", "cities"))
    profile = reverse_in("en", "city", slug="bydgoszcz")
    x, y = page.evaluate(MIDDLES)[profile]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=8)
    page.mouse.up()
    page.wait_for_timeout(400)
    assert urlsplit(page.url).path == reverse_in("en", "cities")
    moved = page.evaluate(MIDDLES)[profile]
    assert moved[0] < x - 40
    assert moved[1] < y - 20
    marker(page, profile).click()
    expect(page).to_have_url(profile)


def test_wheel_scrolls_the_page_until_the_map_is_clicked(page, reverse_in):
    open_live(page, reverse_in("en", "cities"))
    whole = farthest(page)
    page.mouse.move(*sea(page))
    scrolled = page.evaluate("() => scrollY")
    page.mouse.wheel(0, -60)
    expect_scroll(page, scrolled - 60)
    assert farthest(page) == pytest.approx(whole)

    page.mouse.click(*sea(page))
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(400)
    assert page.evaluate("() => scrollY") == scrolled - 60
    assert farthest(page) > whole * 1.2

    page.mouse.move(5, 5)
    page.mouse.move(*sea(page))
    nearer = farthest(page)
    page.mouse.wheel(0, -60)
    expect_scroll(page, scrolled - 120)
    assert farthest(page) == pytest.approx(nearer)


def test_wheel_zooms_while_a_marker_has_focus(page, reverse_in):
    open_live(page, reverse_in("en", "cities"))
    page.locator("a.pin").last.focus()
    scrolled = page.evaluate("() => scrollY")
    whole = farthest(page)
    page.mouse.move(*sea(page))
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(400)
    assert page.evaluate("() => scrollY") == scrolled
    assert farthest(page) > whole * 1.2


@both_languages
@both_widths
def test_buttons_zoom_and_show_the_whole_map(new_context, reverse_in, language, viewport):
    page = new_context(viewport=viewport).new_page()
    open_live(page, reverse_in(language, "cities"))
    zoom_in, zoom_out, whole_map = buttons(page)
    for one in (zoom_in, zoom_out, whole_map):
        box = one.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    before = page.evaluate(MIDDLES)
    whole = farthest(page)
    zoom_in.click()
    assert 1.5 * whole < farthest(page) < 3 * whole  # to the next half step
    zoom_in.click()
    assert farthest(page) > 3 * whole
    zoom_out.click()
    assert 1.5 * whole < farthest(page) < 3 * whole
    whole_map.click()
    assert farthest(page) == pytest.approx(whole, abs=1)
    umea = reverse_in(language, "city", slug="umea")
    assert page.evaluate(MIDDLES)[umea] == pytest.approx(before[umea], abs=1)


def test_buttons_say_where_the_zoom_ends(page, reverse_in):
    open_live(page, reverse_in("en", "cities"))
    zoom_in, zoom_out, _ = buttons(page)
    expect(zoom_in).to_have_attribute("aria-disabled", "false")
    for one, other in ((zoom_in, zoom_out), (zoom_out, zoom_in)):
        while one.get_attribute("aria-disabled") == "false":
            one.click()
        expect(other).to_have_attribute("aria-disabled", "false")
    base, box = (page.locator(which).bounding_box() for which in (".map-live .map-base", ".map"))
    assert base["x"] <= box["x"] + 1
    assert base["x"] + base["width"] >= box["x"] + box["width"] - 1


@both_widths
def test_markers_do_not_overlap_at_any_zoom(new_context, reverse_in, viewport):
    page = new_context(viewport=viewport).new_page()
    open_live(page, reverse_in("en", "cities"))
    zoom_in, zoom_out, whole_map = buttons(page)
    for step in (zoom_in, zoom_in, zoom_in, zoom_out, whole_map):
        step.click()
        middles = page.evaluate(MIDDLES)
        assert len(middles) == 37
        nearest = min(math.dist(a, b) for a, b in combinations(middles.values(), 2))
        assert nearest > 23.7  # 24 px, but for the rounding of both places to a tenth


def test_focus_stays_when_leaflet_takes_over(page, reverse_in):
    let_leaflet_come = open_held(page, reverse_in("en", "cities"))
    umea = reverse_in("en", "city", slug="umea")
    press_tab_until(page, umea)
    let_leaflet_come()
    assert page.evaluate(FOCUSED) == umea
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == reverse_in("en", "city", slug="vasteras")


def test_a_marker_beyond_the_view_comes_into_it_with_focus(page, reverse_in):
    open_live(page, reverse_in("en", "cities"))
    zoom_in, *_ = buttons(page)
    for _ in range(3):
        zoom_in.click()
    umea = reverse_in("en", "city", slug="umea")
    press_tab_until(page, umea)
    box = page.locator(".map").bounding_box()
    x, y = page.evaluate(MIDDLES)[umea]
    assert box["x"] < x < box["x"] + box["width"]
    assert box["y"] < y < box["y"] + box["height"]


def test_rotating_the_screen_shows_each_marker_once(new_context, reverse_in):
    page = new_context(viewport={"width": 700, "height": 900}).new_page()
    open_live(page, reverse_in("en", "cities"))
    page.set_viewport_size({"width": 900, "height": 700})
    show_map(page)
    zoom_in, _, whole_map = buttons(page)
    zoom_in.click()
    whole_map.click()
    expect(page.locator("a.pin .target:visible")).to_have_count(37)
    areas = page.evaluate(UNOBSCURED)
    assert {profile: area for profile, area in areas.items() if area < 200} == {}


def label(page, profile):
    return page.locator(f"a.pin[href='{profile}'] .label:visible")


@pytest.mark.parametrize("by", ["pointer", "keyboard"])
def test_escape_hides_a_name_until_one_comes_back(page, reverse_in, by):
    open_live(page, reverse_in("en", "cities"))
    city = reverse_in("en", "city", slug="fluminimaggiore")

    def come():
        marker(page, city).hover() if by == "pointer" else press_tab_until(page, city)

    def leave():
        page.mouse.move(*sea(page)) if by == "pointer" else page.keyboard.press("Shift+Tab")

    expect(label(page, city)).to_have_css("opacity", "0")
    come()
    expect(label(page, city)).to_have_css("opacity", "1")
    page.keyboard.press("Escape")
    expect(label(page, city)).to_have_css("opacity", "0")
    leave()
    come()
    expect(label(page, city)).to_have_css("opacity", "1")


@both_languages
def test_no_name_is_cut_off_at_320_px(new_context, reverse_in, language):
    page = new_context(viewport=PHONE).new_page()
    open_live(page, reverse_in(language, "cities"))
    edge = page.locator(".map").bounding_box()

    def is_inside(name):
        box = name.bounding_box()
        return edge["x"] <= box["x"] and box["x"] + box["width"] <= edge["x"] + edge["width"]

    zoom_in, zoom_out, whole_map = buttons(page)
    for step in (None, zoom_in, zoom_out, whole_map):
        if step:
            step.click()
        at_rest = page.locator("a.pin [class*=named-] .label:visible")
        assert at_rest.count() >= 3
        assert [name.text_content() for name in at_rest.all() if not is_inside(name)] == []
    cut_off = []
    for profile in profiles(language):
        page.locator(f"a.pin[href='{profile}']").focus()
        if not is_inside(label(page, profile)):
            cut_off.append(profile)
    assert cut_off == []


@both_languages
def test_map_of_the_server_stays_where_leaflet_fails(page, faults, reverse_in, language):
    page.route("**/leaflet.js", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto(reverse_in(language, "home"))
    page.wait_for_timeout(300)
    assert len(faults) == 2  # the browser's message and ours
    faults.clear()
    expect(page.locator(".map-live, .map-buttons")).to_have_count(0)
    expect(page.locator(".map-base")).to_be_visible()
    areas = page.evaluate(UNOBSCURED)
    assert set(areas) == profiles(language)
    assert {profile: area for profile, area in areas.items() if area < 200} == {}
    marker(page, reverse_in(language, "city", slug="bydgoszcz")).click()
    expect(page.locator("h1")).to_have_text("Bydgoszcz")


def test_map_stands_still_after_a_flick_where_motion_is_reduced(new_context, reverse_in):
    page = new_context(reduced_motion="reduce").new_page()
    open_live(page, reverse_in("en", "cities"))
    x, y = sea(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y - 60, steps=4)
    page.mouse.up()
    at_once = page.evaluate(MIDDLES)
    page.wait_for_timeout(400)
    assert page.evaluate(MIDDLES) == at_once


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_markers_take_the_colours_that_a_visitor_forces(new_context, reverse_in, color_scheme):
    page = new_context(forced_colors="active", color_scheme=color_scheme).new_page()
    open_live(page, reverse_in("en", "cities"))
    wanted = page.evaluate(
        """() => {
          const probe = document.body.appendChild(document.createElement("i"));
          probe.style.color = "LinkText";
          return getComputedStyle(probe).color;
        }"""
    )
    strokes = page.locator("a.pin-precursor .target:visible").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).stroke)"
    )
    assert set(strokes) == {wanted}
    assert page.locator("a.pin .ring:visible").count() == 21


# The same rules in Python and in JavaScript


def in_browser(page, function, *arguments):
    return page.evaluate(
        """async ([name, given]) =>
          (await import("/static/js/displacement.js"))[name](...given)""",
        [function, arguments],
    )


def scattered(count, side, seed):
    chance = random.Random(seed)  # noqa: S311
    return [(chance.uniform(0, side), chance.uniform(0, side)) for _ in range(count)]


def cases():
    yield []
    yield [(5, 5)]
    yield [(0, 0), (24, 0)]
    yield [(0, 0), (23.9, 0)]
    yield [(10, 10), (10, 10)]
    yield [(10, 10)] * 6
    yield [(0, 0), (7, 0), (14, 0), (21, 0), (28, 0)]
    for seed, (count, side) in enumerate([(10, 60), (37, 120), (37, 300), (150, 500)]):
        yield scattered(count, side, seed)
    points = [project(city.latitude, city.longitude) for city in City.objects.published()]
    for scale in (0.15, 0.21, 0.5, 1.5):
        yield [(x * scale, y * scale) for x, y in points]


def test_browser_and_server_move_markers_to_the_same_places(page, reverse_in):
    page.goto(reverse_in("en", "about"))
    for points in cases():
        ours = [list(place) for place in displace(tuple(points))]
        assert in_browser(page, "displace", points) == ours


def test_browser_and_server_put_names_on_the_same_side(page, reverse_in):
    page.goto(reverse_in("en", "about"))
    chance = random.Random(1)  # noqa: S311
    for points in cases():
        pins = [
            SimpleNamespace(
                city=SimpleNamespace(
                    name="Łódź" * chance.randint(1, 6), is_precursor=chance.random() < 0.5
                )
            )
            for _ in points
        ]
        places = displace(tuple(points))
        widths = [len(pin.city.name) * LABEL_LETTER * pin.city.is_precursor for pin in pins]
        sides = label_sides(places, pins, box_width=400)
        ours = [sides.get(number, "") for number in range(len(pins))]
        assert in_browser(page, "labelSides", places, widths, -200, 200) == ours
