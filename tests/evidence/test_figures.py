import pytest

from cities.evidence.figures import Timeline, joining, matrix, results
from cities.models import Indicator, Practice

pytestmark = pytest.mark.django_db


def told(groups):
    return [(about.value, [(str(b.indicator), b.share) for b in bars]) for about, bars in groups]


def test_only_figures_of_one_measure_and_kind_have_bars(make_practice, make_indicator):
    practice = make_practice()
    heat = {"measure": "heat-network-length"}
    for label, value, more in [
        ("a", 10, heat),
        ("b", 40_000, heat | {"unit": "m"}),
        ("c", 5, {"measure": "cycle-route-length"}),
        ("d", 20, {}),
        ("e", 20, heat | {"about": "cost"}),
    ]:
        defaults = {"label_pl": label, "unit": "km", "about": "result"}
        make_indicator(practice=practice, value=value, **defaults | more)
    assert told(results(Indicator.objects.all())) == [
        (
            "result",
            [
                ("a: 10\xa0km", 25.0),
                ("b: 40\xa0000\xa0m", 100.0),
                ("c: 5\xa0km", None),
                ("d: 20\xa0km", None),
            ],
        ),
        ("cost", [("e: 20\xa0km", None)]),
    ]
    assert results([]) == []


def test_nothing_but_noughts_has_no_bars(make_practice, make_indicator):
    practice = make_practice()
    for label in ("a", "b"):
        make_indicator(practice=practice, value=0, label_pl=label, measure="cycle-route-length")
    ((_, bars),) = results(Indicator.objects.all())
    assert [bar.share for bar in bars] == [None, None]


def test_money_and_scale_have_groups_of_their_own_and_money_no_bars(make_practice, make_indicator):
    practice = make_practice()
    for label, fields in {
        "a": {"about": "scale", "measure": "new-homes", "unit": "count", "counted_pl": "x"},
        "b": {"about": "cost", "measure": "grant", "unit": "MEUR"},
        "c": {"about": "cost", "measure": "grant", "unit": "MEUR"},
        "d": {"about": "scale", "measure": "cycle-route-length", "value": 15},
        "e": {"about": "scale", "measure": "cycle-route-length", "value": 5},
        "f": {"about": "result"},
    }.items():
        make_indicator(practice=practice, label_pl=label, **fields)
    shares = {
        about.value: [(bar.indicator.label_pl, bar.share) for bar in bars]
        for about, bars in results(Indicator.objects.all())
    }
    assert shares == {
        "result": [("f", None)],
        "cost": [("b", None), ("c", None)],
        "scale": [("a", None), ("d", 100.0), ("e", 33.3)],
    }
    assert list(shares) == ["result", "cost", "scale"]


def test_a_range_reaches_as_far_as_its_farther_end(make_practice, make_indicator):
    practice = make_practice()
    fall = {"practice": practice, "unit": "percent", "measure": "energy-use-fall"}
    make_indicator(**fall, value=-30, value_to=-20, label_pl="a")
    make_indicator(**fall, value=-15, label_pl="b")
    ((_, bars),) = results(Indicator.objects.order_by("pk"))
    assert [bar.share for bar in bars] == [100.0, 50.0]


def practices(*years):
    return [
        Practice(title_pl=str(n), first_year=first, last_year=last, stage=stage)
        for n, (first, last, stage) in enumerate(years)
    ]


