import csv
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from cities.management.commands.load_programme import RESOURCES
from cities.models import City, Country, Indicator, LoadedColumn, Practice, Source

pytestmark = pytest.mark.database

ROWS = {
    "countries": {"code": "pl", "name_pl": "Polska", "name_en": "Poland"},
    "topics": {"slug": "tramwaje", "name_pl": "Tramwaje", "theme": "mobility"},
    "cities": {
        "slug": "lodz",
        "country": "pl",
        "name_pl": "Łódź",
        "role": "precursor",
        "latitude": "51.77058",
        "longitude": "19.47395",
        "profile_pl": "<p>Fabryki,\nparki.</p>",
        "status": "published",
    },
    "practices": {
        "slug": "tram",
        "city": "lodz",
        "title_pl": "Tramwaj",
        "energy": "0",
        "mobility": "1",
        "spatial": "0",
        "first_year": "2012",
        "stage": "operation",
        "topics": "tramwaje",
        "status": "published",
    },
    "journeys": {"slug": "szyny", "title_pl": "Po szynach", "status": "published"},
    "journey_stops": {"journey": "szyny", "position": "1", "practice": "tram", "why_pl": "Tor."},
    "events": {
        "slug": "narada",
        "kind": "meeting",
        "title_pl": "Narada",
        "first_day": "2020-09-09",
        "last_day": "2020-09-10",
        "precision": "day",
        "held": "held",
        "city": "lodz",
        "cities": "lodz",
        "themes": "mobility",
        "source_title": "PNEC",
        "status": "published",
    },
    "library": {
        "slug": "poradnik",
        "kind": "guide",
        "title_pl": "Poradnik",
        "language": "pl",
        "year": "2021",
        "topics": "tramwaje",
        "practices": "tram",
        "source_title": "PNEC",
        "status": "published",
    },
    "indicators": {
        "practice": "tram",
        "position": "1",
        "label_pl": "Trasa",
        "value": "9.5",
        "qualifier": "exact",
        "unit": "km",
        "about": "scale",
        "evidence": "reported",
        "headline": "1",
    },
    "sources": {"practice": "tram", "position": "1", "title": "PNEC"},
    "elsewhere": {
        "city": "lodz",
        "position": "1",
        "title": "Lodsch",
        "url": "https://collection.example/lodz",
        "collection": "Sammlung",
        "language": "de",
    },
}


@pytest.fixture
def write(tmp_path):
    """Write a small programme, with these rows instead of its own, and return the folder."""

    def write(**tables):
        for name, row in ROWS.items():
            with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                table = csv.DictWriter(file, RESOURCES[name]._meta.fields)
                table.writeheader()
                table.writerows(tables.get(name, [row]))
        return tmp_path

    return write


@pytest.fixture
def load(db, capsys):
    """Load a folder and return what was said, in English."""

    def load(*arguments, **options):
        with translation.override("en"):
            call_command("load_programme", *arguments, **options)
        return capsys.readouterr().out.splitlines()

    return load


def counts():
    return [model.objects.count() for model in (Country, City, Practice, Indicator, Source)]


def changed(name, **cells):
    return ROWS[name] | cells


def test_a_small_programme_loads_and_a_second_time_changes_nothing(load, write):
    folder = write()
    names = list(ROWS)
    assert load(folder) == [f"{name}: 1 new, 0 changed" for name in names]
    assert load(folder) == load(folder, "--overwrite") == [f"{n}: 0 new, 0 changed" for n in names]
    city, indicator = City.objects.get(), Indicator.objects.get()
    assert (city.country.code, str(city.latitude), city.profile_pl) == (
        "pl",
        "51.77058",
        "<p>Fabryki,\nparki.</p>",
    )
    assert (str(indicator.value), indicator.value_to, indicator.headline) == ("9.500", None, True)
    assert Source.objects.get().practice == Practice.objects.get() == indicator.practice


