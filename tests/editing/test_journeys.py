"""Journeys are written by publishers, kept by history, and lose no stop unnoticed."""

import pytest
from editing import address, edit
from reversion.models import Version

from cities.editing import history, restoring
from cities.importing.resources import StopResource
from cities.importing.table_files import tabulated
from cities.models import City, Journey, Rule

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def stops_of(journey):
    return [str(stop) for stop in journey.stops.all()]


@pytest.fixture
def journey(make_journey, make_city, make_practice):
    practice = make_practice(title_pl="B", city=make_city(name_pl="A"))
    return make_journey(practice.city, practice)


def test_a_publisher_puts_stops_in_another_order_and_history_brings_the_old_one_back(
    log_in, publisher, journey
):
    history.record([journey], None, "")
    answer = edit(log_in(publisher), journey, **{"stops-0-position": 2, "stops-1-position": 1})
    assert answer.status_code == 302
    assert stops_of(journey) == ["B", "A"]
    restoring.restore(journey, history.versions(journey).last(), publisher)
    assert stops_of(journey) == ["A", "B"]


def test_journeys_are_of_no_country_so_publishers_alone_write_them(desk, journey):
    for page in (address("journey"), address("journey", "change", journey.pk), address("stop")):
        assert desk.get(page).status_code == 403


def test_a_city_that_is_deleted_takes_its_stops_along_and_brings_them_back(publisher, journey):
    restoring.delete(City.objects.get(name_pl="A"), publisher)
    assert stops_of(journey) == []
    assert Journey.objects.get().findings.filter(rule=Rule.STOPS).get().detail == "0"
    restoring.recover(Version.objects.get_deleted(City).get())
    assert stops_of(journey) == ["A", "B"]


def test_the_checklist_counts_stops(publisher, make_journey, make_city):
    def details(stops):
        journey = make_journey(*(make_city() for _ in range(stops)))
        return [finding.detail for finding in journey.findings.filter(rule=Rule.STOPS)]

    assert [details(stops) for stops in (3, 4, 7, 8)] == [["3"], [], [], ["8"]]


def test_a_journey_is_news_with_a_stop(journey, make_city):
    Journey.objects.update(changed_on="2020-01-31")
    journey.stops.create(city=make_city(), why_pl="Nowy.", position=3)
    journey.refresh_from_db()
    assert journey.changed_on.isoformat() > "2020-01-31"


@pytest.mark.parametrize(
    ("city", "practice", "reason"),
    [
        ("nie-ma", "", "Nie ma takiego wpisu: miasto „nie-ma”."),
        ("", "", "Wybierz miasto albo praktykę – jedno z\xa0dwojga."),
    ],
)
def test_a_table_of_stops_with_a_fault_is_refused(journey, city, practice, reason):
    cells = [journey.slug, "3", city, practice, "Bo tak."]
    table = tabulated([(1, ["journey", "position", "city", "practice", "why_pl"]), (2, cells)])
    ((line, _column, told),) = StopResource().import_data(table).faults()
    assert (line, told) == (2, reason)
    assert stops_of(journey) == ["A", "B"]


@pytest.mark.parametrize("path", ["/pl/podglad/podroze/szkic/", "/en/preview/journeys/szkic/"])
def test_a_draft_journey_has_a_preview(log_in, publisher, client, make_journey, path):
    draft = make_journey(status="draft", slug="szkic")
    assert client.get(path).status_code == 404
    desk = log_in(publisher)
    page = desk.get(path)
    assert (page.status_code, page.context["journey"]) == (200, draft)
    for method in ("post", "put", "delete", "options"):  # there is nothing to send
        assert getattr(desk, method)(path).status_code == 405
