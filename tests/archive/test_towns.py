"""An archive knows the towns that the site knows, by whatever they are called."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils import translation

from cities.archive import searching, towns
from cities.finder import gazetteer, similarity
from cities.finder.indexing import with_parts
from cities.models import City, Country

CASES = json.loads((Path(__file__).parents[1] / "finder/like_questions.json").read_text())
ANSWERS = """
const { Gazetteer, townOf } = await import("./static/js/towns.js");
const { asked, known, gazetteer } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const places = new Gazetteer(gazetteer);
const towns = await Promise.all(asked.map((text) => townOf(text, known, async () => places)));
process.stdout.write(JSON.stringify(towns.map((town) => town && [
  town.name ?? "", town.population, town.country ?? null, town.slug ?? null,
])));
"""


@pytest.mark.django_db
@pytest.mark.usefixtures("programme")
@pytest.mark.skipif(not shutil.which("node"), reason="no Node")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_an_archive_takes_a_town_for_what_the_site_takes_it(settings, language):
    cities = City.objects.published()
    names = [city.name for city in cities]
    asked = [case["text"] for case in CASES if case["language"] == language]
    asked += [*names, *map(str.upper, names), *(name[:4] for name in names[::3])]
    asked += [word for name in names[::3] for word in (*name.split(), f"{name}, Polska")]
    with translation.override(language):
        index = searching.indexes([{city.slug: city for city in with_parts(cities)}], language)
        sent = {"asked": asked, "known": towns.known(index[0])}
        wanted = [told(similarity.town(text)) for text in asked]
    sent["gazetteer"] = gazetteer.FILE.read_text(encoding="utf-8")
    command = ["node", "-e", f"(async () => {{{ANSWERS}}})()"]
    run = subprocess.run(  # noqa: S603
        command, cwd=settings.BASE_DIR, input=json.dumps(sent), capture_output=True, text=True
    )
    assert run.stderr == ""
    assert dict(zip(asked, json.loads(run.stdout), strict=True)) == dict(
        zip(asked, wanted, strict=True)
    )


def told(town):
    """Return a town as a script knows it."""
    if not town:
        return None
    country = Country.objects.filter(pk=town.country_id).values_list("code", flat=True).first()
    slug = City.objects.filter(pk=town.city_id).values_list("slug", flat=True).first()
    return [town.name, town.population, country, slug]
