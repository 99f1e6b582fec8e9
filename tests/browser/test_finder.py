"""The finder: journeys from filters to a city, a practice and back, and the rules behind them."""

import math
import re

import pytest
from maps import open_live, show_map
from playwright.sync_api import expect

ALL_THEMES = "?theme=energy&theme=mobility&theme=spatial"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

both_languages = pytest.mark.parametrize("language", ["pl", "en"])
with_and_without = pytest.mark.parametrize("scripts", [True, False], ids=["js", "no js"])
by_mouse_and_keyboard = pytest.mark.parametrize("by", ["mouse", "keyboard"])


class Visitor:
    """Someone who points, or who has nothing but the keys."""

    def __init__(self, page, by):
        self.page, self.by = page, by

    def reach(self, target):
        for _ in range(150):
            if target.evaluate("(one) => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{target} is not reached by Tab")

    def use(self, target, key="Enter"):
        if self.by == "mouse":
            target.click()
        else:
            self.reach(target)
            self.page.keyboard.press(key)

    def tick(self, target):
        self.use(target, "Space")

    def open_filters(self):
        self.use(self.page.locator("#more-filters > summary"))

    def search(self, words, field="q"):
        field = self.page.locator(f"main [name={field}]")
        self.use(field) if self.by == "mouse" else self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")


def names(page, cards):
    return page.locator(f"{cards}:visible h3").all_inner_texts()


def number_found(page):
    return int("".join(filter(str.isdigit, page.locator("#found").inner_text())))


# {profile: [x, y]}: the middle of every marker, in the box of the map
MIDDLES_IN_MAP = """() => {
  const { left, top } = document.querySelector(".map").getBoundingClientRect();
  return Object.fromEntries([...document.querySelectorAll("a.pin")].map((pin) => {
    const { x, y, width, height } = pin.querySelector(".target").getBoundingClientRect();
    return [pin.getAttribute("href"), [x + width / 2 - left, y + height / 2 - top]];
  }));
}"""


# Journeys


@both_languages
@with_and_without
@by_mouse_and_keyboard
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


@both_languages
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


@both_languages
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


@both_languages
@with_and_without
@by_mouse_and_keyboard
@pytest.mark.parametrize("words", ["śląskie", "SLASKIE"])
def test_search_finds_a_city_with_accents_and_without(
    new_context, reverse_in, language, scripts, by, words
):
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(reverse_in(language, "cities"))
    Visitor(page, by).search(words)
    expect(page.locator(".city-card")).to_have_count(1)
    assert names(page, ".city-card") == ["Siemianowice Śląskie"]
    assert page.locator("h3 mark").all_inner_texts() == ["Śląskie"]


@both_languages
@with_and_without
@by_mouse_and_keyboard
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


@both_languages
@with_and_without
@by_mouse_and_keyboard
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


# Filters in place


def shown(page):
    """Return all that a filter changes."""
    return {
        "found": page.locator("#found").inner_text().strip(),
        "cards": names(page, ".card"),
        "pins": page.locator("a.pin").evaluate_all("(all) => all.map((a) => a.href)"),
        "choices": page.locator(".filters label, option").all_text_contents(),
        "quiet": page.locator(".filters .is-empty").all_text_contents(),
        "notes": page.locator(".note:visible").all_inner_texts(),
    }


@both_languages
@pytest.mark.parametrize("name", ["cities", "practices"])
def test_what_changes_in_place_is_what_the_server_would_send(page, reverse_in, language, name):
    page.goto(reverse_in(language, name))
    if name == "cities":
        open_live(page, reverse_in(language, name))
    page.locator("#more-filters > summary").click()
    energy, country = page.locator("[name=theme][value=energy]"), page.locator("[name=country]")
    size = page.locator("[name=size]")
    for change in (
        energy.check,
        lambda: country.select_option("pl"),
        lambda: size.select_option("20k-100k"),
        lambda: country.select_option("se"),
        energy.uncheck,
        lambda: size.select_option(""),
    ):
        before = page.url
        change()
        assert page.url != before
        page.wait_for_load_state("networkidle")
        anew = page.context.new_page()
        anew.goto(page.url)
        assert shown(page) == shown(anew)
        anew.close()


