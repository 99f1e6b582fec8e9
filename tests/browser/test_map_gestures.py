"""What mouse, wheel, fingers and buttons do to the map."""

import math
from urllib.parse import urlsplit

import pytest
from maps import (
    DESKTOP,
    MIDDLES,
    PHONE,
    UNOBSCURED,
    buttons,
    expect_scroll,
    farthest,
    marker,
    open_live,
    sea,
    show_map,
)
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
both_languages = pytest.mark.parametrize("language", ["pl", "en"])


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


@pytest.mark.parametrize(("language", "viewport"), [("pl", PHONE), ("en", DESKTOP)])
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
