"""A town like mine: what is typed is a number of people, or a place."""

import json
from pathlib import Path

import pytest

from cities.finder import gazetteer

CASES = json.loads((Path(__file__).parent / "like_questions.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_what_is_typed_is_understood(case):
    people = gazetteer.people(case["text"])
    place = None if people else gazetteer.place(*gazetteer.name_and_country(case["text"]))
    assert (people, place and list(place[:2])) == (case["people"], case["place"])


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("pl", "PL Polska Polsce Poland"),
        ("de", "DE Niemcy Germany Deutschland"),
        ("at", "AT Austria Österreich"),
        ("it", "IT Włochy Italy Italia"),
        ("se", "SE Szwecja Sweden Sverige"),
        ("hu", "HU Węgry Hungary Magyarország"),
    ],
)
def test_a_country_is_named_in_polish_in_english_and_in_its_own_language(code, names):
    for name in names.split():
        assert gazetteer.name_and_country(f"Berg, {name}") == ("Berg", code)
        assert gazetteer.name_and_country(f"Berg ({name})") == ("Berg", code)


@pytest.mark.parametrize(
    ("asked", "people"),
    [
        ("1", 1),
        ("0", None),
        ("1,1 tys.", 1100),
        ("0,0001 tys.", None),
        ("1,25 k", 1250),
        ("2 mln", 2_000_000),
        ("100000000", 100_000_000),
        ("100000001", None),
        ("16,5", None),
        ("16²", None),
        (" " * 75 + "16000", 16_000),
        (" " * 76 + "16000", 1600),
    ],
)
def test_numbers_of_people_are_read_up_to_a_hundred_millions(asked, people):
    assert gazetteer.people(asked) == people
    assert isinstance(gazetteer.people(asked), int | None)


@pytest.mark.parametrize(
    ("asked", "name", "country"),
    [
        ("Berg", "Berg", None),
        ("Berg, X", "Berg, X", None),
        ("Berg (X); de", "Berg", "de"),
        ("Berg, de, X", "Berg, de, X", None),
        (" " * 71 + "Berg, PL!", "Berg, PL!", None),
        (" " * 72 + "Berg, PL!", "Berg", "pl"),
    ],
)
def test_the_last_part_may_name_a_country(asked, name, country):
    assert gazetteer.name_and_country(asked) == (name, country)


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Oerebro", None, ("Örebro", "se")),
        ("ÖREBRO", "se", ("Örebro", "se")),
        ("Örebro", "pl", None),
        (" Bielsko  biala ", None, ("Bielsko-Biała", "pl")),
        ("Wien", None, ("Wien", "at")),
        ("", None, None),
        ("-", None, None),
        ("names", None, None),
    ],
)
def test_a_place_is_known_however_its_name_is_written(name, country, found):
    place = gazetteer.place(name, country)
    assert (place and place[:2]) == found
    assert place is None or isinstance(place.population, int)
