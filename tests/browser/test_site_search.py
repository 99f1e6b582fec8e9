"""The search box of every page: what it suggests, and where it leads."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def test_suggestions_are_chosen_by_keyboard_as_in_any_combobox(page, reverse_in):
    page.goto(reverse_in("pl", "privacy"))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("/")
    field = page.locator(".site-search input")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("role", "combobox")
    page.keyboard.type("ciep")
    options = page.get_by_role("option")
    expect(options.first).to_have_text(re.compile("^Ciepło"))
    expect(field).to_have_attribute("aria-expanded", "true")
    assert len([url for url in asked if "suggestions.json" in url]) == 1
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("ciep")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    name = options.first.locator("span").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)


def test_a_suggestion_is_chosen_by_pointer(page, reverse_in):
    page.goto(reverse_in("en", "about"))
    page.locator(".site-search input").click()
    page.keyboard.type("sztum")
    page.get_by_role("option", name="Sztum").first.click()
    expect(page.locator("h1")).to_contain_text("Sztum")


@pytest.mark.parametrize("scripts", [True, False], ids=["js", "no js"])
def test_enter_searches_the_whole_site(new_context, reverse_in, scripts):
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(reverse_in("pl", "home"))
    page.locator(".site-search input").click()
    page.keyboard.type("fotowoltajka")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/szukaj/(index.html)?.q=fotowoltajka"))
    expect(page.locator("#answered")).to_contain_text("Oto wyniki dla: fotowoltaika")
    expect(page.locator("#found section")).to_have_count(6)
    expect(page.locator("h3 mark").first).to_be_visible()
    expect(page.locator("#found mark").nth(3)).to_be_visible()


def test_on_a_phone_a_link_leads_to_the_search(new_context, reverse_in):
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(reverse_in("pl", "home"))
    expect(page.locator(".site-search")).to_be_hidden()
    page.locator(".search-link").click()
    expect(page.locator("main [name=q]")).to_be_visible()
