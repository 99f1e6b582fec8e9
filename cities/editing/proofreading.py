"""What a proofreader looks for in the programme's files."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from ..mapping.borders import is_inside
from ..text.translation import language_of
from ..text.typography import misprints, plain
from ..text.units import Unit

LENGTHS_APART = 1.6  # times; beyond that one language says what the other does not
SHORT = 80  # characters; below that lengths tell nothing
YEARS = range(1900, 2051)
# Columns that may stand blank in Polish and English, but not in one of them alone.
OPTIONAL = {"lessons", "led_by", "counted", "region", "office", "place"}
UNTRANSLATED = {"synonyms"}  # each language has its own
BARE = re.compile(
    r"\A(?:https?://|www\.|[\w.-]+\.[a-z]{2,}(/\S*)?$)", re.I
)  # a source without a name


def findings(name, row):
    """Yield (column, reason) for what is wrong in a row of the file of that name."""
    for column in row:
        if language := language_of(column):
            yield from ((column, fault) for fault in misprints(plain(row[column]), language))
        if language == "pl":
            yield from in_both_languages(row, column.removesuffix("_pl"))
        if column in ("url", "website", "partner_url", "contact_page") and row[column]:
            yield from well_formed(row, column)
        if column.endswith("year") and row[column]:
            yield from plausible_year(row, column)
        if column in ("title", "source_title", "population_source") and BARE.match(row[column]):
            yield column, "name the publisher, not the address alone"
    yield from abbreviated_at_will(row)
    if name == "cities" and not is_inside(row["country"], row["latitude"], row["longitude"]):
        yield "latitude", f"{row['latitude']}, {row['longitude']} is not in {row['country']}"
    if name == "indicators" and row["unit"] not in Unit.values:
        yield "unit", f"“{row['unit']}” is not a unit of the list"
    if name == "indicators" and row["year"]:
        for column in ("label_pl", "label_en"):
            if row["year"] in row[column]:
                yield column, f"{row['year']} stands beside the label: leave it out there"


def abbreviated_at_will(row):
    """A page that says “ok. 300” in one place and “około 300” in another."""
    ways = {
        found: column
        for column, text in row.items()
        if language_of(column) == "pl"
        for found in re.findall(r"\b(?:ok\.|około)(?=\s)", plain(text))
    }
    if len(ways) > 1:
        yield ways["około"], "“około” here, “ok.” elsewhere in the row: choose one"


def in_both_languages(row, stem):
    polish, english = plain(row[f"{stem}_pl"]), plain(row[f"{stem}_en"])
    for language, text, other in (("pl", polish, english), ("en", english, polish)):
        if not text.strip() and (other.strip() or stem not in OPTIONAL):
            yield f"{stem}_{language}", "is blank"
    shorter, longer = sorted([len(polish), len(english)])
    is_apart = longer > SHORT and longer > LENGTHS_APART * shorter > 0
    if is_apart and stem not in UNTRANSLATED:
        yield f"{stem}_en", f"{len(english)} characters where Polish has {len(polish)}"


def well_formed(row, column):
    url = row[column]
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        yield column, f"{url} is not an address"
    if re.match(r"https?://[^/]*(:\d|\.(/|$))", url):
        yield column, f"{url} has an odd host"


def plausible_year(row, column):
    if not row[column].isdigit() or int(row[column]) not in YEARS:
        yield column, f"{row[column]} is not a year"
