from datetime import UTC, date, datetime, time
from html import unescape
from xml.etree import ElementTree

import pytest

from cities.models import Practice
from cities.publishing import feeds
from cities.publishing.changes import last_change

pytestmark = pytest.mark.database

ATOM = {"": "http://www.w3.org/2005/Atom"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


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
    told = feed("en", "?theme=energy&country=at&utm_source=letter")
    assert told.find("title", ATOM).text == "Good practices of precursor cities: energy, Austria"
    assert len(told.findall("entry", ATOM)) == 1 < Practice.objects.count()


def test_a_feed_without_entries_stays_the_same(client, make_city, reverse_in):
    first, second = (client.get(reverse_in("pl", "feed")).content for _ in range(2))
    assert first == second


def test_a_feed_leads_on_to_its_end(feed, client, monkeypatch, settings, make_practice):
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 2)
    made = [make_practice("energy", changed_on=date(2026, 1, day)) for day in range(1, 6)]
    make_practice("mobility")
    start = address = f"{settings.SITE_URL}/en/feed.atom?theme=energy"
    ids, before, guids = [], None, set()
    while address:
        told = ElementTree.fromstring(client.get(address).content)  # noqa: S314  our own
        links = {link.get("rel"): link.get("href") for link in told.findall("link", ATOM)}
        assert (links["self"], links.get("previous")) == (address, before)
        ids += [entry.find("id", ATOM).text for entry in told.findall("entry", ATOM)]
        guids.add(told.find("id", ATOM).text)
        before, address = address, links.get("next")
    assert (len(set(ids)), len(ids), len(guids)) == (5, len(made), 1)
    assert before == f"{start}&page=3"
    for page in ("4", "0", "x", "٢", "9" * 30):
        assert feed("en", f"?theme=energy&page={page}").findall("entry", ATOM) == []


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("query", ["", "?theme=energy&country=pl", "?q=nowhere"])
def test_a_feed_keeps_the_rules_of_atom(feed, settings, make_practice, reverse_in, language, query):
    """Keep RFC 4287 and what the W3C's validator recommends besides."""
    summaries = {"summary_pl": "<5 °C & więcej", "summary_en": "<5 °C & more"}
    make_practice("energy", title_pl="A & B", changed_on=date(2026, 3, 29), **summaries)
    make_practice("energy mobility", changed_on=date(2026, 10, 25))
    told = feed(language, query)

    def text(of, name):
        [element] = of.findall(name, ATOM)
        assert element.attrib.get("type", "text") == "text"
        return element.text

    def link(of, relation):
        [found] = [e.get("href") for e in of.findall("link", ATOM) if e.get("rel") == relation]
        return found

    def moment(of):
        written = text(of, "updated")
        assert len(written) == len("2026-03-29T00:00:00+00:00")
        return datetime.fromisoformat(written)

    site = settings.SITE_URL
    assert told.get(LANGUAGE) == language
    assert link(told, "self") == site + reverse_in(language, "feed") + query
    assert link(told, "alternate") == site + reverse_in(language, "practices") + query
    assert text(told, "rights") == "https://creativecommons.org/licenses/by/4.0/"
    assert text(told.find("author", ATOM), "name")
    assert all(text(told, name).strip() for name in ("title", "subtitle"))
    entries = told.findall("entry", ATOM)
    assert len(entries) == (0 if "nowhere" in query else 2)
    for entry in entries:
        assert link(entry, "alternate").startswith(site + reverse_in(language, "practices"))
        assert datetime.fromisoformat(text(entry, "published")) <= moment(entry)
        assert all(category.get("term") for category in entry.findall("category", ATOM))
    moments = [moment(entry) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert moment(told) == max(moments, default=datetime.combine(last_change(), time(), UTC))
    ids = [text(element, "id") for element in [told, *entries]]
    assert len(set(ids)) == len(ids)
    assert all(identifier.startswith("urn:uuid:") for identifier in ids)
    told_as_html = [entry.find("summary", ATOM) for entry in entries]
    assert {summary.get("type") for summary in told_as_html} <= {"html"}
    for summary in told_as_html[1:]:
        assert "<" not in summary.text
        assert unescape(summary.text) == summaries[f"summary_{language}"]