@both_languages
def test_one_step_back_takes_back_one_filter(page, reverse_in, language):
    page.goto(reverse_in(language, "practices"))
    everything = shown(page)
    page.locator("#more-filters > summary").click()
    page.locator("[name=theme][value=energy]").check()
    page.locator("[name=theme][value=spatial]").check()
    page.locator("[name=stage]").select_option("completed")
    expect(page.locator("#chips a")).to_have_count(3)
    page.go_back()
    expect(page.locator("[name=stage]")).to_have_value("")
    expect(page.locator("#chips a")).to_have_count(2)
    expect(page.locator("[name=theme]:checked")).to_have_count(2)
    page.go_back()
    expect(page.locator("[name=theme]:checked")).to_have_count(0)
    expect(page.locator("#chips a")).to_have_count(0)
    assert shown(page) == everything


@both_languages
def test_no_answer_says_which_filter_to_lift_and_keeps_the_map(page, reverse_in, language):
    open_live(page, reverse_in(language, "cities"))
    page.locator("#more-filters > summary").click()
    page.locator("[name=theme][value=energy]").check()
    page.locator("[name=role]").select_option("committed")
    relaxations = page.locator(".no-answer a")
    expect(relaxations).to_have_count(2)
    expect(page.locator("a.pin")).to_have_count(0)
    expect(page.locator(".map-live .map-base")).to_be_visible()
    relaxations.first.click()
    expect(page.locator(".no-answer")).to_have_count(0)
    expect(page.locator("#found")).to_have_text(re.compile("[1-9]"))


def test_status_line_tells_what_was_found(page, reverse_in):
    page.goto(reverse_in("pl", "practices"))
    told = page.locator("#found")
    page.locator("#more-filters > summary").click()
    page.locator("[name=country]").select_option("hu")
    expect(told).to_have_text(re.compile(r"^[0-6] prakty(ka|ki|k)\s*$"))
    assert number_found(page) == page.locator(".practice-card:visible").count()


@both_languages
def test_a_typed_word_and_a_filter_ticked_both_count(page, reverse_in, language):
    page.goto(reverse_in(language, "practices"))
    page.locator("main [name=q]").fill("energi")
    page.locator("#more-filters > summary").click()
    page.locator("[name=country]").select_option("at")
    expect(page).to_have_url(re.compile(r"\?country=at&q=energi$"))
    expect(page.locator("h3 mark, .excerpt mark").first).to_be_visible()
    expect(page).to_have_title(re.compile("Austria, energi"))


@both_languages
@with_and_without
def test_ticks_survive_another_search_and_no_answer(new_context, reverse_in, language, scripts):
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(reverse_in(language, "practices"))
    chosen = names(page, ".practice-card")[:2]
    for box in page.locator("[name=p]").all()[:2]:
        box.check()
    visitor = Visitor(page, "mouse")
    for words in ("tram", "xyzzy", ""):
        visitor.search(words)
        expect(page.locator("main [name=q]")).to_have_value(words)
        asked = re.compile(words or "xyzzy")  # the title tells whose answer is shown
        (expect(page).to_have_title if words else expect(page).not_to_have_title)(asked)
        expect(page.locator("[name=p]:checked")).to_have_count(2)
    page.locator("#compare").click()
    expect(page.locator(".compared a")).to_have_text(chosen)


def test_no_more_can_be_ticked_than_a_file_holds(page, reverse_in):
    page.goto(reverse_in("en", "practices"))
    boxes = page.locator(".practice-card [name=p]").all()
    for box in boxes[:12]:
        box.check()
    expect(boxes[12]).to_be_disabled()
    boxes[0].uncheck()
    expect(boxes[12]).to_be_enabled()