def test_existing_rows_are_left_alone_and_counted_where_they_differ(load, write):
    load(write())
    City.objects.update(name_pl="Łódź moja")
    folder = write(
        cities=[ROWS["cities"], changed("cities", slug="sztum", name_pl="Sztum")],
        indicators=[changed("indicators", value="10")],
    )
    left_alone = "1 differ and were left alone (see --overwrite)"
    assert load(folder) == [
        "countries: 0 new, 0 changed",
        "topics: 0 new, 0 changed",
        f"cities: 1 new, 0 changed, {left_alone}",
        "practices: 0 new, 0 changed",
        "journeys: 0 new, 0 changed",
        "journey_stops: 0 new, 0 changed",
        "events: 0 new, 0 changed",
        "library: 0 new, 0 changed",
        f"indicators: 0 new, 0 changed, {left_alone}",
        "sources: 0 new, 0 changed",
        "elsewhere: 0 new, 0 changed",
    ]
    assert set(City.objects.values_list("name_pl", flat=True)) == {"Łódź moja", "Sztum"}
    assert load(folder, "--overwrite") == [
        "countries: 0 new, 0 changed",
        "topics: 0 new, 0 changed",
        "cities: 0 new, 1 changed",
        "practices: 0 new, 0 changed",
        "journeys: 0 new, 0 changed",
        "journey_stops: 0 new, 0 changed",
        "events: 0 new, 0 changed",
        "library: 0 new, 0 changed",
        "indicators: 0 new, 1 changed",
        "sources: 0 new, 0 changed",
        "elsewhere: 0 new, 0 changed",
    ]
    assert set(City.objects.values_list("name_pl", flat=True)) == {"Łódź", "Sztum"}
    assert Indicator.objects.get().value == 10


def test_the_files_tell_the_day_of_the_last_change(load, write):
    folder = write(practices=[changed("practices", changed_on="2020-01-31")])
    load(folder)
    assert Practice.objects.get().changed_on == date(2020, 1, 31)
    assert City.objects.get().changed_on == timezone.localdate()  # its file does not say
    Indicator.objects.get().save()
    load(folder)
    assert Practice.objects.get().changed_on == date(2020, 1, 31)
    Indicator.objects.update(value=1)
    load(folder, "--overwrite")
    assert Practice.objects.get().changed_on == date(2020, 1, 31)


def test_only_an_empty_site_is_filled_where_that_is_asked(load, write, make_city):
    make_city()
    assert load(write(), new=True) == []
    assert counts() == [1, 1, 0, 0, 0]


def test_a_new_column_fills_what_it_fits_and_leaves_the_rest_alone(load, write):
    rows = [
        changed(
            "indicators",
            position=str(n),
            label_pl=f"Trasa {n}",
            headline=str(int(n == 1)),
            measure="heat-network-length",
        )
        for n in (1, 2, 3)
    ]
    load(write(indicators=rows))
    LoadedColumn.objects.filter(column="measure").delete()  # as before the column came
    Indicator.objects.update(measure="")
    Indicator.objects.filter(position=2).update(unit="MWh/year")  # in which nobody tells a length
    assert load(write(indicators=rows), new=True) == ["indicators: 2 of measure filled in"]
    told = Indicator.objects.order_by("position").values_list("measure", flat=True)
    assert list(told) == ["heat-network-length", "", "heat-network-length"]


