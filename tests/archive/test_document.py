"""Addresses in a page are found and changed; what stands beside them stays to the letter."""

import pytest

from cities.archive.document import Document

PAGE = """<!DOCTYPE html>
<html lang="pl"><link rel="stylesheet" href="/static/a.css">
<script type="application/ld+json">{"url": "/pl/", "name": "Zob. \\"/pl/miasta/\\""}</script>
<script type="module">import "/static/a.js";</script>
<p id="x" title="/pl/">Adres "/pl/miasta/" i <a
  href="/pl/?a=1&amp;b=2">link</a> &amp; koniec</p>
<img srcset="/a.webp 1x, /b.webp 2x" src="/a.jpg"><!-- "/pl/" -->
"""


def test_only_addresses_are_changed():
    changed = Document(PAGE).rewritten(lambda address: f"*{address}*")
    assert changed == (
        PAGE.replace('"/static/a.css"', '"*/static/a.css*"')
        .replace('"url": "/pl/"', '"url": "*/pl/*"')
        .replace('href="/pl/?a=1&amp;b=2"', 'href="*/pl/?a=1&amp;b=2*"')
        .replace("/a.webp 1x, /b.webp 2x", "*/a.webp* 1x, */b.webp* 2x")
        .replace('"/a.jpg"', '"*/a.jpg*"')
    )


@pytest.mark.parametrize("text", [PAGE, PAGE.replace("\n", "\r\n"), "", "<", "a < b"])
def test_what_is_not_changed_stays_to_the_letter(text):
    assert Document(text).rewritten(str) == text


def test_a_page_tells_what_it_names():
    document = Document(PAGE)
    assert document.ids == {"x"}
    assert document.found == [
        ("link", "href", "/static/a.css"),
        ("a", "href", "/pl/?a=1&b=2"),
        ("img", "srcset", "/a.webp"),
        ("img", "srcset", "/b.webp"),
        ("img", "src", "/a.jpg"),
    ]
