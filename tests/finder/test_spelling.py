"""Mistyped words, and how far they are from known ones."""

import json
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from cities.finder.spelling import near

CASES = json.loads((Path(__file__).parent / "search_cases.json").read_text())


@pytest.mark.parametrize(("one", "other", "away"), CASES["distances"])
def test_server_and_archive_count_slips_alike(one, other, away):
    """static/js/search.js is held to the same cases: tests/js/rules.test.js."""
    told = OSA.distance(one, other, score_cutoff=2)
    assert (told if told <= 2 else None) == away


def test_short_words_and_numbers_are_taken_as_they_are():
    assert [*near("led", ["lad"]), *near("2024", ["2025"])] == []


def test_the_nearest_come_first_and_none_that_is_too_far():
    known = ["tramwaje", "tramwaj", "tramwajowy", "trap"]
    assert list(near("tramwai", known)) == [["tramwaj"], ["tramwaje"]]


@pytest.mark.parametrize(
    ("mistyped", "known", "meant"),
    [
        ("kot", "kotl", []),  # too short
        ("kott", "kotl kot kotwa", [["kotl"]]),
        ("kotwaa", "kotwa kotwica kotlow", [["kotwa"]]),
        ("kotwica", "kotwicami kotwice kotwic kotwy", [["kotwic", "kotwice"], ["kotwicami"]]),
        ("1234567", "1234568", []),
    ],
)
def test_one_letter_may_be_wrong_from_four_and_two_from_seven(mistyped, known, meant):
    assert list(near(mistyped, known.split())) == meant


def test_of_one_distance_twenty_words_are_tried_by_the_alphabet():
    known = [f"tramwa{letter}" for letter in reversed("bcdefghijklmnopqrstuv")]
    assert list(near("tramwaa", known)) == [sorted(known)[:20]]
