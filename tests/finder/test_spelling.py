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
