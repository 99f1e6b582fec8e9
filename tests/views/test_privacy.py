"""What a page does to its readers: no cookie, nothing inline, nobody else asked."""

import pytest
from addresses import PATHS

both_languages = pytest.mark.parametrize("language", ["pl", "en"])


@both_languages
def test_visitors_get_no_cookie(deed, client, language):
    paths = [*PATHS[language], f"/{language}/cities.geojson", "/", "/sitemap.xml", "/robots.txt"]
    paths += [f"/{language}/nowhere/"]
    for path in paths:
        assert list(client.get(path).cookies) == [], path
    assert list(client.cookies) == []


CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


BUILDER = {"pl": "/pl/dane/widzet/", "en": "/en/data/widget/"}  # shows the widget in a frame


@both_languages
def test_every_answer_carries_the_strict_policy(deed, client, language):
    for path in [*PATHS[language], f"/{language}/cities.geojson", f"/{language}/nowhere/", "/"]:
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        expected = CONTENT_POLICY.split("; ")
        if path == BUILDER[language]:
            expected.append("frame-src 'self'")
        assert sorted(policy.split("; ")) == sorted(expected), path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


@both_languages
def test_pages_hold_no_inline_script_or_style_and_ask_nobody_else(deed, visit, language):
    for path in PATHS[language]:
        page = visit(path)
        scripts = [s for s in page.find("script") if "src" not in s.attributes]
        data = {s.attributes.get("type") for s in scripts}
        assert data <= {"application/json", "application/ld+json"}, path
        assert page.find("style") == [], path
        attributes = {name for element in page.elements for name in element.attributes}
        assert [name for name in attributes if name == "style" or name.startswith("on")] == []
        loaded = [
            element.attributes.get("src") or element.attributes.get("href")
            for element in page.elements
            if element.tag in ("script", "img", "source", "iframe", "use")
            or (element.tag == "link" and element.attributes.get("rel") in ("stylesheet", "icon"))
        ]
        own = ("/static/", "#", f"/{language}/widget/")
        assert [url for url in loaded if url and not url.startswith(own)] == []
