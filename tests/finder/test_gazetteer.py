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
