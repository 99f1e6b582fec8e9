"""Events in the admin and in tables: who writes them, what is filled in, what is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone
from editing import address, edit, errors, filled, upload

from cities.editing import drafts, history, restoring
from cities.importing.resources import EventResource
from cities.importing.table_files import tabulated
from cities.models import City, Event, Participant, Precision, Rule

pytestmark = pytest.mark.django_db


def names(event):
    return [str(participant) for participant in event.participants.all()]


def imported(*rows):
    head = ["slug", "kind", "title_pl", "first_day", "city", "cities", "themes", "country"]
    table = tabulated([(n, list(row)) for n, row in enumerate([head, *rows], 1)])
    return list(EventResource().import_data(table).faults())


def test_an_editor_writes_the_events_of_their_own_countries(desk, make_event, make_country):
    own = make_event(country=make_country("pl"), status="draft")
    others = [make_event(country=make_country("de", name_pl="Niemcy")), make_event()]
    assert edit(desk, own, title_pl="Nowe").status_code == 302
    assert Event.objects.get(pk=own.pk).title_pl == "Nowe"
    for event in others:
        assert desk.get(address("event", "change", event.pk)).status_code == 302  # to the list
    form = desk.get(address("event", "add"))
    answer = desk.post(address("event", "add"), filled(form) | {"kind": "meeting", "title_pl": "A"})
    assert list(errors(answer)) == ["country"]


@pytest.mark.database
def test_a_published_event_changes_by_way_of_a_draft(desk, make_event, make_country, make_city):
    event = make_event(make_city(name_pl="Gość"), country=make_country("pl"), day=date(2020, 9, 9))
    guest = make_city(name_pl="Nowy gość")
    changes = {"title_pl": "Nowe", "participants-1-city": guest.pk}
    assert edit(desk, event, **changes).status_code == 302
    event.refresh_from_db()
    assert (event.title_pl == "Nowe", names(event)) == (False, ["Gość"])
    with drafts.shown(event) as page:
        assert (page.title_pl, names(page)) == ("Nowe", ["Gość", "Nowy gość"])
    preview = desk.get(f"/pl/podglad/wydarzenia/{event.slug}/")
    assert "Nowy gość" in preview.text
    drafts.publish(drafts.of(event), None, "")
    event.refresh_from_db()
    assert (event.title_pl, names(event)) == ("Nowe", ["Gość", "Nowy gość"])


def test_a_single_day_and_the_country_of_a_city_are_filled_in(
    log_in, publisher, make_event, make_city
):
    event, city = make_event(status="draft"), make_city("at", name_pl="Weiz")
    assert edit(log_in(publisher), event, first_day="26.11.2019", city=city.pk).status_code == 302
    event.refresh_from_db()
    assert (event.first_day, event.last_day) == (date(2019, 11, 26), date(2019, 11, 26))
    assert (event.precision, event.country) == (Precision.DAY, city.country)


@pytest.mark.parametrize(
    "days",
    [
        {"first_day": date(2020, 2, 2), "last_day": date(2020, 2, 1)},
        {"last_day": date(2020, 2, 1)},
        {"precision": "day"},
        {"first_day": date(1066, 10, 14)},
    ],
)
def test_days_that_cannot_be_are_refused(make_event, days):
    with pytest.raises(ValidationError):
        make_event(**days)


@pytest.mark.database
def test_history_brings_back_who_took_part(publisher, make_event, make_city):
    event = make_event(make_city(name_pl="A"), make_city(name_pl="B"))
    history.record([event], None, "")
    event.choose("participants", "city", [City.objects.get(name_pl="B")])
    assert names(event) == ["B"]
    restoring.restore(event, history.versions(event).last(), publisher)
    assert sorted(names(event)) == ["A", "B"]


@pytest.mark.database
def test_a_city_leaves_the_events_of_others_but_not_its_own(publisher, make_event, make_city):
    host, guest = make_city(), make_city()
    event = make_event(guest, city=host, changed_on="2020-01-31")
    guest.delete()
    assert (names(event), Participant.objects.count()) == ([], 0)
    assert Event.objects.get().changed_on == timezone.localdate()
    with pytest.raises(ProtectedError):
        host.delete()


def test_the_checklist_asks_for_a_source(make_event):
    def found(event):
        return list(event.findings.filter(rule=Rule.SOURCE).values_list("column", flat=True))

    assert found(make_event()) == []
    assert found(make_event(source_title="")) == ["event.source_title"]


@pytest.mark.database
def test_a_table_brings_events_with_who_took_part(make_city):
    for name in ("a", "b"):
        make_city(slug=name, name_pl=name)
    row = ["narada", "meeting", "Narada", "2020-09-09", "a", "b|a", "spatial|energy", ""]
    assert imported(row) == []
    event = Event.objects.get()
    assert (names(event), event.themes) == (["b", "a"], ["energy", "spatial"])
    assert (event.last_day, event.country.code) == (date(2020, 9, 9), "pl")
    table = EventResource().export()
    assert (table["cities"], table["themes"]) == (["b|a"], ["energy|spatial"])
    result = EventResource().import_data(table)
    assert result.totals["skip"] == 1


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (
            {"cities": "nie-ma"},
            ("cities", "Nie ma takiego wpisu: miasto „nie-ma”."),
        ),
        ({"first_day": "wczoraj"}, ("first_day", "Wpisz poprawną datę.")),
    ],
)
def test_a_table_with_a_fault_is_refused(cells, reason):
    row = {"slug": "a", "kind": "meeting", "title_pl": "A", "first_day": "", "city": ""}
    row |= {"cities": "", "themes": "", "country": ""} | cells
    ((line, column, told),) = imported(row.values())
    assert (line, column) == (2, reason[0])
    assert told.startswith(reason[1][:20])
    assert not Event.objects.exists()


def test_an_editor_imports_after_a_trial_what_is_theirs(desk, make_country):
    make_country("de", name_pl="Niemcy")
    head = "slug,kind,title_pl,country,status"
    trial = upload(desk, "event", head, "narada,meeting,Narada,pl,draft")
    assert trial.context["result"].totals["new"] == 1
    assert not Event.objects.exists()
    refused = upload(desk, "event", head, "narada,meeting,Narada,de,draft")
    assert list(refused.context["result"].faults())
