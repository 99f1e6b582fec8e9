"""What `make audit` does not see of whole pages: the keyboard, the first screen."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

PAGES = {
    "home": {},
    "cities": {},
    "city": {"slug": "bydgoszcz"},
    "practice": {"slug": "tramwaj-do-fordonu"},
    "practices": {},
    "about": {},
    "events": {},
    "library": {},
    "event": {"slug": "pl-bydgoszcz-workshop-2020"},
}
both_languages = pytest.mark.parametrize("language", ["pl", "en"])


@both_languages
def test_skip_link_comes_first_and_leads_to_the_content(page, reverse_in, language):
    skip_link, main = page.locator(".skip-link"), page.locator("main")
    for name, kwargs in PAGES.items():
        page.goto(reverse_in(language, name, **kwargs))
        page.keyboard.press("Tab")
        expect(skip_link).to_be_focused()
        expect(skip_link).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        expect(main).to_be_focused()
        page.keyboard.press("Tab")
        assert main.evaluate("(main) => main.contains(document.activeElement)"), name


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
    expect(page.locator("main [name=q]")).to_have_value("plan")


@both_languages
def test_filters_are_sent_by_keyboard_and_keep_what_was_chosen(page, reverse_in, language):
    page.goto(reverse_in(language, "practices"))
    page.locator("#more-filters > summary").press("Enter")
    for value in ("energy", "mobility", "spatial"):
        page.locator(f"[name=theme][value={value}]").press("Space")
    page.locator("main [name=q]").press("Enter")
    page.wait_for_url("**theme=energy&theme=mobility&theme=spatial**")
    expect(page.locator("#chips a")).to_have_count(3)
    assert page.locator("[name=theme]:checked").count() == 3
    glyphs = page.locator(".practice-card:visible .glyph use")
    assert glyphs.count() > 0
    assert set(glyphs.evaluate_all("(all) => all.map((u) => u.getAttribute('href'))")) == {
        "#glyph-ems"
    }


@both_languages
def test_first_screen_of_home_holds_the_whole_map(page, reverse_in, language):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(reverse_in(language, "home"))
    box = page.locator(".map").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 800
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    expect(page.locator(".legend")).to_be_in_viewport(ratio=1)


@both_languages
def test_home_on_a_phone_takes_eight_screens_and_the_map_begins_on_the_first(
    new_context, reverse_in, language
):
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(reverse_in(language, "home"))
    assert page.locator(".map").bounding_box()["y"] < 740
    assert page.evaluate("document.documentElement.scrollHeight") <= 8 * 740


def test_a_question_is_copied_whole_where_there_is_no_address_to_write_to(page, reverse_in):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(reverse_in("en", "practice", slug="miasto-krotkich-drog-mank"))
    office = page.locator(".office")
    office.locator("summary").click()
    office.get_by_role("button").click()
    expect(office.get_by_role("button")).to_have_text("Copied")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.replace("\r\n", "\n") == office.locator("pre").text_content()


def test_a_visitor_narrows_the_library_and_takes_the_day_of_an_event_along(page, reverse_in):
    page.goto(reverse_in("pl", "library"))
    page.locator("main select[name=kind]").select_option("guide")
    page.get_by_role("button", name="Pokaż").click()
    expect(page.locator("main h2")).to_have_text(["Poradniki"])
    page.goto(reverse_in("pl", "events"))
    page.get_by_role("link", name="Warsztaty i wizyta studyjna w Bydgoszczy").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Dodaj do kalendarza").click()
    assert download.value.suggested_filename.endswith(".ics")
