"""What came of a table: faults beside their rows, and what each row would change."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from cities.importing.resources import CityResource, IndicatorResource
from cities.importing.table_files import tabulated
from cities.models import City

pytestmark = pytest.mark.django_db

HEADER = ["slug", "Country", "name [pl]", "role", "latitude", "longitude"]
GOOD = ["torun", "pl", "Toruń", "committed", Decimal("53.25"), 18]


def tried(resource, header, *rows):
    """Return what comes of rows that stand on lines 2, 4, 6 …"""
    numbered = enumerate(rows, 1)
    with translation.override("en"):
        table = tabulated([(1, header), *((2 * n, row) for n, row in numbered)])
        return resource.import_data(table, dry_run=True)


def test_every_fault_has_its_line_and_the_heading_of_its_column(make_country):
    make_country()
    rows = [GOOD, ["elk", "xx", "", "king", 53, 22], ["elk", "pl", "Ełk", "committed", 53, 22]]
    with translation.override("en"):
        faults = list(tried(CityResource(), HEADER, *rows).faults())
    assert faults == [
        (4, "Country", "There is no country “xx”."),
        (4, "role", "“king” is none of: precursor city (precursor), committed city (committed)."),
        (4, "name [pl]", "This field cannot be blank."),
        (6, "", "The same address as in line 4."),
    ]


def test_rows_with_faults_are_a_table_as_it_was_with_the_reasons_at_its_end(make_country):
    make_country()
    rows = [
        GOOD,
        ["elk", "pl", "=A1", "king", "x", Decimal("22.5")],
        ["elk", "pl", "Ełk", "committed", 53, True],
    ]
    with translation.override("en"):
        faulty = tried(CityResource(), HEADER, *rows).faulty_rows()
    role = "“king” is none of: precursor city (precursor), committed city (committed)."
    odd = "A spreadsheet program has made something else of this cell: True."
    assert faulty.headers == [*HEADER, "what is wrong"]
    assert list(faulty) == [
        (
            "elk",
            "pl",
            "'=A1",
            "king",
            "x",
            Decimal("22.5"),
            f"role: {role} latitude: Enter a number.",
        ),
        (
            "elk",
            "pl",
            "Ełk",
            "committed",
            53,
            True,
            f"longitude: {odd} Turn it into a text cell and type it again.",
        ),
    ]


def test_a_fault_of_a_whole_table_stands_alone(make_country):
    make_country()
    header = [*HEADER[:-1], "Lengthitude"]
    ((line, column, reason),) = tried(CityResource(), header, GOOD, GOOD).faults()
    assert (line, column) == (1, "")
    assert reason.startswith("There is no column “Lengthitude”. There are: uuid, slug, country, ")


def test_what_fails_without_a_column_is_told_of_its_row(make_city):
    city = make_city(slug="elk")
    rows = [["elk", "region"], ["nigdzie", "x"]]
    header = ["practice", "label_pl"]
    ((line, column, reason), other) = tried(IndicatorResource(), header, *rows).faults()
    assert (line, column, reason) == (2, "", "There is no good practice “elk”.")
    assert other == (4, "", "There is no good practice “nigdzie”.")
    assert City.objects.get() == city


def test_a_new_row_shows_all_that_it_says(make_country):
    make_country()
    (row,) = tried(CityResource(), [*HEADER, "status", "website"], [*GOOD, "draft", ""]).rows
    assert row.diff == [
        ("slug", [("new", "torun")]),
        ("Country", [("new", "pl")]),
        ("name [pl]", [("new", "Toruń")]),
        ("role", [("new", "committed")]),
        ("latitude", [("new", "53.25")]),
        ("longitude", [("new", "18")]),
        ("status", [("new", "draft")]),
    ]  # and no identifier, of which the file says nothing


@pytest.mark.parametrize(
    ("before", "after", "language", "told"),
    [
        (25, "26.5", "pl", [("gone", "25"), ("new", "26,5")]),
        (25, "26.5", "en", [("gone", "25"), ("new", "26.5")]),
        (100, "1200", "en", [("gone", "100"), ("new", "1200")]),
        ("0.001", "0.01", "pl", [("gone", "0,001"), ("new", "0,01")]),
    ],
)
def test_a_changed_row_shows_values_as_readers_see_them(
    make_indicator, before, after, language, told
):
    figure = make_indicator(value=before)
    header = ["practice", "label_pl", "Value", "year"]
    resource = IndicatorResource()
    with translation.override(language):
        table = tabulated([(1, header), (2, [figure.practice.slug, figure.label_pl, after, ""])])
        (row,) = resource.import_data(table, dry_run=True).rows
    assert row.diff == [("Value", told)]


def test_the_day_of_a_change_is_no_news(make_city):
    city = make_city(slug="elk", changed_on=date(2026, 1, 1), population=None)
    header = ["slug", "changed on", "population"]
    (row,) = tried(CityResource(), header, [city.slug, "2026-02-02", 26]).rows
    assert row.diff == [("population", [("new", "26")])]