def test_a_timeline_runs_from_the_first_year_to_the_end_of_the_last():
    timeline = Timeline(
        practices(
            (None, None, "operation"),
            (2018, None, "underway"),
            (2010, 2014, "completed"),
            (None, 2019, "completed"),
            (2019, 2019, "planned"),
        )
    )
    drawn = [(p.title, s and (s.start, s.end, s.is_open, s.is_planned)) for p, s in timeline.rows]
    assert drawn == [
        ("2", (0.0, 50.0, False, False)),
        ("1", (80.0, 100.0, True, False)),
        ("3", (None, 100.0, False, False)),
        ("4", (90.0, 100.0, False, True)),
        ("0", None),
    ]
    assert timeline.ticks == [(2010, 0.0), (2012, 20.0), (2014, 40.0), (2016, 60.0), (2018, 80.0)]


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        (2010, 2014, [2010, 2011, 2012, 2013, 2014]),
        (2010, 2015, [2010, 2012, 2014]),
        (2000, 2009, [2000, 2002, 2004, 2006, 2008]),
        (2000, 2010, [2000, 2005, 2010]),
        (2001, 2025, [2005, 2010, 2015, 2020, 2025]),
        (2001, 2026, [2010, 2020]),
        (1975, 2024, [1980, 1990, 2000, 2010, 2020]),
        (1975, 2025, [1980, 2000, 2020]),
        (1901, 2000, [1920, 1940, 1960, 1980, 2000]),
        (1900, 2000, [1900, 1950, 2000]),
        (1903, 2152, [1950, 2000, 2050, 2100, 2150]),
        (1903, 2153, [2000]),
    ],
)
def test_a_timeline_names_five_round_years_at_most(first, last, ticks):
    timeline = Timeline(practices((first, last, "completed")))
    assert [year for year, _at in timeline.ticks] == ticks
    assert [at for _year, at in timeline.ticks] == [
        round(100 * (year - first) / (last + 1 - first), 1) for year in ticks
    ]


@pytest.mark.parametrize(
    ("stage", "last", "is_open", "end"),
    [
        ("planned", None, False, 20.0),
        ("underway", None, True, 100.0),
        ("operation", None, True, 100.0),
        ("completed", None, False, 20.0),
        ("operation", 2012, False, 60.0),
    ],
)
def test_what_runs_reaches_to_the_end_of_a_timeline(stage, last, is_open, end):
    timeline = Timeline(practices((2010, last, stage)), until=2014)
    ((_practice, span),) = timeline.rows
    assert (span.is_open, span.end, span.width) == (is_open, end, end)
    assert span.is_planned is (stage == "planned")
    assert (timeline.first, timeline.length) == (2010, 5)


def test_practices_of_a_timeline_stand_by_their_first_year_then_by_their_last():
    years = [(2012, None), (2010, 2014), (2010, 2011), (2010, None), (None, 2011), (None, None)]
    timeline = Timeline(practices(*[(*both, "completed") for both in years]), until=2013)
    assert [practice.title for practice, _span in timeline.rows] == ["2", "1", "3", "4", "0", "5"]
    assert timeline.is_telling


@pytest.mark.parametrize("years", [[], [(None, None, "planned")], [(2020, None, "operation")]])
def test_a_timeline_of_less_than_two_tells_nothing(years):
    timeline = Timeline(practices(*years))
    assert not timeline.is_telling
    assert len(timeline.rows) == len(years)


def test_a_matrix_counts_practices_by_country_and_theme(make_city, make_practice, make_country):
    make_country("de")
    for themes in ("energy", "energy mobility", "energy mobility spatial", "energy"):
        make_practice(themes, city=make_city("pl"))
    make_practice("spatial", city=make_city("de"))
    make_practice("spatial", city=make_city("de"), status="draft")
    counted = list(Practice.objects.published().counted_by_country())
    rows = matrix([make_country("de"), make_country("pl")], counted)
    assert [[cell.count for cell in cells] for _, cells in rows] == [[0, 0, 1, 0], [4, 2, 1, 1]]
    assert [cell.radius for cell in rows[1][1]] == [100.0, 70.7, 50.0, 50.0]
    assert [cell.theme for cell in rows[0][1]] == ["energy", "mobility", "spatial", "integrated"]
    assert (joining([], counted), joining(["energy", "mobility"], counted)) == (5, 2)


def test_a_matrix_of_little_has_few_dots(make_country, make_practice):
    assert matrix([], []) == []
    ((country, cells),) = matrix([make_country("pl")], [])
    assert country.code == "pl"
    assert [(cell.count, cell.radius) for cell in cells] == [(0, 0.0)] * 4
    make_practice("mobility")
    ((country, cells),) = matrix([country], list(Practice.objects.counted_by_country()))
    assert [(cell.count, cell.radius) for cell in cells] == [(0, 0), (1, 100), (0, 0), (0, 0)]
