"""What the audit looks for, it finds."""

import shutil

import pytest

from audit import html, links
from audit.pages import Page, one_of_each
from audit.table import Row, left_out

GOOD = '<!DOCTYPE html><html lang="pl"><title>Miasta</title><h1 id="a">Miasta</h1>'


def page(path="/pl/", type_="home", html=GOOD):
    return Page(path, type_, html)


@pytest.mark.skipif(not (shutil.which("java") and html.JAR.exists()), reason="no HTML checker")
def test_the_html_checker_tells_of_errors_and_warnings_and_where():
    wrong = page("/pl/x/", html=GOOD + '<p id="a"><section>Bez nagłówka</section>')
    (row,), findings = html.check("", [page(), wrong], [])
    assert (row.measured, row.is_missed) == (3, True)  # the id twice over, no heading
    assert [finding.split(",")[0] for finding in findings] == ["HTML: /pl/x/"] * 3


def test_links_are_followed_to_the_place_on_the_page():
    linking = page(html=GOOD + '<a href="/pl/x/#a">A</a><a href="/pl/x/#b">B</a><a href="#a">C</a>')
    elsewhere = '<a href="https://example.org/">D</a>'
    (row,), findings = links.check(
        "http://site", [linking, page("/pl/x/", html=GOOD + elsewhere)], []
    )
    assert row.is_missed
    assert findings == ["Link: /pl/ to /pl/x/#b, of which that place is not there"]


def test_the_longest_page_of_each_type_and_language_stands_for_it():
    pages = [page("/pl/a/", "city"), page("/pl/b/", "city", GOOD + GOOD), page("/en/a/", "city")]
    assert [page.path for page in one_of_each(pages)] == ["/en/a/", "/pl/b/"]


def test_only_a_gate_is_missed():
    assert [Row("", 1, 2, False, gate).is_missed for gate in (True, False)] == [True, False]


@pytest.mark.parametrize(("required", "is_missed"), [("", False), ("node firefox", True)])
def test_what_has_no_tool_here_is_missed_where_that_is_required(monkeypatch, required, is_missed):
    monkeypatch.setenv("REQUIRE", required)
    row = left_out("a walk", "firefox")
    assert (row.measured, row.is_missed) == ("left out: no firefox", is_missed)