@pytest.mark.parametrize(
    ("name", "cells", "fault"),
    [
        ("countries", {"code": "PL"}, "column code: Two small letters, such as pl."),
        ("cities", {"name_pl": ""}, "column name_pl: This field cannot be blank."),
        (
            "cities",
            {"role": "king"},
            "column role: “king” is none of: precursor city (precursor), committed city",
        ),
        ("cities", {"country": "xx"}, "column country: There is no country “xx”."),
        ("cities", {"latitude": "51°"}, "column latitude: Enter a number."),
        (
            "cities",
            {"latitude": "91"},
            "column latitude: Latitude and longitude must be degrees on Earth.",
        ),
        ("cities", {"population": "many"}, "column population: Enter a whole number."),
        ("practices", {"city": "atlantis"}, "column city: There is no city “atlantis”."),
        ("practices", {"mobility": "0"}, "column energy: Tick at least one theme."),
        (
            "practices",
            {"last_year": "2009"},
            "column last_year: The last year cannot be before the first.",
        ),
        ("indicators", {"practice": "x"}, "There is no good practice “x”."),
        ("indicators", {"unit": "parsec"}, "column unit: “parsec” is none of: "),
        ("sources", {"city": "lodz"}, "column city: Choose a city or a practice, one of the two."),
        ("sources", {"accessed_on": "yesterday"}, "column accessed_on: "),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_loaded(load, write, name, cells, fault):
    good = {"countries": {"code": "de"}, "cities": {"slug": "sztum"}, "practices": {"slug": "bus"}}
    other = {"indicators": {"label_pl": "B", "headline": "0"}, "sources": {"title": "B"}} | good
    bad = changed(name, **other[name]) | cells
    if name == "cities":
        bad["profile_pl"] = ""
    folder = write(**{name: [ROWS[name], bad]})
    with pytest.raises(CommandError) as error:
        load(folder)
    line = 4 if name == "cities" else 3  # the profile of the first city goes over two lines
    first, told = str(error.value).splitlines()
    assert first == "Nothing was loaded."
    assert told.startswith(f"{folder / name}.csv, line {line}, {fault}")
    assert counts() == [0, 0, 0, 0, 0]


def test_every_bad_row_of_a_file_is_named_at_once(load, write):
    bad = [changed("practices", slug=slug, stage="never") for slug in ("a", "b")]
    folder = write(practices=bad)
    with pytest.raises(CommandError) as error:
        load(folder)
    reason = (
        "column stage: “never” is none of: planned (planned), under way (underway), "
        "in operation (operation), completed (completed)."
    )
    assert str(error.value).splitlines()[1:] == [
        f"{folder}/practices.csv, line 2, {reason}",
        f"{folder}/practices.csv, line 3, {reason}",
    ]


def test_what_was_there_stays_when_a_row_is_bad(load, write):
    load(write())
    folder = write(
        cities=[changed("cities", name_pl="Nowa")], sources=[changed("sources", title="")]
    )
    with pytest.raises(CommandError, match="column title"):
        load(folder, "--overwrite")
    assert City.objects.get().name_pl == "Łódź"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "code,name_pl\n",
            "line 1: the columns uuid, name_en, partner, partner_url, office_pl, office_en, email, "
            "telephone, contact_page, contact_checked_on, text_pl, text_en",
        ),
        ("", "line 1: The table is empty."),
        ("{header}\npl,Polska\n", "line 2: This row has 2 cells, the first line 14."),
        ("{header}\n,pl,A,,,,,,,,,,,\n,pl,B,,,,,,,,,,,\n", "line 3, The same code as in line 2."),
        (
            '{header}\npl,"Pol',
            "line 2: The file breaks off or has a stray quotation mark: unexpected end",
        ),
    ],
)
def test_a_broken_file_is_named_with_its_line(load, write, text, told):
    folder = write()
    header = ",".join(RESOURCES["countries"]._meta.fields)
    (folder / "countries.csv").write_text(text.format(header=header))
    with pytest.raises(CommandError) as error:
        load(folder)
    first, second = str(error.value).splitlines()
    assert first == "Nothing was loaded."
    assert second.startswith(f"{folder}/countries.csv, {told}")
    assert counts() == [0, 0, 0, 0, 0]


def test_a_file_in_another_encoding_is_named(load, write):
    folder = write()
    (folder / "countries.csv").write_bytes("Łódź".encode("iso-8859-2"))
    with pytest.raises(CommandError, match=r"countries\.csv, line 1: .*UTF-8"):
        load(folder)


def test_a_missing_file_is_named_and_nothing_is_loaded(load, write):
    folder = write()
    (folder / "sources.csv").unlink()
    with pytest.raises(CommandError, match=r"sources\.csv.*No such file") as error:
        load(folder)
    assert "Traceback" not in str(error.value)
    assert counts() == [0, 0, 0, 0, 0]
