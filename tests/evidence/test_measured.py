"""What towns report of one measure, on one axis and in a table."""

import csv
from io import StringIO

import pytest

from cities.evidence.measured import Axis, Chart, Strip, reported, strips
from cities.models import Indicator
from cities.text.measures import Measure
from cities.text.units import Unit

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def routes(make_practice, make_indicator):
    """Make three practices that report a cycle route, and a draft that does."""
    made = [make_practice(slug=f"route-{n}") for n in range(3)]
    for practice, km in zip(made, (2, 10, 4), strict=True):
        make_indicator(practice=practice, value=km, measure="cycle-route-length")
    make_indicator(practice=make_practice(status="draft"), measure="cycle-route-length")
    return made


@pytest.mark.parametrize(
    ("numbers", "is_logarithmic", "ticks"),
    [
        ([0.1, 36], True, [("0,1", 0), ("1", 33.33), ("10", 66.67), ("100", 100)]),
        ([12, 50], False, [("0", 0), ("10", 20), ("20", 40), ("30", 60), ("40", 80), ("50", 100)]),
        ([0], False, [("0", 0), ("0,2", 100)]),
        ([-4, 4], False, [("−4", 0), ("−2", 25), ("0", 50), ("2", 75), ("4", 100)]),
    ],
)
def test_an_axis_has_ten_times_more_a_line_beyond_a_spread_of_a_hundred(
    numbers, is_logarithmic, ticks
):
    axis = Axis(numbers)
    told = [(text.replace("-", "−"), at) for text, at in axis.ticks]
    assert (axis.is_logarithmic, told) == (is_logarithmic, ticks)


def test_a_measure_is_worth_a_page_from_three_published_practices_on(routes, make_indicator):
    make_indicator(measure="co2-avoided", unit="tCO2/year")
    assert reported() == {Measure.CYCLE_ROUTE_LENGTH: 3}


def test_marks_tell_evidence_range_and_bounds_and_money_without_a_rate_none(make_indicator):
    cost = {"unit": "MEUR", "measure": "whole-cost"}
    make_indicator(value=2, value_to=4, evidence="estimated", **cost)
    make_indicator(value=5, qualifier="min", evidence="planned", **cost)
    make_indicator(value=9, **cost | {"unit": "MPLN"})
    chart = Chart(Measure.WHOLE_COST, Indicator.objects.order_by("pk"))
    told = [(mark.shape, mark.at, mark.until, mark.arrow) for mark in chart.marks]
    assert told == [("triangle", 40, 80, ""), ("circle", 100, None, "after")]
    assert [sign for sign, _meaning in chart.key()] == ["triangle", "planned", "range", "after"]
    assert [str(each.figure) for each in chart.off_axis] == ["9\xa0mln zł"]


@pytest.mark.parametrize(
    ("language", "km"), [("pl", ["10\xa0km", "4\xa0km", "2\xa0km"]), ("en", ["10\xa0km"])]
)
def test_the_page_lists_the_largest_first_each_a_link(visit, routes, reverse_in, language, km):
    page = visit(reverse_in(language, "measure", key="cycle-route-length"))
    links = page.links(of="chart-row")
    assert links == [reverse_in(language, "practice", slug=f"route-{n}") for n in (1, 2, 0)]
    assert [e.text for e in page.find("span", of="chart-value")][: len(km)] == km
    assert len(page.find("tr", inside="measured")) == 4


def test_filters_narrow_the_page_and_its_file(client, visit, routes, make_country, reverse_in):
    make_country("at")
    city = routes[1].city
    city.country = make_country("at", name_pl="Austria")
    city.save()
    page = visit(reverse_in("pl", "measure", key="cycle-route-length") + "?country=at")
    assert page.links(of="chart-row") == [routes[1].get_absolute_url()]
    (file,) = [link for link in page.links() if "indicators.csv" in link]
    rows = list(csv.DictReader(StringIO(client.get(file).text.removeprefix("\ufeff"))))
    assert [(row["measure"], row["canonical"]) for row in rows] == [("cycle-route-length", "10")]


@pytest.mark.parametrize("key", ["grant", "nonsense"])
def test_a_measure_that_few_report_has_no_page(visit, routes, reverse_in, key):
    visit(reverse_in("pl", "measure", key=key), status=404)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_list_leads_to_each_measure(visit, routes, reverse_in, language):
    page = visit(reverse_in(language, "measures"))
    address = reverse_in(language, "measure", key="cycle-route-length")
    assert page.links(inside="topics") == [address]


@pytest.mark.parametrize(
    ("language", "heading", "silence"),
    [
        (
            "pl",
            "To podają też inni",
            "Źródła nie podają: liczby mieszkańców miasta, kosztu całości",
        ),
        (
            "en",
            "Others report this too",
            "The sources do not say: how many people live in the town, what the whole cost",
        ),
    ],
)
def test_a_practice_shows_its_figures_among_those_of_others_and_what_is_not_known(
    visit, reverse_in, routes, make_indicator, language, heading, silence
):
    make_indicator(practice=routes[1], value=7, measure="cycle-route-length", year=2020)
    make_indicator(
        practice=routes[1], value=3, unit=Unit.TCO2_YEAR, measure="co2-avoided"
    )  # of no other
    measure = Measure("cycle-route-length")
    assert strips(routes[1]) == [Strip(measure, own=[100, 70], others=[20, 40])]
    page = visit(reverse_in(language, "practice", slug="route-1"))
    assert heading in page.texts("h3")
    (link,) = page.find("a", inside="strips")
    assert link.attributes["href"] == reverse_in(language, "measure", key=measure.value)
    assert any(note.startswith(silence) for note in page.texts("p"))


def test_a_topic_leads_to_what_its_practices_report(visit, reverse_in, routes, make_topic):
    make_topic(*routes[:2], slug="cycling")
    make_topic(slug="rain")
    page = visit(reverse_in("en", "topic", slug="cycling"))
    found = page.links(inside="topics")
    address = reverse_in("en", "measure", key="cycle-route-length")
    assert [link for link in found if "topic=" in link] == [f"{address}?topic=cycling"]
    assert "What they report in figures" not in visit(reverse_in("en", "topic", slug="rain")).texts(
        "h2"
    )
