"""Filters that answer in place: what they change, and what they survive."""

import re

import pytest
from maps import open_live, show_map
from playwright.sync_api import expect
from visitors import Visitor, both_languages, names, number_found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def spaced(texts):
    return [" ".join(text.split()) for text in texts]


def shown(page):
    """Return all that a filter changes."""
    return {
        "found": page.locator("#found").inner_text().strip(),
        "cards": names(page, ".card"),
        "pins": {pin.get_attribute("href") for pin in page.locator("a.pin").all()},
        "choices": spaced(page.locator(".filters fieldset label, option").all_text_contents()),
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
    size, visitor = page.locator("[name=size]"), Visitor(page, "mouse")
    page.evaluate("() => { window.isStill = true; }")
    for change in (
        *([lambda: visitor.search("plan"), lambda: visitor.search("")] if name != "cities" else []),
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
        page.locator("#more-filters").evaluate("(one) => (one.open = true)")
    assert page.evaluate("() => window.isStill"), "the page came anew"


@both_languages
def test_a_search_beside_a_map_shows_there_what_it_finds(page, reverse_in, language):
    visitor = Visitor(page, "mouse")
    open_live(page, reverse_in(language, "cities"))
    for words in ("tram", ""):
        visitor.search(words)
        (expect(page).to_have_title if words else expect(page).not_to_have_title)(
            re.compile("tram")
        )
        show_map(page)
        page.wait_for_selector("[data-map=live]")
        expect(page.locator("a.pin")).to_have_count(number_found(page))
    assert number_found(page) == 37


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


@pytest.mark.parametrize(("language", "scripts"), [("pl", True), ("en", False)])
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


def test_a_copy_that_answers_no_filter_says_so(page, reverse_in):
    whole = page.goto(reverse_in("en", "practices")).text()
    page.route("**/?country=at", lambda route: route.fulfill(body=whole, content_type="text/html"))
    page.locator("#more-filters > summary").click()
    page.locator("[name=country]").select_option("at")
    expect(page.locator("#found")).to_have_text("This copy of the site cannot filter or search.")
    page.locator("[name=country]").select_option("se")
    expect(page.locator("#found")).to_contain_text("practices")


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
    page.route("**/map.json", lambda route: route.fulfill(status=503))
    with page.expect_response("**/map.json"):
        page.goto(reverse_in("en", "cities"))
        show_map(page)
    page.wait_for_timeout(300)
    assert len(faults) == 2  # the browser's message and ours
    faults.clear()
    expect(page.locator(".map-live")).to_have_count(0)
    expect(page.locator("a.pin")).to_have_count(37)
