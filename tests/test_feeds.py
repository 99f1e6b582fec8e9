from datetime import date
from xml.etree import ElementTree

import pytest

from cities.models import Practice

pytestmark = pytest.mark.database

ATOM = {"": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def feed(client, reverse_in):
    def feed(language, query=""):
        response = client.get(reverse_in(language, "feed") + query)
        assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        return ElementTree.fromstring(response.content)  # noqa: S314  our own

    return feed


@pytest.mark.parametrize(("language", "title"), [("pl", "Tramwaj"), ("en", "Tram")])
def test_last_changed_practices_come_first(feed, make_city, make_practice, language, title):
    sztum = make_city(slug="sztum", name_pl="Sztum", name_en="Sztum")
    make_practice(city=sztum, title_pl="Tramwaj", title_en="Tram", changed_on=date(2026, 1, 2))
    make_practice(city=sztum, title_pl="B", title_en="B", changed_on=date(2026, 1, 3))
    make_practice(status="draft")
    told = feed(language)
    titles = [entry.find("title", ATOM).text for entry in told.findall("entry", ATOM)]
    assert titles == ["B (Sztum)", f"{title} (Sztum)"]
    assert told.find("updated", ATOM).text == "2026-01-03T00:00:00+00:00"


def test_identifiers_outlive_the_host(feed, settings, make_practice):
    make_practice()
    before = [element.text for element in feed("en").iter(f"{{{ATOM['']}}}id")]
    settings.SITE_URL = "https://example.org"
    after = [element.text for element in feed("en").iter(f"{{{ATOM['']}}}id")]
    assert before == after
    assert len({*before, *(element.text for element in feed("pl").iter(f"{{{ATOM['']}}}id"))}) == 4


def test_a_feed_takes_the_filters_of_the_page_and_names_them(
    feed, make_country, make_city, make_practice
):
    make_country("at", name_pl="Austria", name_en="Austria")
    make_practice("energy", city=make_city("at"), title_en="Heat")
    make_practice("energy")
    told = feed("en", "?theme=energy&country=at")
    assert told.find("title", ATOM).text == "Good practices of precursor cities: energy, Austria"
    assert len(told.findall("entry", ATOM)) == 1 < Practice.objects.count()


def test_a_feed_without_entries_stays_the_same(client, make_city, reverse_in):
    first, second = (client.get(reverse_in("pl", "feed")).content for _ in range(2))
    assert first == second