def test_without_a_line_the_choice_is_kept_and_asked_for_later(page, faults, reverse_in):
    page.goto(reverse_in("en", "practices"))
    page.locator("#more-filters > summary").click()
    page.context.set_offline(True)
    page.locator("[name=country]").select_option("at")
    expect(page.locator("#found")).to_contain_text("cannot be reached")
    expect(page).to_have_url(re.compile(r"\?country=at$"))
    page.context.set_offline(False)
    expect(page.locator("#chips a")).to_contain_text("Austria")
    faults.clear()  # the browser says that it was offline


@both_languages
def test_the_first_answer_stands_on_the_first_screen_of_a_phone(new_context, reverse_in, language):
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(reverse_in(language, "practices") + "?theme=energy&size=5k-20k")
    box = page.locator(".practice-card").first.bounding_box()
    assert box["y"] + box["height"] <= 740


def test_a_slash_goes_to_the_search_unless_turned_off(page, reverse_in):
    search = page.locator("main [name=q]")
    page.goto(reverse_in("pl", "practices"))
    page.keyboard.press("/")
    expect(search).to_be_focused()
    page.keyboard.type("/")
    expect(search).to_have_value("/")
    page.goto(reverse_in("pl", "accessibility"))
    page.get_by_role("checkbox").uncheck()
    page.goto(reverse_in("pl", "practices"))
    page.keyboard.press("/")
    page.wait_for_timeout(100)
    expect(search).not_to_be_focused()


def test_a_filter_changed_before_leaflet_comes_counts(page, reverse_in):
    held = []
    page.route("**/leaflet.js", lambda route: held.append(route))
    with page.expect_request("**/leaflet.js"):
        page.goto(reverse_in("en", "cities"), wait_until="domcontentloaded")
        show_map(page)
    page.locator("#more-filters > summary").click()
    page.locator("[name=role]").select_option("precursor")
    held[0].continue_()
    page.wait_for_selector("[data-map=live]")
    expect(page.locator("a.pin")).to_have_count(16)


def test_the_map_waits_for_the_filters(page, reverse_in):
    held = []
    page.route("**/finder.js", lambda route: held.append(route))
    with page.expect_request("**/finder.js"):
        page.goto(reverse_in("en", "cities") + "?role=precursor", wait_until="commit")
    page.wait_for_timeout(300)
    expect(page.locator("a.pin")).to_have_count(16)
    held[0].continue_()
    page.wait_for_selector("[data-map=live]", state="attached")
    assert page.locator("a.pin").count() == 16


def tick_before(script, page, reverse_in):
    held = []
    page.route(f"**/{script}", lambda route: held.append(route))
    with page.expect_request(f"**/{script}"):
        page.goto(reverse_in("pl", "practices"), wait_until="commit")
    page.locator("#more-filters > summary").click()
    page.locator("[name=theme][value=energy]").check()
    held[0].continue_()
    expect(page).to_have_url(re.compile(r"\?theme=energy$"))
    expect(page.locator("#chips a")).to_have_count(1)
    assert 0 < number_found(page) < 67
    page.go_back()
    expect(page.locator("[name=theme]:checked")).to_have_count(0)


def test_a_filter_ticked_before_the_script_comes_counts(page, reverse_in):
    tick_before("finder.js", page, reverse_in)


def test_map_of_the_server_stays_where_the_cities_do_not_come(page, faults, reverse_in):
    page.route("**/cities.json", lambda route: route.fulfill(status=503))
    with page.expect_response("**/cities.json"):
        page.goto(reverse_in("en", "cities"))
        show_map(page)
    page.wait_for_timeout(300)
    assert len(faults) == 2  # the browser's message and ours
    faults.clear()
    expect(page.locator(".map-live")).to_have_count(0)
    expect(page.locator("a.pin")).to_have_count(37)
