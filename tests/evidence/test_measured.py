"""What towns report of one measure, on one axis and in a table."""

import csv
from decimal import Decimal
from io import StringIO
from types import SimpleNamespace

import pytest

from cities.evidence.measured import Axis, Chart, Strip, strips
from cities.finder.sets import practice_sets
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
        ([-30, -15], False, [("−30", 0), ("−20", 33.33), ("−10", 66.67), ("0", 100)]),
        ([1, 90], False, [("0", 0), ("20", 20), ("40", 40), ("60", 60), ("80", 80), ("100", 100)]),
        ([1, 100], False, [("0", 0), ("20", 20), ("40", 40), ("60", 60), ("80", 80), ("100", 100)]),
        ([1, 101], True, [("1", 0), ("10", 33.33), ("100", 66.67), ("1000", 100)]),
        (
            [0, 250],
            False,
            [("0", 0), ("50", 20), ("100", 40), ("150", 60), ("200", 80), ("250", 100)],
        ),
        ([0.5], False, [(f"0,{n}" if n else "0", 20 * n) for n in range(6)]),
        ([12], False, [("0", 0), ("5", 33.33), ("10", 66.67), ("15", 100)]),
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
    assert practice_sets().reported() == {Measure.CYCLE_ROUTE_LENGTH: 3}


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


def figure(value, value_to=None, **fields):
    fields = {"unit": "km", "measure": "cycle-route-length"} | fields
    return Indicator(value=Decimal(value), value_to=value_to and Decimal(value_to), **fields)


@pytest.mark.parametrize(
    ("fields", "shape", "arrow", "key"),
    [
        ({}, "circle", "", ["circle"]),
        ({"evidence": "measured"}, "square", "", ["square"]),
        ({"evidence": "estimated"}, "triangle", "", ["triangle"]),
        ({"evidence": "planned"}, "circle", "", ["planned"]),
        ({"qualifier": "about"}, "circle", "", ["circle"]),
        ({"qualifier": "min"}, "circle", "after", ["circle", "after"]),
        ({"qualifier": "max"}, "circle", "before", ["circle", "before"]),
        ({"value_to": "8"}, "circle", "", ["circle", "range"]),
        ({"value_to": "8", "evidence": "measured"}, "square", "", ["square", "range"]),
    ],
)
def test_the_key_has_the_signs_that_occur(fields, shape, arrow, key):
    chart = Chart(Measure.CYCLE_ROUTE_LENGTH, [figure("4", **fields)])
    (mark,) = chart.marks
    assert (mark.shape, mark.arrow, mark.end) == (shape, arrow, 100)
    assert [sign for sign, _meaning in chart.key()] == key


def test_a_chart_tells_unit_and_currency_and_reaches_as_far_as_all_pages_of_it():
    here = [figure("4"), figure("2000", unit="m")]
    chart = Chart(Measure.CYCLE_ROUTE_LENGTH, here, [2.0, 100.0])
    assert [(mark.at, str(mark.told.figure)) for mark in chart.marks] == [
        (4, "4\xa0km"),
        (2, "2\xa0km"),
    ]
    assert (chart.unit, chart.off_axis) == ("km", [])
    spent = [figure("4", unit=unit, measure="grant", year=2015) for unit in ("MPLN", "EUR")]
    assert [mark.currency for mark in Chart(Measure.GRANT, spent).marks] == ["PLN", "EUR"]


def test_money_without_a_rate_leaves_no_axis():
    lost = figure("9", unit="MPLN", measure="grant")
    chart = Chart(Measure.GRANT, [lost])
    assert (chart.axis, chart.marks, chart.off_axis) == (None, [], [lost])


READ = "Przeczytaj przy każdym wskaźniku, czego dotyczy"
MONEY, PERCENT, AREAS = "Kwoty pochodzą", "Każdy udział", "Miasta liczą na różnych obszarach"
RATES, PROMISES, SIZE = "Inne waluty", "Plan i szacunek", "Większa liczba"


@pytest.mark.parametrize(
    ("measure", "fields", "cautions"),
    [
        ("grant", {"unit": "EUR"}, [READ, MONEY]),
        ("grant", {"unit": "MPLN", "year": 2015}, [READ, MONEY, RATES]),
        ("grant", {"unit": "MPLN", "evidence": "planned"}, [READ, MONEY, PROMISES]),
        ("grant-share", {"unit": "percent"}, [READ, PERCENT]),
        ("grant-share", {"unit": "percent", "evidence": "estimated"}, [READ, PERCENT, PROMISES]),
        ("cycle-route-length", {}, [READ, AREAS, SIZE]),
        ("cycle-route-length", {"evidence": "planned"}, [READ, AREAS, PROMISES, SIZE]),
        ("co2-avoided", {"unit": "tCO2/year", "evidence": "measured"}, [READ, AREAS]),
    ],
)
def test_a_chart_says_what_cannot_be_compared(measure, fields, cautions):
    chart = Chart(Measure(measure), [figure("5", measure=measure, **fields)])
    told = chart.cautions()
    assert len(told) == len(cautions)
    for sentence, beginning in zip(told, cautions, strict=True):
        assert sentence.replace("\xa0", " ").startswith(beginning)


@pytest.mark.parametrize(
    ("figures", "strip"),
    [
        ([(2, 10.0), (3, 5.0)], [Strip(Measure.CYCLE_ROUTE_LENGTH, [40], [100, 50])]),
        ([(1, 4.0), (2, 10.0), (3, 5.0)], [Strip(Measure.CYCLE_ROUTE_LENGTH, [40], [100, 50])]),
        ([(2, 10.0), (2, 5.0)], []),  # of one other alone
        ([(1, 4.0), (2, 10.0)], []),
        ([], []),
    ],
)
def test_figures_of_a_practice_stand_among_those_of_two_others_at_least(figures, strip):
    own = [
        SimpleNamespace(measure="cycle-route-length", canonical=4.0),
        SimpleNamespace(measure="grant", canonical=None),  # money without a rate
        SimpleNamespace(measure="", canonical=None),
    ]
    practice = SimpleNamespace(pk=1, indicators=SimpleNamespace(all=lambda: own))
    known = {"cycle-route-length": figures, "grant": [(2, 1.0), (3, 2.0), (4, 3.0)]}
    assert strips(practice, known) == strip
    assert strips(practice, {}) == []


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
    assert strips(routes[1], practice_sets().figures) == [
        Strip(measure, own=[100, 70], others=[20, 40])
    ]
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
