import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cities.editing.proofreading import findings
from cities.management.commands.load_programme import DATA

NBSP = "\N{NO-BREAK SPACE}"
PRACTICE = {"title_pl": "Tramwaj", "title_en": "A tram"}
SOURCE = {"url": "https://example.org/a"}
CITY = {"country": "pl", "latitude": "52.2", "longitude": "21.0", "name_pl": "A", "name_en": "A"}
BARE = "name the publisher, not the address alone"
INDICATOR = {"label_pl": "Trasa", "label_en": "Line", "unit": "km", "year": "2016"}


def test_the_programme_has_no_fault(capsys):
    call_command("check_content")
    assert capsys.readouterr().out == "Nothing found.\n"


@pytest.mark.parametrize(
    ("name", "row", "fault", "column"),
    [
        ("practices", PRACTICE, {"title_en": ""}, "title_en"),
        ("practices", PRACTICE, {"title_en": "<p> </p>"}, "title_en"),
        ("practices", PRACTICE, {"title_en": "Wor" + "d" * 200}, "title_en"),
        ("practices", PRACTICE, {"title_pl": "The town and the tram"}, "title_pl"),
        ("practices", PRACTICE, {"title_en": "Plan został przyjęty przez radę"}, "title_en"),
        ("practices", PRACTICE, {"title_pl": "Plan “Energia”"}, "title_pl"),
        ("practices", PRACTICE, {"title_en": "Plan „Energy”"}, "title_en"),
        ("practices", PRACTICE, {"title_en": "Energy - a plan"}, "title_en"),
        ("practices", PRACTICE, {"title_pl": "Tramwaj w Weiz"}, "title_pl"),
        ("practices", PRACTICE, {"title_en": "A line of 12 km"}, "title_en"),
        ("practices", PRACTICE, {"title_en": "A town of 412 km²"}, "title_en"),
        ("practices", PRACTICE, {"title_en": "Heat of 120°C"}, "title_en"),
        ("practices", PRACTICE, {"title_en": "A plant of 20 t"}, "title_en"),
        ("practices", PRACTICE, {"title_en": "A plant of 20 tonnes"}, "title_en"),
        ("practices", PRACTICE, {"title_en": "Heat of 120 °C"}, "title_en"),
        ("practices", PRACTICE, {"title_pl": "Zbiornik 17,5 m³"}, "title_pl"),
        ("practices", PRACTICE, {"title_en": f"PLN 5{NBSP}million"}, "title_en"),
        ("practices", PRACTICE, {"title_pl": f"Udział 45{NBSP}%"}, "title_pl"),
        ("practices", PRACTICE, {"title_pl": "Plan. Ok. roku wcześniej"}, "title_pl"),
        ("practices", PRACTICE, {"title_pl": f"Około 5, ok.{NBSP}6 i{NBSP}około 7"}, "title_pl"),
        ("practices", PRACTICE, {"title_pl": f"Za 1{NBSP}885{NBSP}085,60{NBSP}zł"}, "title_pl"),
        ("practices", PRACTICE, {"title_en": f"For PLN{NBSP}1,885,085.60"}, "title_en"),
        ("practices", PRACTICE, {"title_pl": "Kilka procent"}, "title_pl"),
        ("practices", PRACTICE, {"title_en": "A few per cent"}, "title_en"),
        ("practices", PRACTICE, {"title_pl": "Plan działań na rzecz energii"}, "title_pl"),
        ("practices", PRACTICE, {"title_pl": "Jeden warsztat"}, "title_pl"),
        ("practices", PRACTICE, {"title_pl": "Miasto gościło sieć"}, "title_pl"),
        ("practices", PRACTICE, {"title_en": "A forerunner city"}, "title_en"),
        ("practices", PRACTICE, {"title_en": "A cycle road"}, "title_en"),
        ("practices", PRACTICE, {"title_en": "The cost is not told"}, "title_en"),
        ("practices", PRACTICE, {"title_en": "The source tells of a tram"}, "title_en"),
        ("practices", PRACTICE, {"title_en": "Take all trams with you"}, "title_en"),
        ("practices", PRACTICE, {"title_en": "Less CO2"}, "title_en"),
        ("sources", SOURCE, {"url": "example.org/a"}, "url"),
        ("sources", SOURCE, {"url": "https://example.org:x/"}, "url"),
        ("cities", CITY, {"contact_page": "example.org"}, "contact_page"),
        ("sources", SOURCE, {"title": "https://example.org/a"}, "title"),
        ("sources", SOURCE, {"title": "www.example.org: A"}, "title"),
        ("sources", SOURCE, {"title": "vorarlberg.example.at"}, "title"),
        ("events", {}, {"source_title": "example.org/news"}, "source_title"),
        ("cities", CITY, {"population_source": "https://example.org/a"}, "population_source"),
        ("cities", CITY, {"office_pl": "Urząd", "office_en": ""}, "office_en"),
        ("cities", CITY, {"longitude": "-21.0"}, "latitude"),
        ("indicators", INDICATOR, {"unit": "miles"}, "unit"),
        ("indicators", INDICATOR, {"year": "20016"}, "year"),
        ("indicators", INDICATOR, {"label_pl": f"Trasa w{NBSP}2016 roku"}, "label_pl"),
        ("indicators", INDICATOR, {"label_en": "Line of 2016"}, "label_en"),
    ],
)
def test_a_fault_is_found_where_it_was_planted(name, row, fault, column):
    assert list(findings(name, row)) == []
    assert {found for found, _reason in findings(name, row | fault)} == {column}


