import json
from pathlib import Path

import pytest
from django.utils import translation

from cities.finder import similarity
from cities.finder.filters import LONGEST_SEARCH
from cities.finder.search import search, stems
from cities.models import City, Country, Practice
from cities.text.alphabet import fold

pytestmark = pytest.mark.database


@pytest.fixture
def found():
    def found(query, language="pl", model=Practice):
        with translation.override(language):
            return [str(record) for record in search(model.objects.alphabetically(), query)]

    return found


# The cases that static/js/search.js must decide alike: tests/browser/test_archived_journeys.py.
CASES = json.loads((Path(__file__).parent / "search_cases.json").read_text())


@pytest.mark.parametrize(("query", "expected"), CASES["stems"])
def test_a_query_is_cut_into_stems(query, expected):
    assert list(stems(query)) == expected


@pytest.mark.parametrize(("text", "expected"), CASES["folds"])
def test_letters_lose_their_case_and_accents(text, expected):
    assert fold(text) == expected


@pytest.mark.parametrize("query", ["lodz", "Łódź", "łódź", "LODZ", "  łodź  "])
def test_accents_and_case_do_not_matter(make_city, found, query):
    make_city(name_pl="Łódź", name_en="Łódź")
    make_city(name_pl="Lódka", name_en="Boat")
    assert found(query, "pl", City) == found(query, "en", City) == ["Łódź"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("tramwaje", "Nowy tramwaj"),
        ("tramwaj", "Sieć tramwajowa"),
        ("rowerowe", "Droga rowerowa"),
        ("oświetlenia", "Oświetlenie LED"),
        ("szkoły", "Szkoła bez kotła"),
    ],
)
def test_polish_endings_do_not_matter(make_practice, found, query, title):
    make_practice(title_pl=title)
    make_practice(title_pl="Park")
    assert found(query) == [title]


def test_all_words_must_be_found(make_practice, make_city, found):
    city = make_city(name_pl="Sztum")
    make_practice(title_pl="Tramwaj", summary_pl="Tory przez park.", city=city)
    make_practice(title_pl="Trolejbus", summary_pl="Bez torów.", city=city)
    assert found("tramwaj park sztum") == ["Tramwaj"]
    assert found("tramwaj trolejbus") == []
    assert found("") == found(" „” ") == ["Tramwaj", "Trolejbus"]


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("query", ["Göteborg", "gothenburg", "Wiedeń", "vienna", "wien"])
def test_places_are_found_by_their_name_in_every_language(
    make_city, make_practice, found, language, query
):
    vienna = make_city(name_pl="Wiedeń", name_en="Vienna", local_name="Wien")
    gothenburg = make_city(name_pl="Göteborg", name_en="Gothenburg")
    for city in (vienna, gothenburg):
        make_practice(title_pl=f"Praktyka {city.pk}", title_en=f"Practice {city.pk}", city=city)
    city = gothenburg if query in ("Göteborg", "gothenburg") else vienna
    with translation.override(language):
        expected = [[city.name], [city.practices.get().title]]
    assert [found(query, language, City), found(query, language, Practice)] == expected


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Böblingen", ["boblingen", "Boeblingen", "BÖBLINGEN"]),
        ("Boeblingen", ["Böblingen", "boblingen", "boeblingen"]),
        ("Umeå", ["umea", "Umeaa", "Umeå"]),
        ("Ærø", ["aero", "Ærø", "aeroe"]),
        ("Diyarbakır", ["diyarbakir"]),
        ("Għarb", ["gharb"]),
    ],
)
def test_a_name_is_found_however_a_keyboard_writes_it(make_city, found, written, asked):
    make_city(name_pl=written, name_en=written)
    make_city(name_pl="Poznań", name_en="Poznań")
    for query in asked:
        assert found(query, "pl", City) == found(query, "en", City) == [written]
        with translation.override("pl"):
            assert similarity.town(query).name == written


def test_other_texts_are_found_in_their_own_language(make_practice, found):
    make_practice(title_pl="Kocioł", title_en="Boiler", summary_pl="Węgiel", summary_en="Coal")
    assert found("kocioł") == found("węgiel") == ["Kocioł"]
    assert found("boiler", "en") == found("coal", "en") == ["Boiler"]
    assert found("boiler", "pl") == found("kocioł", "en") == []


@pytest.mark.parametrize(("language", "query"), [("pl", "niemcy"), ("en", "germany")])
def test_a_countrys_name_finds_its_cities_and_practices(
    make_country, make_city, make_practice, found, language, query
):
    make_country("de", name_pl="Niemcy", name_en="Germany")
    make_practice(title_pl="A", title_en="A", city=make_city("de", name_pl="B", name_en="B"))
    make_practice()
    assert [found(query, language, City), found(query, language)] == [["B"], ["A"]]


def test_a_word_in_the_title_comes_first(make_practice, found):
    make_practice(title_pl="Autobus", summary_pl="Zamiast tramwaju.")
    make_practice(title_pl="Zajezdnia tramwajowa")
    make_practice(title_pl="Łączony bilet na tramwaj")
    assert found("tramwaj") == ["Łączony bilet na tramwaj", "Zajezdnia tramwajowa", "Autobus"]


def test_wildcards_of_the_database_are_only_characters(make_practice, found):
    make_practice(title_pl="Sto procent")
    assert found("%") == found("_") == ["Sto procent"]  # no word, no question
    assert found("s%c x") == found("s_o_x") == []


def test_what_was_saved_last_is_found(make_city, make_practice, found):
    city = make_city(name_pl="Stare")
    practice = make_practice(title_pl="Dawny", city=city)
    city.name_pl, practice.title_pl = "Nowe", "Świeży"
    city.save(), practice.save()
    Country.objects.get().save()
    assert found("nowe swiezy") == ["Świeży"]
    assert found("stare") == found("dawny") == []
    assert found("nowe", "pl", City) == ["Nowe"]
    with translation.override("en"):
        practice.city.country.name_en = "Sarmatia"
        practice.city.country.save()
    assert found("sarmatia", "en") == [practice.title_en]


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    "query",
    ["tramwaj%00", "%00tramwaj", "tramwaj%00" + "%00" * 200, "tramwaj" + "+" * LONGEST_SEARCH],
)
def test_null_bytes_and_excess_are_left_out_of_a_search(
    make_practice, visit, reverse_in, language, query
):
    make_practice(title_pl="Tramwaj", title_en="Tramwaj")
    make_practice()
    page = visit(reverse_in(language, "practices") + "?q=" + query)
    assert page.texts("h3") == ["Tramwaj"]
    assert page.find("input", name="q")[0].attributes["value"] == "tramwaj"
