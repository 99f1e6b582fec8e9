"""Journeys through the finder, from filters to a city, a practice and back."""

import math
import re

import pytest
from maps import open_live
from playwright.sync_api import expect
from visitors import Visitor, by_mouse_and_keyboard, in_every_pair, names, number_found

ALL_THEMES = "?theme=energy&theme=mobility&theme=spatial"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

# {profile: [x, y]}: the middle of every marker, in the box of the map
MIDDLES_IN_MAP = """() => {
  const { left, top } = document.querySelector(".map").getBoundingClientRect();
  return Object.fromEntries([...document.querySelectorAll("a.pin")].map((pin) => {
    const { x, y, width, height } = pin.querySelector(".target").getBoundingClientRect();
    return [pin.getAttribute("href"), [x + width / 2 - left, y + height / 2 - top]];
  }));
}"""


@in_every_pair
def test_all_three_themes_lead_to_a_city_a_practice_and_back(
    new_context, reverse_in, language, scripts, by
):
    page = new_context(java_script_enabled=scripts).new_page()
    visitor = Visitor(page, by)
    page.goto(reverse_in(language, "cities"))
    everywhere = number_found(page)
    visitor.open_filters()
    for theme in ("energy", "mobility", "spatial"):
        visitor.tick(page.locator(f"[name=theme][value={theme}]"))
    if scripts:
        expect(page).to_have_url(reverse_in(language, "cities") + ALL_THEMES)
    else:
        visitor.use(page.locator(".apply button"))
        page.wait_for_url(f"**{ALL_THEMES[1:]}**")
    expect(page.locator("#chips a")).to_have_count(3)
    found = names(page, ".city-card")
    assert 0 < len(found) == number_found(page) < everywhere
    expect(page.locator("a.pin")).to_have_count(len(found))
    filtered = page.url

    visitor.use(page.locator(".city-card:visible a").first)
    expect(page.locator("h1")).to_have_text(found[0])
    practice = page.locator(".practice-card:has([href='#glyph-ems']) h3 a").first
    title = practice.inner_text()
    visitor.use(practice)
    expect(page.locator("h1")).to_have_text(title)

    page.go_back()
    expect(page.locator("h1")).to_have_text(found[0])
    page.go_back()
    expect(page).to_have_url(filtered)
    expect(page.locator("[name=theme]:checked")).to_have_count(3)
    expect(page.locator(".city-card:visible h3")).to_have_text(found)
    expect(page.locator("a.pin")).to_have_count(len(found))


@by_mouse_and_keyboard
def test_filters_and_view_of_the_map_survive_a_reload_and_a_visit(page, reverse_in, language, by):
    visitor = Visitor(page, by)
    open_live(page, reverse_in(language, "cities"))
    visitor.open_filters()
    visitor.tick(page.locator("[name=theme][value=spatial]"))
    visitor.use(page.locator(".map-button").first)
    page.wait_for_url(re.compile("theme=spatial#map="))
    filtered, view = page.url, page.evaluate(MIDDLES_IN_MAP)

    def visit_a_city():
        visitor.use(page.locator(".city-card:visible a").first)
        expect(page.locator(".profile")).to_be_visible()
        page.go_back()

    for come_back in (page.reload, visit_a_city):
        come_back()
        page.wait_for_selector("[data-map=live]")
        expect(page).to_have_url(filtered)
        expect(page.locator("[name=theme]:checked")).to_have_count(1)
        now = page.evaluate(MIDDLES_IN_MAP)
        assert now.keys() == view.keys()
        assert max(math.dist(now[city], view[city]) for city in now) < 2


@by_mouse_and_keyboard
def test_other_language_keeps_filters_and_view(page, reverse_in, language, by):
    other = {"pl": "en", "en": "pl"}[language]
    visitor = Visitor(page, by)
    open_live(page, reverse_in(language, "cities"))
    visitor.open_filters()
    visitor.tick(page.locator("[name=theme][value=spatial]"))
    visitor.use(page.locator(".map-button").first)
    page.wait_for_url(re.compile("#map="))
    expect(page.locator("#chips a")).to_have_count(1)
    found, kept = number_found(page), page.url.partition("?")[2]
    page.evaluate("() => document.activeElement.blur()")
    visitor.use(page.locator(".language-switch a"))
    expect(page).to_have_url(f"{reverse_in(other, 'cities')}?{kept}")
    page.wait_for_selector("[data-map=live]")
    assert number_found(page) == found
    expect(page.locator("a.pin")).to_have_count(found)


@in_every_pair
def test_search_finds_a_city_with_accents_and_without(
    new_context, reverse_in, language, scripts, by
):
    page = new_context(java_script_enabled=scripts).new_page()
    for words in ("śląskie", "SLASKIE"):
        page.goto(reverse_in(language, "cities"))
        Visitor(page, by).search(words)
        expect(page.locator(".city-card")).to_have_count(1)
        assert names(page, ".city-card") == ["Siemianowice Śląskie"]
        assert page.locator("h3 mark").all_inner_texts() == ["Śląskie"]


@in_every_pair
def test_three_ticked_practices_stand_side_by_side(new_context, reverse_in, language, scripts, by):
    page = new_context(java_script_enabled=scripts).new_page()
    visitor = Visitor(page, by)
    page.goto(reverse_in(language, "practices") + ALL_THEMES)
    expect(page.locator("#show-all")).to_be_visible()  # an archive answers the address first
    chosen = names(page, ".practice-card")[:3]
    for box in page.locator(".practice-card:visible [name=p]").all()[:3]:
        visitor.tick(box)
    visitor.use(page.locator("#compare"))
    page.wait_for_url("**p=*")
    expect(page.locator(".compared a")).to_have_text(chosen)  # an archive fetches them first


@in_every_pair
def test_a_town_like_mine_orders_practices_and_filters_keep_it(
    new_context, reverse_in, language, scripts, by
):
    page = new_context(java_script_enabled=scripts).new_page()
    visitor = Visitor(page, by)
    page.goto(reverse_in(language, "practices"))
    visitor.open_filters()
    visitor.search("sztum", field="like")
    page.wait_for_url("**like=sztum**")
    expect(page.locator("#list > .note")).to_contain_text("Sztum")
    ordered = names(page, ".practice-card")
    assert sorted(ordered) != ordered
    visitor.open_filters()
    visitor.tick(page.locator("[name=theme][value=energy]"))
    if not scripts:
        visitor.use(page.locator(".apply button"))
    page.wait_for_url("**theme=energy**like=sztum**")
    left = names(page, ".practice-card")
    assert [name for name in left if name in ordered] == [name for name in ordered if name in left]
