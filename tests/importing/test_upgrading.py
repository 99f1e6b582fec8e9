"""What is new in the programme's files reaches a site in use: once, and beside its own."""

import pytest

from cities.importing import upgrading
from cities.importing.resources import (
    CityResource,
    IndicatorResource,
    PracticeResource,
    SourceResource,
    StopResource,
)
from cities.importing.table_files import read
from cities.models import City, Indicator, LoadedColumn, Practice, Source, Stop

pytestmark = pytest.mark.django_db


def table(*lines):
    return read("\n".join(lines).encode(), is_ours=True)


@pytest.fixture
def in_use(make_city, make_practice):
    """A site that has loaded two tables, and edited one of its three towns."""
    for slug, region in (("elk", "Mazury"), ("kutno", ""), ("sztum", "")):
        make_practice(city=make_city(slug=slug, region_pl=region), slug=f"tram-{slug}")
    upgrading.remember("cities", ["slug", "country"])
    upgrading.remember("practices", ["slug", "city"])


@pytest.mark.parametrize(
    ("has_cities", "has_loaded", "told"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
)
def test_a_site_with_cities_of_its_own_alone_is_filled_by_hand(
    make_city, has_cities, has_loaded, told
):
    if has_cities:
        make_city()
    if has_loaded:
        upgrading.remember("cities", ["slug"])
    assert upgrading.is_filled_by_hand() is told


def test_columns_are_remembered_once(db):
    upgrading.remember("cities", ["slug", "name_pl"])
    upgrading.remember("cities", ["slug", "name_en"])
    upgrading.remember("topics", ["slug"])
    assert sorted(map(str, LoadedColumn.objects.all())) == [
        "cities.name_en", "cities.name_pl", "cities.slug", "topics.slug",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cells", "filled", "kept"),
    [
        ("region_pl", ["a", "b", "c"], 2, ["Mazury", "b", "c"]),
        ("region_pl", ["a", "b", ""], 1, ["Mazury", "b", ""]),
        ("population", ["1", "2", "3"], 3, [1, 2, 3]),
        ("contact_checked_on", ["2026-01-31", "", ""], 1, ["2026-01-31", "None", "None"]),
        ("study_visits", ["yes", "", ""], 1, ["yes", "", ""]),
        ("summary_pl", ["a", "b", "c"], 0, ["Krótki opis."] * 3),
    ],
)
def test_a_new_column_fills_what_is_blank_and_counts_it(in_use, column, cells, filled, kept):
    rows = zip(("elk", "kutno", "sztum"), cells, strict=True)
    told = upgrading.take_up(
        CityResource(), "cities", table(f"slug,country,{column}", *(f"{s},pl,{c}" for s, c in rows))
    )
    assert told == (f"{filled} of {column} filled in" if filled else "")
    found = City.objects.order_by("slug").values_list(column, flat=True)
    assert list(map(type(kept[0]), found)) == kept


def test_a_new_box_is_ticked_where_the_files_have_it_ticked(in_use):
    told = upgrading.take_up(
        PracticeResource(),
        "practices",
        table("slug,city,mobility,energy", "tram-elk,elk,1,1", "tram-kutno,kutno,0,1"),
    )
    assert told == "1 of mobility filled in"
    assert Practice.objects.get(mobility=True).slug == "tram-elk"


def test_each_new_column_is_told(in_use):
    told = upgrading.take_up(
        CityResource(),
        "cities",
        table("slug,region_en,website,local_name", "elk,A,,Lyck", "kutno,B,,", "gone,C,,X"),
    )
    assert told == "2 of region_en filled in, 1 of local_name filled in"


def test_a_new_column_passes_over_what_the_site_has_no_more(in_use, make_indicator):
    make_indicator(practice=Practice.objects.get(slug="tram-elk"), label_pl="Trasa", year=None)
    upgrading.remember("indicators", ["practice", "label_pl"])
    told = upgrading.take_up(
        IndicatorResource(),
        "indicators",
        table(
            "practice,label_pl,year", "gone,Trasa,2019", "tram-elk,Inna,2020", "tram-elk,Trasa,2021"
        ),
    )
    assert told == "1 of year filled in"
    assert Indicator.objects.get().year == 2021


def test_what_does_not_fit_is_no_cell_that_was_filled_in(in_use):
    told = upgrading.take_up(
        CityResource(),
        "cities",
        table("slug,population", 'elk,"many\npeople"', "kutno,2", "sztum,few"),
    )
    assert told == "1 of population filled in"
    assert list(City.objects.order_by("slug").values_list("population", flat=True)) == [
        None,
        2,
        None,
    ]


def test_of_a_new_table_all_rows_come_that_lead_to_what_is_here(in_use):
    rows = [
        "practice,title,url",
        'gone,"Two\nlines",https://example.org/1',
        "tram-elk,A,https://example.org/2",
        "gone,B,https://example.org/3",
        "tram-kutno,C,https://example.org/4",
    ]
    lines = [f",{row}" if n else f"city,{row}" for n, row in enumerate(rows)]
    told = upgrading.take_up(SourceResource(), "sources", table(*lines))
    assert told == "2 new, 2 left out, for they lead to what is not here"
    assert sorted(Source.objects.values_list("title", flat=True)) == ["A", "C"]


def test_of_a_new_table_that_leads_nowhere_nothing_comes(in_use):
    lines = "journey,position,city,practice,why_pl", "gone,1,,tram-elk,A"
    told = upgrading.take_up(StopResource(), "journey_stops", table(*lines))
    assert told == "1 left out, for they lead to what is not here"
    assert not Stop.objects.exists()


def test_on_a_site_that_has_nothing_yet_everything_has_to_fit(make_practice):
    make_practice(slug="tram")
    lines = "city,practice,title,url", ",tram,A,https://example.org", ",gone,B,https://example.org"
    with pytest.raises(upgrading.RefusedError) as error:
        upgrading.take_up(SourceResource(), "sources", table(*lines))
    ((line, _column, _reason),) = error.value.faults
    assert line == 3
    assert not Source.objects.exists()


def test_a_column_that_was_loaded_once_is_left_alone(in_use):
    upgrading.remember("cities", ["region_pl"])
    assert upgrading.take_up(CityResource(), "cities", table("slug,region_pl", "kutno,A")) == ""
    assert not City.objects.filter(region_pl="A").exists()
