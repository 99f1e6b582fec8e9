"""Calendars of events, read by programs that others wrote."""

import warnings
from datetime import date, timedelta

import ics
import pytest
import vobject
from django.utils import translation

from cities.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(client):
    """Return {identifier: entry} of a calendar as two readers have it, who must say the same."""

    def entries(path):
        response = client.get(path)
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        found = {}
        for entry in vobject.readOne(response.text).contents.get("vevent", []):
            found[entry.uid.value] = entry
        others = {entry.uid: entry for entry in ics.Calendar(response.text).events}
        assert others.keys() == found.keys()
        for uid, other in others.items():
            entry = found[uid]
            told = (other.name, other.description, other.begin.date(), other.all_day)
            assert told == (entry.summary.value, entry.description.value, entry.dtstart.value, True)
        return found

    return entries


@pytest.fixture
def event(make_city, make_event):
    town = make_city(name_pl="Piec", name_en="Oven")
    return make_event(
        day=date(2020, 9, 30),
        last_day=date(2020, 10, 1),
        city=town,
        slug="proba",
        title_pl="Próba; a,\u00a0b",
        title_en="Trial",
        online=True,
        energy=True,
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("pl", ("Próba; a,\u00a0b", "Piec, Polska, przez internet", ["warsztaty", "energia"])),
        ("en", ("Trial", "Oven, Poland, online", ["workshop", "energy"])),
    ],
)
def test_an_entry_tells_what_the_page_tells(entries, event, settings, language, told):
    (entry,) = entries(f"/{language}/events.ics").values()
    assert (entry.summary.value, entry.location.value, entry.categories.value) == told
    assert entry.uid.value == str(event.uuid)
    assert (entry.dtstart.value, entry.dtend.value) == (date(2020, 9, 30), date(2020, 10, 2))
    with translation.override(language):
        assert entry.url.value == settings.SITE_URL + event.get_absolute_url()
    assert entry.status.value == "CONFIRMED"


def test_what_is_known_to_the_month_lasts_all_of_it_and_says_so(entries, make_event):
    event = make_event(
        day=date(2022, 5, 1), last_day=date(2022, 5, 31), precision="month", held="announced"
    )
    (entry,) = entries("/pl/events.ics").values()
    assert (entry.dtstart.value, entry.dtend.value) == (date(2022, 5, 1), date(2022, 6, 1))
    assert entry.description.value.split("\n\n") == [
        "Kiedy: maj 2022; dokładny dzień nie jest znany.",
        "Zapowiedziane; źródło nie mówi, czy się odbyło.",
        event.text_pl,
        "Źródło: PNEC",
    ]
    assert entry.status.value == "TENTATIVE"


@pytest.mark.database
def test_a_calendar_holds_what_it_is_asked_for(entries, event, make_event, make_city):
    german = make_event(day=date(2020, 1, 1), city=make_city("de"))
    make_event()  # of no day
    make_event(day=date(2020, 1, 1), status="draft", title_pl="Szkic")
    make_event(day=date(2020, 1, 1), city=make_city(status="draft"))

    def found(query):
        return set(entries(f"/pl/events.ics?{query}"))

    assert found("") == {str(event.uuid), str(german.uuid)}
    assert found("country=de") == {str(german.uuid)}
    assert found("event=proba") == {str(event.uuid)}
    assert found("country=de&event=proba") == found("country=xx") == found("event=nic") == set()


def test_a_calendar_is_the_same_until_an_event_changes(client, event):
    first = client.get("/pl/events.ics")
    again = client.get("/pl/events.ics", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Event.objects.update(title_pl="Inna")
    again = client.get("/pl/events.ics", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200


def test_two_readers_have_nothing_to_say_against_the_programme(entries, programme):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        for language in ("pl", "en"):
            found = entries(f"/{language}/events.ics")
            assert set(found) == {str(e.uuid) for e in Event.objects.dated()}
            for entry in found.values():
                assert entry.dtend.value - entry.dtstart.value >= timedelta(days=1)
    assert [warning.message for warning in said] == []
