"""The finder: filters answered in place, by the same rules as on the server."""

import json
from pathlib import Path

import pytest

CASES = json.loads((Path(__file__).parent.parent / "finder_cases.json").read_text())
CHOICES = {
    "theme": ["energy", "mobility", "spatial"],
    "country": ["at", "pl"],
    "role": ["precursor", "committed"],
    "stage": ["planned", "underway", "operation", "completed"],
    "size": ["under-5k", "5k-20k", "20k-100k", "over-100k", "unknown"],
}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

both_languages = pytest.mark.parametrize("language", ["pl", "en"])


# The same rules in Python and in JavaScript


def test_browser_and_server_read_and_answer_alike(page, reverse_in):
    page.goto(reverse_in("en", "about"))
    questions = page.evaluate(
        """async ([cases, choices]) => {
          const { read, queryString } = await import("/static/js/question.js");
          return cases.map(({ query }) => {
            const question = read(new URLSearchParams(query), choices);
            return [question, queryString(question)];
          });
        }""",
        [CASES["questions"], CHOICES],
    )
    nothing = {"themes": [], "country": "", "role": "", "stage": "", "size": "", "search": ""}
    wanted = [[nothing | case["asks"], case["writes"]] for case in CASES["questions"]]
    assert questions == wanted
    answers = page.evaluate(
        """async ([cases, choices]) => {
          const { read, matches } = await import("/static/js/question.js");
          return cases.map(({ query, traits }) =>
            matches(read(new URLSearchParams(query), choices), traits));
        }""",
        [CASES["answers"], CHOICES],
    )
    assert answers == [case["matches"] for case in CASES["answers"]]
