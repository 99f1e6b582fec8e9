"""An archive finds for the questions of planners what the site finds."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils import translation

from cities.archive import searching
from cities.finder.indexing import with_parts
from cities.models import City, Practice

TESTS = Path(__file__).parents[1]
ANSWERS = """
const { Search } = await import("./static/js/search.js");
const { indexes, questions } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const best = ["all", "topic", "corrected", "any", "nothing"];
const searches = indexes.map((index) => new Search(index));
process.stdout.write(JSON.stringify(questions.map((question) => {
  const answers = searches.map((search) => search.find(question));
  const how = best.find((kind) => answers.some((answer) => answer.how === kind));
  return answers.filter((answer) => answer.how === how).flatMap(({ rank }) => [...rank.keys()]);
})));
"""


@pytest.mark.django_db
@pytest.mark.usefixtures("programme")
@pytest.mark.skipif(not shutil.which("node"), reason="no Node")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_an_archive_finds_what_questions_must_find(settings, language):
    questions = json.loads((TESTS / "finder/search_questions.json").read_text())
    questions = [question for question in questions if question["language"] == language]
    with translation.override(language):
        found = [with_parts(model.objects.published()) for model in (Practice, City)]
        indexes = searching.indexes([{r.slug: r for r in one} for one in found], language)
    sent = {"indexes": indexes, "questions": [question["question"] for question in questions]}
    command = ["node", "-e", f"(async () => {{{ANSWERS}}})()"]
    run = subprocess.run(  # noqa: S603
        command, cwd=settings.BASE_DIR, input=json.dumps(sent), capture_output=True, text=True
    )
    assert run.stderr == ""
    faults = {}
    for question, found in zip(questions, json.loads(run.stdout), strict=True):
        missing = set(question["must"]) - set(found)
        unwanted = set(question["must_not"]) & set(found)
        unwanted |= set(found) if question["kind"] == "nothing" else set()
        if missing or unwanted:
            faults[question["question"]] = (missing, unwanted)
    assert faults == {}
