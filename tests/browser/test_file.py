"""The file: practices that a visitor collects, to print and to take along."""

import re
import shutil
import subprocess

import pytest
from maps import PHONE
from playwright.sync_api import expect
from visitors import Visitor, both_languages, names

from audit.accessibility import violations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

DESKTOP = {"width": 1280, "height": 800}
KEPT = "() => Object.values(localStorage)"


def titles(page):
    page.wait_for_load_state("domcontentloaded")
    return page.locator(".file-list li > a").all_inner_texts()


def counted(page, number):
    expect(page.locator("#file span")).to_have_text(str(number))


@pytest.mark.parametrize(
    ("language", "by", "viewport"),
    [("pl", "touch", PHONE), ("en", "keyboard", DESKTOP), ("pl", "mouse", DESKTOP)],
)
def test_three_practices_are_collected_on_two_pages(
    new_context, reverse_in, language, by, viewport
):
    page = new_context(viewport=viewport, has_touch=by == "touch").new_page()
    visitor = Visitor(page, by)
    page.goto(reverse_in(language, "practice", slug="tramwaj-do-fordonu"))
    chosen = [page.locator("h1").inner_text()]
    expect(page.locator("#file")).to_be_hidden()
    assert page.evaluate(KEPT) == []  # nothing before somebody pressed for it
    button = page.locator("[data-file=tramwaj-do-fordonu]")
    visitor.use(button)
    counted(page, 1)
    expect(button).to_have_attribute("aria-pressed", "true")

    page.goto(reverse_in(language, "practices") + "?theme=mobility")
    ticked = page.locator(".practice-card:has([name=p]:not(:checked))")
    for _ in range(2):
        chosen.append(ticked.first.locator("h3").inner_text())
        visitor.tick(ticked.first.locator("[name=p]"))
    counted(page, 3)

    visitor.use(page.locator("#file"))
    expect(page.locator(".file-list li > a")).to_have_text(chosen)
    visitor.use(page.locator(".file-list li:last-child a[href*='p=']").first)
    chosen[1:] = chosen[:0:-1]
    expect(page.locator(".file-list li > a")).to_have_text(chosen)
    line = "Na sesję rady w czerwcu"
    visitor.search(line, "title")
    expect(page.locator("h1")).to_have_text(line)
    assert titles(page) == chosen
    visitor.use(page.locator("[data-remove]").first)
    expect(page.locator(".file-list li > a")).to_have_text(chosen[1:])
    expect(page.locator("h1")).to_have_text(line)
    counted(page, 2)
    visitor.use(page.locator("[data-empty]"))
    expect(page.locator("#file-is-empty")).to_be_visible()
    expect(page.locator("#file")).to_be_hidden()
    assert page.evaluate(KEPT) == []


@both_languages
def test_without_a_script_ticks_and_the_address_do_it(no_javascript, reverse_in, language):
    page = no_javascript.new_page()
    page.goto(reverse_in(language, "practices"))
    chosen = names(page, ".practice-card")[:3]
    for box in page.locator(".practice-card [name=p]").all()[:3]:
        box.check()
    page.locator("#open-file").click()
    assert titles(page) == chosen
    page.locator("[data-remove]").first.click()
    assert titles(page) == chosen[1:]
    page.locator("[data-empty]").click()
    expect(page.locator("#file-is-empty")).to_be_visible()


@pytest.fixture
def full(page, reverse_in):
    """Open a file of so many practices, as an address that somebody was given."""

    def full(language, number):
        page.goto(reverse_in(language, "practices"))
        chosen = page.locator(".practice-card [name=p]").evaluate_all(
            "(boxes) => boxes.map(({ value }) => `p=${value}`)"
        )
        page.goto(f"{reverse_in(language, 'file')}?{'&'.join(chosen[:number])}")
        return page

    return full


def test_a_file_that_was_sent_is_shown_and_not_kept(full):
    page = full("pl", 3)
    assert len(titles(page)) == 3
    assert page.evaluate(KEPT) == []


@both_languages
def test_axe_finds_nothing_in_a_file(new_context, reverse_in, language):
    # Without axe’s preload: it would look for what uncollected stylesheets import beside the page.
    page = new_context(viewport=PHONE, bypass_csp=True).new_page()
    page.goto(reverse_in(language, "file") + "?p=tramwaj-do-fordonu&title=Rada")
    assert list(violations(page, preload=False)) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
# A sheet or two for each practice, and two for the comparison of more than one.
@pytest.mark.parametrize(("number", "most"), [(1, 2), (3, 7), (12, 21)])
def test_a_printed_file_has_all_headings_and_sources(full, tmp_path, number, most):
    page = full("pl", number)
    headings = page.locator("main :is(h1, h2)").all_inner_texts()
    sources = page.locator(".sheet-sources a").evaluate_all("(all) => all.map(({ href }) => href)")
    assert sources
    file = tmp_path / "file.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", file.read_bytes())) <= most
    command = [shutil.which("pdftotext"), "-raw", file, "-"]
    printed = subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603
    printed = re.sub(r"\s", "", printed)
    assert [words for words in headings if re.sub(r"\s", "", words) not in printed] == []
    assert [link for link in sources if link not in printed] == []
