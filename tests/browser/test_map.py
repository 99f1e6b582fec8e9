"""The map: the server's SVG first, Leaflet over it, the same links in both."""

import math
import re
from itertools import combinations

import pytest
from maps import (
    COUNT_SHIFTS,
    DESKTOP,
    FOCUSED,
    MIDDLES,
    PHONE,
    UNOBSCURED,
    buttons,
    label,
    marker,
    open_held,
    open_live,
    press_tab_until,
    profiles,
    sea,
    show_map,
)
from playwright.sync_api import expect

from cities.mapping.projection import Frame
from cities.models import City

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

both_languages = pytest.mark.parametrize("language", ["pl", "en"])
both_widths = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["320px", "1280px"])
both_pages = pytest.mark.parametrize("name", ["home", "cities"])


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
def test_every_marker_of_a_country_shows_200_px(new_context, reverse_in, viewport):
    page = new_context(viewport=viewport).new_page()
    for code in ("at", "de", "hu", "it", "pl", "se"):
        cities = City.objects.published().in_country(code)
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
def test_leaflet_moves_no_marker_shifts_nothing_and_each_shows_200_px(
    new_context, reverse_in, name, viewport
):
    context = new_context(viewport=viewport)
    context.add_init_script(COUNT_SHIFTS)
    page = context.new_page()
    let_leaflet_come = open_held(page, reverse_in("pl", name))
    before, areas = page.evaluate(MIDDLES), page.evaluate(UNOBSCURED)
    let_leaflet_come()
    after, areas_after = page.evaluate(MIDDLES), page.evaluate(UNOBSCURED)
    moved = {profile: math.dist(before[profile], after[profile]) for profile in before}
    assert {profile: way for profile, way in moved.items() if way > 1} == {}
    for shown in (areas, areas_after):
        assert shown.keys() == profiles("pl")
        assert {profile: area for profile, area in shown.items() if area < 200} == {}
    page.wait_for_load_state("load")
    assert page.evaluate("() => shifts") == []


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


@pytest.mark.parametrize("view", ["4.21/52.738/21.744", "5.03/48.703/15.919"])
def test_the_view_of_an_address_stays_what_it_is(page, reverse_in, view):
    address = f"{reverse_in('en', 'cities')}#map={view}"
    open_live(page, address)
    page.wait_for_timeout(400)  # the view is written 200 ms after it has come to rest
    expect(page).to_have_url(re.compile(re.escape(f"#map={view}") + "$"))


@pytest.mark.parametrize("view", ["5.5.5/52/19", "5/5.2.1/19", "5/95/19", "5/52/-179", "5./52/19"])
def test_a_view_that_is_none_shows_the_whole_map(page, reverse_in, view):
    open_live(page, f"{reverse_in('en', 'cities')}#map={view}")
    places = page.locator("a.pin > svg").evaluate_all(
        "(all) => all.map((one) => [one.getAttribute('x'), one.getAttribute('y')].map(Number))"
    )
    assert len(places) == 37
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places)
    for name in profiles("en"):
        expect(page.locator(f"a.pin[href='{name}']")).to_be_in_viewport()


def test_browser_and_server_keep_markers_within_the_frame(page, reverse_in):
    page.goto(reverse_in("en", "about"))
    frame = Frame(2700, 1900.5, 1500, 1200.2)
    points = [(-5e4, 9e4), (9e4, -9e4), (3000, 1901), (3000, 2500), (4199, 3100)]
    cities = page.evaluate(
        """async ([cities, frame]) => {
          (await import("/static/js/live-map.js")).keepInFrame(cities, frame);
          return cities;
        }""",
        [[{"x": x, "y": y} for x, y in points], [frame.x, frame.y, frame.width, frame.height]],
    )
    assert [(city["x"], city["y"]) for city in cities] == [*map(frame.nearest, points)]
