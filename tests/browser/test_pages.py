"""What holds for whole pages in a browser: room, accessibility, keyboard, privacy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

WIDTHS = {320: 640, 1280: 800}  # and their heights
PAGES = {
    "home": {},
    "cities": {},
    "city": {"slug": "bydgoszcz"},
    "practice": {"slug": "tramwaj-do-fordonu"},
    "practices": {},
    "about": {},
}
both_languages = pytest.mark.parametrize("language", ["pl", "en"])
every_page = pytest.mark.parametrize("name", PAGES)

AXE_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},  # off by default
    "resultTypes": ["violations"],
}


def violations(page):
    """Return what axe finds wrong: the rule, the element and the reason."""
    return [
        (rule["id"], node["html"][:200], node["failureSummary"])
        for rule in Axe().run(page, options=AXE_OPTIONS).response["violations"]
        for node in rule["nodes"]
    ]


@both_languages
@every_page
def test_no_page_scrolls_sideways(page, reverse_in, language, name):
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(reverse_in(language, name, **PAGES[name]))
        assert page.evaluate("() => document.scrollingElement.scrollWidth") == width


@both_languages
@every_page
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violation(new_context, reverse_in, language, name, width):
    viewport = {"width": width, "height": WIDTHS[width]}
    page = new_context(viewport=viewport, bypass_csp=True).new_page()
    page.goto(reverse_in(language, name, **PAGES[name]))
    if page.locator("[data-map]").count():
        page.locator(".map").scroll_into_view_if_needed()
        page.wait_for_selector("[data-map=live]")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


STATES = ["drawn by the server", "to explore", "zoomed", "focused", "filtered", "without answer"]


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation_in_any_state_of_the_map(new_context, reverse_in, state, width):
    touch = {"has_touch": True, "is_mobile": True} if state == "to explore" else {}
    viewport = {"width": width, "height": 800}
    page = new_context(viewport=viewport, bypass_csp=True, **touch).new_page()
    if state == "drawn by the server":
        page.route("**/map.js", lambda route: route.fulfill(content_type="text/javascript"))
    page.goto(reverse_in("pl", "cities"))
    page.locator(".map").scroll_into_view_if_needed()
    if state not in ("drawn by the server", "to explore"):
        page.wait_for_selector("[data-map=live]")
    if state == "zoomed":
        page.locator(".map-buttons button").first.click()
    if state == "focused":
        page.locator("a.pin").first.focus()
    if state in ("filtered", "without answer"):
        page.locator("[name=theme][value=energy]").check()
    if state == "without answer":
        page.locator("[name=role]").select_option("committed")
        page.wait_for_selector(".no-answer")
    for color_scheme in ("light", "dark"):
        page.emulate_media(color_scheme=color_scheme)
        assert violations(page) == []


@both_languages
@every_page
def test_skip_link_comes_first_and_leads_to_the_content(page, reverse_in, language, name):
    page.goto(reverse_in(language, name, **PAGES[name]))
    page.keyboard.press("Tab")
    skip_link = page.locator(".skip-link")
    expect(skip_link).to_be_focused()
    expect(skip_link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    ("language", "other", "named"), [("pl", "en", "English"), ("en", "pl", "Polski")]
)
def test_language_switch_keeps_page_and_query(page, reverse_in, language, other, named):
    query = "?theme=energy&theme=spatial&country=pl&q=plan"
    page.goto(reverse_in(language, "practices") + query)
    page.get_by_role("link", name=named, exact=True).click()
    expect(page).to_have_url(reverse_in(other, "practices") + query)
    expect(page.locator("html")).to_have_attribute("lang", other)
    checked = page.locator("[name=theme]:checked").evaluate_all(
        "(all) => all.map((one) => one.value)"
    )
    assert checked == ["energy", "spatial"]
    expect(page.locator("[name=country]")).to_have_value("pl")
    expect(page.locator("[name=q]")).to_have_value("plan")


@both_languages
def test_filters_are_sent_by_keyboard_and_keep_what_was_chosen(page, reverse_in, language):
    page.goto(reverse_in(language, "practices"))
    for value in ("energy", "mobility", "spatial"):
        page.locator(f"[name=theme][value={value}]").press("Space")
    page.locator("[name=q]").press("Enter")
    page.wait_for_url("**theme=energy&theme=mobility&theme=spatial**")
    assert page.locator("[name=theme]:checked").count() == 3
    glyphs = page.locator(".practice-card:visible .glyph use")
    assert glyphs.count() > 0
    assert set(glyphs.evaluate_all("(all) => all.map((u) => u.getAttribute('href'))")) == {
        "#glyph-ems"
    }


def test_visitor_gets_no_cookie_and_leaves_nothing_in_the_browser(context, page, reverse_in):
    for language in ("pl", "en"):
        for name, arguments in PAGES.items():
            page.goto(reverse_in(language, name, **arguments))
        page.locator(".language-switch a").click()
    assert context.cookies() == []
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0


@both_languages
def test_first_screen_of_home_holds_the_whole_map(page, reverse_in, language):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(reverse_in(language, "home"))
    box = page.locator(".map").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 800
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    expect(page.locator(".legend")).to_be_in_viewport(ratio=1)
