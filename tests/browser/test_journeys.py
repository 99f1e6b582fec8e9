"""A journey from home to its last stop: by mouse, touch, keyboard, and without JavaScript."""

import re

import pytest
from maps import open_live
from playwright.sync_api import expect
from visitors import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

WAYS = [
    ("pl", "mouse", True),
    ("en", "keyboard", True),
    ("en", "touch", True),
    ("pl", "mouse", False),
]


def walk(page, visitor):
    """Go from home through all stops of its first journey; return what the bar said at each."""
    visitor.use(page.locator(".journey-card h3 a").first)
    expect(page.locator(".stops")).to_be_visible()
    page.wait_for_load_state("domcontentloaded")  # stops that have begun to show are not all
    count = page.locator(".stops > li").count()
    visitor.use(page.locator(".journey .button"))
    told = []
    for number in range(1, count + 1):
        expect(page.locator(".pin-stop[aria-current] .number")).to_have_text(str(number))
        told.append(page.locator(".walk p > span").first.inner_text())
        visitor.use(page.locator(".walk-next"))
    expect(page.locator(".journeys > article")).to_have_count(11)
    return told


class Toucher(Visitor):
    """Someone with a finger."""

    def use(self, target, key=None):
        target.tap()


@pytest.mark.parametrize(("language", "by", "scripts"), WAYS)
def test_a_journey_leads_from_home_to_its_last_stop(new_context, reverse_in, language, by, scripts):
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True} if by == "touch" else {}
    page = new_context(java_script_enabled=scripts, **phone).new_page()
    page.goto(reverse_in(language, "home"))
    told = walk(page, Toucher(page, by) if by == "touch" else Visitor(page, by))
    counted = {
        "pl": [f"przystanek {number} z\N{NO-BREAK SPACE}6" for number in range(1, 7)],
        "en": [f"stop {number} of 5" for number in range(1, 6)],
    }
    assert told == counted[language]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_stops_on_the_map_keep_their_order_links_and_legs_when_somebody_zooms(
    page, reverse_in, language
):
    open_live(page, reverse_in(language, "journey", slug="wspolne-cieplo"))
    stops = page.locator(".pin-stop")
    assert [stop.get_attribute("href") for stop in stops.all()] == [
        f"#stop-{number}" for number in range(1, 7)
    ]
    for _ in range(2):
        apart = page.evaluate(
            """() => {
              const middle = (node) => {
                const { x, y, width, height } = node.getBoundingClientRect();
                return [x + width / 2, y + height / 2];
              };
              const stops = [...document.querySelectorAll(".pin-stop .target")].map(middle);
              const legs = [...document.querySelectorAll(".leg")].map(middle);
              return legs.map(([x, y], n) => Math.hypot(
                x - (stops[n][0] + stops[n + 1][0]) / 2, y - (stops[n][1] + stops[n + 1][1]) / 2));
            }"""
        )
        assert max(apart) < 1
        page.locator(".map-button").first.click()
    stops.nth(2).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#stop-3$"))
    page.wait_for_timeout(800)  # when the view after the zoom would be kept
    expect(page).to_have_url(re.compile(r"#stop-3$"))
