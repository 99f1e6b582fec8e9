"""Words: folded, stemmed, taken apart."""

import json
from pathlib import Path

import pytest

from cities.text.alphabet import fold
from cities.text.words import forms, pairs, stem, telling, together, words

CASES = json.loads((Path(__file__).parents[1] / "finder/search_cases.json").read_text())


@pytest.mark.parametrize(("text", "expected"), CASES["folds"])
def test_letters_lose_their_case_and_accents(text, expected):
    assert fold(text) == expected


@pytest.mark.parametrize(
    "same",
    [
        "kocioł kotły kotłów",
        "dworzec dworca",
        "ścieżka ścieżek",
        "miasto mieście",
        "energia energii",
        "tramwaj tramwaje",
        "park parku",
    ],
)
def test_all_forms_of_a_polish_word_have_one_stem(same):
    assert len({stem(word, "pl") for word in same.split()}) == 1


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "citi"), ("de", "citi"), ("uk", "cities")]
)
def test_a_language_without_an_algorithm_keeps_its_words_whole(language, expected):
    assert stem("cities", language) == expected


def test_a_compound_is_its_parts_and_one_word():
    assert list(words("Car-sharing, P+R i „LED”")) == [
        ("Car", "Carsharing"), ("sharing",), ("P",), ("R",), ("i",), ("LED",)
    ]  # fmt: skip
    assert pairs(("Car", "Carsharing"), "pl")[0][0] == "car"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Böblingen", ["boblingen", "boeblingen"]),
        ("Boeblingen", ["boeblingen", "boblingen"]),
        ("poeta", ["poeta"]),
        ("ﷺ", ["صلىاللهعليهوسلم"]),
    ],
)
def test_a_word_has_the_forms_that_keyboards_write(word, expected):
    assert list(forms(word)) == expected


def test_words_in_passing_count_only_where_there_are_no_others():
    assert telling("co to jest tramwaj", "pl") == ["tramwaj"]
    assert telling("to jest", "pl") == ["to", "jest"]


def test_words_stand_together_with_at_most_one_between():
    assert sorted(together([("b",), ("a",), ("c",), ("d",)])) == ["a·b", "a·c", "a·d", "b·c", "c·d"]
