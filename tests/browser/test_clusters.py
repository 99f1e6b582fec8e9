"""The map of more cities than it can show one by one: counts, then clusters to zoom into."""

import math
import random
from itertools import combinations

import pytest
from django.core.management import call_command
from maps import buttons, open_live
from playwright.sync_api import expect
from visitors import both_languages, by_mouse_and_keyboard

from audit.accessibility import violations
from cities.models import City, Country, Event, Material

CITIES = 400
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

# [[name, x, y, radius], …] of all markers in the view
MARKS = """() => [...document.querySelectorAll(".map-live .pin")].map((pin) => {
  const { x, y, width, height } = pin.querySelector(".target").getBoundingClientRect();
  return [pin.querySelector("title").textContent, x + width / 2, y + height / 2, width / 2];
})"""


@pytest.fixture(scope="module")
def programme(django_db_setup, django_db_blocker):
    """Invent more cities than the map shows one by one."""
    with django_db_blocker.unblock():
        assert not City.objects.exists()
        call_command("synthesise_programme", cities=CITIES, practices=2 * CITIES, verbosity=0)
        yield
        for kind in (Event, Material, City, Country):
            kind.objects.all().delete()


def number_of(name):
    """Return how many cities a marker stands for: “12 cities: zoom in”."""
    head = name.split()[0]
    return int(head) if head.isdigit() else 1


@both_languages
def test_a_count_of_each_country_leads_to_its_cities_without_javascript(
    no_javascript, reverse_in, language
):
    page = no_javascript.new_page()
    page.goto(reverse_in(language, "cities"))
    counts = [int(text) for text in page.locator(".pin-count .number:visible").all_text_contents()]
    assert len(counts) == 6
    assert sum(counts) == CITIES
    page.locator(".pin-count:visible").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=country]")).not_to_have_value("")
    expect(page.locator("a.pin")).to_have_count(counts[0])


@both_languages
def test_clusters_and_markers_stand_for_every_city_and_cover_none(page, reverse_in, language):
    open_live(page, reverse_in(language, "cities"))
    marks = page.evaluate(MARKS)
    assert sum(number_of(name) for name, *_ in marks) == CITIES
    for (_, ax, ay, ar), (_, bx, by, br) in combinations(marks, 2):
        assert math.hypot(ax - bx, ay - by) > ar + br


@by_mouse_and_keyboard
def test_a_cluster_opens_down_to_a_city(page, reverse_in, language, by):
    open_live(page, reverse_in(language, "cities"))
    clusters = page.get_by_role("button", name={"pl": "przybliż", "en": "zoom in"}[language])
    clusters = clusters.and_(page.locator(".pin"))
    while clusters.count():
        before = page.evaluate(MARKS)
        if by == "mouse":
            clusters.last.locator(".target").click()
        else:
            clusters.last.focus()
            page.keyboard.press("Space")
            assert page.evaluate("() => document.activeElement.matches('.map-live .pin')")
        assert page.evaluate(MARKS) != before
    profile = page.locator("a.pin").first
    name = profile.locator("title").text_content().rpartition(",")[0]
    if by == "mouse":
        profile.locator(".target").click()
    else:
        profile.focus()
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)


def test_a_filter_that_leaves_few_turns_clusters_into_markers_and_back(page, reverse_in):
    open_live(page, reverse_in("en", "cities"))
    page.locator("#more-filters > summary").click()
    page.locator("[name=country]").select_option("pl")
    expect(page.locator("#chips a")).to_have_count(1)
    found = int(page.locator("#found").inner_text().split()[0])
    assert 0 < found <= 150
    expect(page.locator("a.pin")).to_have_count(found)
    expect(page.locator(".pin-count")).to_have_count(0)
    expect(page.locator(".city-card")).to_have_count(found)
    page.locator("[name=country]").select_option("")
    expect(page.locator("#chips a")).to_have_count(0)
    assert sum(number_of(name) for name, *_ in page.evaluate(MARKS)) == CITIES
    expect(page.locator(".city-card:visible")).to_have_count(100)
    expect(page.locator(".pages")).to_be_visible()


def test_moving_the_map_shows_the_cities_there(new_context, reverse_in):
    page = new_context(reduced_motion="reduce").new_page()
    open_live(page, reverse_in("en", "cities"))
    zoom_in, *_ = buttons(page)
    for _ in range(3):
        zoom_in.click()
    here = {name for name, *_ in page.evaluate(MARKS)}
    box = page.locator(".map").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 500, steps=5)
    page.mouse.up()
    there = {name for name, *_ in page.evaluate(MARKS)}
    assert there - here


@pytest.mark.long
@pytest.mark.parametrize("viewport", [320, 768, 1280])
def test_axe_finds_no_violation_among_clusters(new_context, reverse_in, viewport):
    # Without axe’s preload: it would look for what uncollected stylesheets import beside the page.
    page = new_context(viewport={"width": viewport, "height": 800}, bypass_csp=True).new_page()
    page.route("**/map.js", lambda route: route.fulfill(content_type="text/javascript"))
    page.goto(reverse_in("pl", "cities"))
    found = {"counts": list(violations(page, ".map-figure", preload=False))}
    page.unroute("**/map.js")
    open_live(page, reverse_in("pl", "cities"))
    found["clusters"] = list(violations(page, ".map-figure", preload=False))
    page.locator(".pin-count").last.focus()
    found["focused"] = list(violations(page, ".map-figure", preload=False))
    buttons(page)[0].click()
    found["zoomed"] = list(violations(page, ".map-figure", preload=False))
    assert not any(found.values()), found


def test_groups_stand_apart_and_hold_every_point_once(page, reverse_in):
    page.goto(reverse_in("en", "about"))
    chance = random.Random(1)  # noqa: S311
    for count, side in ((0, 10), (1, 10), (50, 10), (500, 400), (2000, 900)):
        points = [(chance.uniform(-side, side), chance.uniform(-side, side)) for _ in range(count)]
        groups = page.evaluate(
            """async ([points, gap]) =>
              (await import("/static/js/cluster.js")).cluster(points, gap)""",
            [points, 44],
        )
        assert sorted(number for group in groups for number in group) == list(range(count))
        firsts = [points[group[0]] for group in groups]
        assert all(math.dist(a, b) >= 44 for a, b in combinations(firsts, 2))
        for group in groups:
            assert all(math.dist(points[group[0]], points[other]) < 44 for other in group)