@pytest.mark.parametrize("stem", ["lessons", "led_by", "counted", "region", "office", "place"])
def test_what_not_every_record_has_may_be_blank_in_both_languages(stem):
    assert list(findings("events", {f"{stem}_pl": "", f"{stem}_en": ""})) == []
    found = findings("events", {"text_pl": "", "text_en": ""})
    assert list(found) == [("text_pl", "is blank"), ("text_en", "is blank")]


def test_a_finding_names_file_line_and_column(tmp_path, capsys):
    for path in Path(DATA).glob("*.csv"):
        (tmp_path / path.name).write_text(path.read_text())
    path = tmp_path / "sources.csv"
    path.write_text(path.read_text().replace("https://", "ftp://", 1))
    with pytest.raises(CommandError, match=r"^Findings: 1$"):
        call_command("check_content", tmp_path)
    assert re.match(rf"{path}, line \d+, column url: ftp://", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("name", "row", "told"),
    [
        ("indicators", {"year": "1900"}, []),
        ("indicators", {"year": "2050"}, []),
        ("indicators", {"year": ""}, []),
        ("indicators", {"year": "1899"}, [("year", "1899 is not a year")]),
        ("indicators", {"year": "2051"}, [("year", "2051 is not a year")]),
        ("indicators", {"year": "około"}, [("year", "około is not a year")]),
        ("indicators", {"unit": "miles"}, [("unit", "“miles” is not a unit of the list")]),
        (
            "indicators",
            {"label_en": "Line of 2016"},
            [("label_en", "2016 stands beside the label: leave it out there")],
        ),
        ("practices", {"population_year": "99"}, [("population_year", "99 is not a year")]),
        ("cities", {"latitude": "10"}, [("latitude", "10, 21.0 is not in pl")]),
        ("cities", {"website": "a.example"}, [("website", "a.example is not an address")]),
        ("cities", {"website": ""}, []),
        ("cities", {"partner_url": "a.pl"}, [("partner_url", "a.pl is not an address")]),
        ("sources", {"url": "ftp://a.example/"}, [("url", "ftp://a.example/ is not an address")]),
        ("sources", {"url": "http://a.example/b"}, []),
        (
            "sources",
            {"url": "http://a.example:80/"},
            [("url", "http://a.example:80/ has an odd host")],
        ),
        (
            "sources",
            {"url": "https://a.example./"},
            [("url", "https://a.example./ has an odd host")],
        ),
        ("sources", {"url": "https://a.example."}, [("url", "https://a.example. has an odd host")]),
        ("sources", {"url": "https://a.example/b:8"}, []),
        ("sources", {"title": "A.PL/x"}, [("title", BARE)]),
        ("sources", {"title": "HTTP://a"}, [("title", BARE)]),
        ("sources", {"title": "Raport a.pl"}, []),
        ("sources", {"title": "a.pl: Raport"}, []),
        ("practices", {"lessons_pl": "Tak.", "lessons_en": ""}, [("lessons_en", "is blank")]),
        ("practices", {"lessons_pl": " ", "lessons_en": "Yes."}, [("lessons_pl", "is blank")]),
        ("practices", {"title_pl": "A" * 80, "title_en": "A"}, []),
        ("practices", {"title_pl": "A" * 81, "title_en": "A" * 51}, []),
        (
            "practices",
            {"title_pl": "A" * 81, "title_en": "A" * 50},
            [("title_en", "50 characters where Polish has 81")],
        ),
        (
            "practices",
            {"title_pl": "A" * 50, "title_en": "A" * 81},
            [("title_en", "81 characters where Polish has 50")],
        ),
        ("topics", {"synonyms_pl": "A" * 81, "synonyms_en": "A"}, []),
        (
            "practices",
            {"title_pl": f"Około{NBSP}5", "summary_pl": f"ok.{NBSP}6", "summary_en": "A"},
            [],
        ),
        (
            "practices",
            {"title_pl": f"Na około 5, ok.{NBSP}6"},
            [("title_pl", "“około” here, “ok.” elsewhere in the row: choose one")],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_reason(name, row, told):
    rows = {"practices": PRACTICE, "sources": SOURCE, "cities": CITY, "indicators": INDICATOR}
    assert list(findings(name, rows.get(name, {}) | row)) == told
