"""Events: what is to come first, then year by year; what no source tells is said to be unknown."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from cities.models import City, Country, Event, next_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


def listed(page):
    return [e.text for e in page.find("h3", inside="events")]


@pytest.mark.database
def test_what_is_to_come_stands_first_then_the_latest_year(visit, make_event, today):
    make_event(day=date(2019, 1, 24), title_pl="Dawne")
    make_event(day=date(2022, 5, 31), title_pl="Nowsze")
    make_event(title_pl="Bez dnia")
    make_event(day=today + timedelta(days=9), title_pl="Potem")
    make_event(day=today - timedelta(days=1), last_day=today, title_pl="Dziś")
    make_event(day=today, status="draft", title_pl="Szkic")
    page = visit("/pl/wydarzenia/")
    assert listed(page) == ["Dziś", "Potem", "Nowsze", "Dawne", "Bez dnia"]
    assert page.texts("h2") == ["Przed nami", "2022", "2019", "Bez daty"]


def test_many_past_events_stand_on_several_pages(visit, make_event, monkeypatch, today):
    monkeypatch.setattr("cities.views.events.PER_PAGE", 2)
    for year in (2019, 2020, 2021):
        make_event(day=date(year, 1, 24), title_pl=str(year))
    make_event(day=today, title_pl="Dziś")
    assert listed(visit("/pl/wydarzenia/")) == ["Dziś", "2021", "2020"]
    assert listed(visit("/pl/wydarzenia/?page=2")) == ["Dziś", "2019"]


@pytest.mark.parametrize(
    ("language", "path", "sentence"),
    [
        ("pl", "/pl/wydarzenia/", "Na razie nie zapowiedziano żadnego wydarzenia."),
        ("en", "/en/events/", "No event is announced at the moment."),
    ],
)
def test_where_nothing_is_to_come_the_page_says_so_and_leads_to_calendar_and_feed(
    visit, make_event, language, path, sentence
):
    make_event(day=date(2019, 1, 24))
    page = visit(path)
    assert sentence in page.html
    assert page.links(inside="prose") == [f"/{language}/events.ics", f"/{language}/events.atom"]


def test_a_page_tells_where_when_and_who_by_which_source(visit, make_event, make_city):
    host, guest = make_city(name_pl="Piec"), make_city("at", name_pl="Gość")
    hidden = make_city(name_pl="Ukryte", status="draft")
    event = make_event(
        *(host, guest, hidden),
        day=date(2020, 9, 9),
        city=host,
        online=True,
        source_url="https://example.org/zrodlo",
    )
    page = visit(event.get_absolute_url())
    facts = [" ".join(e.text.split()) for e in page.find("dd", inside="facts")]
    assert facts[:3] == ["9 września 2020", "Piec i przez internet", "Polska"]
    assert page.texts("li", inside="names")[:2] == ["Piec", "Gość"]
    assert "Ukryte" not in page.html
    assert page.links(inside="sources") == ["https://example.org/zrodlo"]
    assert f"/pl/events.ics?event={event.slug}" in page.links(inside="onward")


def test_a_page_says_what_its_source_leaves_open(visit, make_event, today):
    undated = make_event(held="announced")
    page = visit(undated.get_absolute_url())
    assert "Żadne znane nam źródło nie mówi, kiedy." in page.html
    assert "źródło nie mówi, czy się odbyło" in page.html
    assert not [link for link in page.links() if "events.ics" in link]
    to_come = make_event(held="announced", day=today)
    assert "czy się odbyło" not in visit(to_come.get_absolute_url()).html


def test_an_event_in_a_city_that_visitors_do_not_see_is_hidden(visit, deed):
    address = Event.objects.get().get_absolute_url()
    assert address in visit("/pl/wydarzenia/").links()
    City.objects.update(status="draft")
    visit(address, status=404)
    assert address not in visit("/pl/wydarzenia/").links()


@pytest.mark.database
def test_cities_and_countries_tell_their_events(visit, make_event, make_city):
    host, guest = make_city(), make_city("at", name_pl="Gość")
    make_event(guest, day=date(2020, 9, 9), city=host, title_pl="Spotkanie")
    make_event(day=date(2021, 9, 9), city=host, title_pl="Późniejsze")
    make_event(title_pl="Wszystkich")
    assert listed(visit(host.get_absolute_url())) == ["Późniejsze", "Spotkanie"]
    assert listed(visit(guest.get_absolute_url())) == ["Spotkanie"]
    poland, austria = Country.objects.get(code="pl"), Country.objects.get(code="at")
    assert listed(visit(poland.get_absolute_url())) == ["Późniejsze", "Spotkanie"]
    assert "/pl/events.ics?country=pl" in visit(poland.get_absolute_url()).links()
    assert listed(visit(austria.get_absolute_url())) == []


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_version")
def test_pages_of_events_ask_as_much_for_many_as_for_one(
    client, make_event, make_city, django_assert_max_num_queries, count
):
    cities = [make_city() for _ in range(count)]
    events = [make_event(*cities, day=date(2020, 9, 9), city=city) for city in cities]
    for page in (*events[:1], cities[0], cities[0].country):
        client.get(page.get_absolute_url())  # reads what is kept until the next change
        with django_assert_max_num_queries(11):
            assert client.get(page.get_absolute_url()).status_code == 200
    for path, most in [("/pl/wydarzenia/", 4), ("/pl/events.ics", 2), ("/pl/events.csv", 2)]:
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


@pytest.mark.database
@pytest.mark.parametrize("chunk", [2, 5])
def test_events_read_in_chunks_are_all_of_them_in_their_order(make_event, monkeypatch, chunk):
    monkeypatch.setattr("cities.models.event.CHUNK", chunk)
    monkeypatch.setattr("cities.models.publication.CHUNK", chunk)
    events = [make_event(day=date(2020, 9, day)) for day in range(1, 6)]
    assert Event.objects.latest_first().in_chunks() == events[::-1]


@pytest.mark.database
def test_a_list_that_was_kept_grows_old_when_an_event_is_over(make_event):
    make_event(day=date(2020, 9, 8), last_day=date(2020, 9, 9))
    make_event(day=date(2020, 9, 12))
    before = datetime(2020, 9, 9, 12, tzinfo=UTC).timestamp()
    over = datetime(2020, 9, 9, 22, tzinfo=UTC)  # midnight in Warsaw
    assert datetime.fromtimestamp(next_change(before), UTC) == over
    assert next_change(over.timestamp()) == over.timestamp() + 3 * 24 * 3600


def told(html):
    written = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1]
    return json.loads(written)["@graph"][1]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"day": date(2020, 9, 9), "last_day": date(2020, 9, 10), "place_pl": "Sala"},
            ("2020-09-09", "2020-09-10", ["Place"], "Offline"),
        ),
        (
            {"day": date(2020, 9, 1), "last_day": date(2020, 9, 30), "precision": "month"},
            ("2020-09", "2020-09", [], None),
        ),
        ({"online": True}, (None, None, ["VirtualLocation"], "Online")),
        ({"online": True, "place_pl": "Sala"}, (None, None, ["Place", "VirtualLocation"], "Mixed")),
    ],
)
def test_machines_are_told_when_and_where(visit, make_event, fields, expected):
    data = told(visit(make_event(**fields).get_absolute_url()).html)
    assert data["@type"] == "EducationEvent"
    mode = data.get("eventAttendanceMode", "").removeprefix("https://schema.org/")
    assert (
        data.get("startDate"),
        data.get("endDate"),
        [place["@type"] for place in data.get("location", [])],
        mode.removesuffix("EventAttendanceMode") or None,
    ) == expected
    assert data["subjectOf"] == {"@type": "CreativeWork", "name": "PNEC"}


def test_others_take_events_as_a_table_and_a_feed(client, make_event, make_city):
    city = make_city(slug="sztum")
    event = make_event(city, day=date(2020, 9, 9), city=city, title_pl="Spotkanie")
    make_event(status="draft", title_pl="Szkic")
    table = client.get("/pl/events.csv").text
    assert f"{event.uuid},{event.slug},http://127.0.0.1:8000/pl/wydarzenia/" in table
    assert str(city.uuid) in table
    feed = client.get("/pl/events.atom").text
    assert "<title>Spotkanie</title>" in feed
    assert "Szkic" not in table + feed


@pytest.mark.parametrize("fields", [{}, {"day": date(2020, 9, 9)}])
def test_every_event_has_a_picture(client, deed, make_country, make_event, fields):
    alone = make_event(slug="wszystkich", **fields)
    german = make_event(slug="niemcy", country=make_country("de", name_pl="Niemcy"), **fields)
    found = {
        client.get(f"/pl/share/event/{event.slug}.png").content
        for event in (Event.objects.get(slug="narada"), alone, german)
    }
    assert len(found) == 3


def test_the_search_of_the_whole_site_finds_an_event_by_where_it_was(visit, make_city, make_event):
    wels = make_city("at", name_pl="Wels", local_name="Wöls")
    event = make_event(city=wels, country=wels.country)
    make_event(title_pl="Wizyta")
    for asked in ("wels warsztaty", "wöls warsztaty", f"{wels.country.name_pl} warsztaty"):
        page = visit(f"/pl/szukaj/?q={asked}")
        assert event.get_absolute_url() in page.links(inside="found-card"), asked


def test_the_search_of_the_whole_site_finds_an_event_by_who_took_part(visit, deed):
    for asked in ("narada", "Wzorowo warsztaty", "PNEC"):
        page = visit(f"/pl/szukaj/?q={asked}")
        assert "/pl/wydarzenia/narada/" in page.links(inside="found-card"), asked
