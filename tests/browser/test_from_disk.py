"""The archive opened from a disk by a double click: the journeys of the site, and no server."""

import pytest
import test_archived_journeys as archived
import test_filters_in_place as in_place
import test_finder as journeys
import test_journeys
import test_site_search as searches
from django.urls import reverse
from django.utils import translation
from maps import open_live
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db
TOLD_OF_DISKS = (  # by Chromium, of what a page asks for in vain where archive-disk.js helps out
    "has been blocked by CORS policy",
    "net::ERR_FAILED",
    "Unsafe attempt to load URL",
    "preload",
)


class Faults(list):
    def append(self, fault):
        if not any(words in fault for words in TOLD_OF_DISKS):
            super().append(fault)


@pytest.fixture
def faults():
    return Faults()


@pytest.fixture
def reverse_in(archive):
    """Return the address of a page of the archive as a file."""

    def reverse_in(language, name, **kwargs):
        with translation.override(language):
            return f"{archive.as_uri()}{reverse(name, kwargs=kwargs)}index.html"

    return reverse_in


def test_filters_lead_to_a_city_a_practice_and_back(new_context, reverse_in):
    journeys.test_all_three_themes_lead_to_a_city_a_practice_and_back(
        new_context, reverse_in, "pl", True, "mouse"
    )


def test_filters_and_view_of_the_map_survive(page, reverse_in):
    journeys.test_filters_and_view_of_the_map_survive_a_reload_and_a_visit(
        page, reverse_in, "en", "mouse"
    )


def test_other_language_keeps_filters_and_view(page, reverse_in):
    journeys.test_other_language_keeps_filters_and_view(page, reverse_in, "pl", "mouse")


def test_no_answer_says_which_filter_to_lift(page, reverse_in):
    in_place.test_no_answer_says_which_filter_to_lift_and_keeps_the_map(page, reverse_in, "pl")


def test_one_search_finds_and_corrects(new_context, reverse_in):
    searches.test_enter_searches_the_whole_site(new_context, reverse_in, True)


def test_suggestions_lead_on(page, reverse_in):
    searches.test_suggestions_are_chosen_by_keyboard_as_in_any_combobox(page, reverse_in)


def test_what_was_found_tells_where_and_leads_there(page, reverse_in):
    page.goto(reverse_in("pl", "practices") + "?q=rower&like=Sztum")
    expect(page.locator("#likeness")).to_contain_text("Sztum")
    excerpts = page.locator(".excerpt:has(mark)")
    expect(excerpts.nth(3)).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)
    page.goto(reverse_in("pl", "search") + "?q=tramwaj")
    found = page.locator(".found-card h3 a").first
    title = found.inner_text()
    found.click()
    expect(page.locator("h1")).to_have_text(title)


def test_a_place_of_the_gazetteer_is_known(page, reverse_in):
    page.goto(reverse_in("pl", "home"))
    page.locator("main [name=like]").fill("Monachium")
    page.keyboard.press("Enter")
    expect(page.locator("#likeness")).to_contain_text("München")
    expect(page.locator(".card:visible .reasons").first).to_be_visible()


def test_what_was_filtered_is_saved(page, client, reverse_in):
    query = "?theme=mobility&stage=planned"
    archived.test_what_was_filtered_is_saved_as_the_site_serves_it(
        page, client, reverse_in, "pl", "practices", "good-practices", query
    )


def test_practices_stand_side_by_side(new_context, reverse_in):
    journeys.test_three_ticked_practices_stand_side_by_side(
        new_context, reverse_in, "pl", True, "mouse"
    )


def test_ticked_practices_become_a_file(page, reverse_in):
    page.goto(reverse_in("pl", "practices"))
    expect(page.locator("#apply-count")).not_to_be_empty()
    for box in page.locator("[name=p]").all()[:2]:
        box.check()
    chosen = page.locator("h3").all_inner_texts()[:2]
    page.locator("#file").click()
    expect(page.locator(".file-list li > a")).to_have_text(chosen)
    expect(page.locator("#file-sheets > article")).to_have_count(2)
    page.locator(".file-list li:last-child a[href*='p=']").first.click()
    expect(page.locator(".file-list li > a")).to_have_text(chosen[::-1])


def test_a_journey_leads_from_home_to_its_last_stop(new_context, reverse_in):
    test_journeys.test_a_journey_leads_from_home_to_its_last_stop(
        new_context, reverse_in, "pl", "mouse", True
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_land_is_drawn_beneath_the_cities(new_context, reverse_in, scheme):
    page = new_context(color_scheme=scheme).new_page()
    open_live(page, reverse_in("pl", "cities"))
    page.wait_for_function("document.querySelector('.map-base use[href=\"#base-PL\"]')")
    drawn = page.locator(".map-base use").evaluate_all(
        """(all) => all.map((use) => [use.getAttribute("href"), use.getBoundingClientRect().width,
          getComputedStyle(use).fill]).filter(([, width]) => width)"""
    )
    fills = {name.removeprefix("#base-"): fill for name, _width, fill in drawn}
    assert {"land", "PL", "rivers", "lakes"} <= fills.keys()
    assert fills["PL"] == {"light": "rgb(227, 220, 198)", "dark": "rgb(51, 64, 90)"}[scheme]
