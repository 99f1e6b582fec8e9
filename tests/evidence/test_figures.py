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
