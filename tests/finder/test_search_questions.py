"""What planners ask in their own words, and what of the real programme they must find.

static/js/search.js is held to the same questions: tests/archive/test_searching.py.
"""

import json
from pathlib import Path

import pytest
from django.utils import translation

from cities.finder.search import How, find
from cities.models import City, Practice

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("programme")]
QUESTIONS = json.loads((Path(__file__).parent / "search_questions.json").read_text())
FIRST = 10
BEST_FIRST = [How.ALL, How.TOPIC, How.CORRECTED, How.ANY, How.NOTHING]


def answers(question):
    """Return the addresses found of practices and of cities; none where the other knows better."""
    found = [find(question, model.objects.published()) for model in (Practice, City)]
    best = min((answer.how for answer in found), key=BEST_FIRST.index)
    return [
        [record.slug for record in answer.best(model.objects.published().alphabetically())[:1000]]
        for answer, model in zip(found, (Practice, City), strict=True)
        if answer.how == best
    ]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_question_finds_what_it_must_and_nothing_that_it_must_not(language):
    faults = {}
    with translation.override(language):
        for question in QUESTIONS:
            if question["language"] != language:
                continue
            lists = answers(question["question"])
            found = {slug for slugs in lists for slug in slugs}
            leading = {
                slug for slugs in lists for slug in slugs[: max(FIRST, len(question["first"]))]
            }
            missing = set(question["must"]) - found
            unwanted = set(question["must_not"]) & found
            unwanted |= found if question["kind"] == "nothing" else set()
            late = set(question["first"]) - leading
            if missing or unwanted or late:
                faults[question["question"]] = (missing, unwanted, late)
    assert faults == {}
