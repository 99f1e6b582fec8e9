from xml.etree import ElementTree

import pytest
from addresses import PATHS

pytestmark = pytest.mark.database


def test_robots_are_welcome_and_told_of_the_sitemap(settings, client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.text.splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]


def test_the_sitemap_lists_every_page_with_its_twins(settings, deed, client):
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml"
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    listed = {}
    for url in ElementTree.fromstring(response.content).findall("s:url", names):  # noqa: S314
        links = url.findall("x:link", names)
        twins = {link.get("hreflang"): link.get("href") for link in links}
        listed[url.find("s:loc", names).text] = twins
    expected = {}
    for polish, english in zip(PATHS["pl"], PATHS["en"], strict=True):
        polish, english = settings.SITE_URL + polish, settings.SITE_URL + english
        twins = {"pl": polish, "en": english, "x-default": polish}
        expected |= {polish: twins, english: twins}
    assert listed == expected


def test_the_sitemap_tells_when_a_record_last_changed(settings, deed, client):
    day = f"<lastmod>{deed.changed_on.isoformat()}</lastmod>"
    lines = client.get("/sitemap.xml").text.splitlines()
    [of_deed] = [line for line in lines if f"<loc>{settings.SITE_URL}/pl/dobre-praktyki/wz" in line]
    [of_home] = [line for line in lines if f"<loc>{settings.SITE_URL}/pl/</loc>" in line]
    assert (day in of_deed, "<lastmod>" in of_home) == (True, False)
