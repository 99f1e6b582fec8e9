"""What a proofreader looks for in the programme's files: one function a rule."""

import re
from html import unescape

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from .borders import is_inside
from .translation import language_of
from .units import NBSP, Unit

# Words that give a language away, looked for where the other one should stand.
OTHER_WORDS = {
    "pl": re.compile(r"\b(the|and|with|was|were|from|which|their|has|have|been|this|that)\b", re.I),
    "en": re.compile(r"\b(jest|oraz|przez|które|która|się|został|została|było|będzie|dla)\b", re.I),
}
LENGTHS_APART = 1.6  # times; beyond that one language says what the other does not
SHORT = 80  # characters; below that lengths tell nothing
SEVERAL = 2  # foreign words: one may be a name
YEARS = range(1900, 2051)
# Columns that may stand blank in Polish and English, but not in one of them alone.
OPTIONAL = {"lessons", "counted", "region"}
# „Quotes” of Polish, “quotes” of English.
FOREIGN_QUOTES = {"pl": r"[\"“]|(?<!\w)'", "en": r"[\"„]"}
ONE_LETTER = re.compile(r"(?<![\w.])[aiouwz] (?=\S)", re.IGNORECASE)
SPLIT_FIGURE = re.compile(r"\d (?=\d{3}\b|%|°C|km\b|m\b|kW|MW|GW|mln\b|mld\b|zł\b|ha\b|t\b)")


def plain(html):
    """Return the words of a long text."""
    return unescape(re.sub(r"<[^>]+>", " ", html))


def findings(name, row):
    """Yield (column, reason) for what is wrong in a row of the file of that name."""
    for column in row:
        if language := language_of(column):
            yield from written_well(column, plain(row[column]), language)
        if language == "pl":
            yield from in_both_languages(row, column.removesuffix("_pl"))
        if column in ("url", "website", "partner_url") and row[column]:
            yield from well_formed(row, column)
        if column.endswith("year") and row[column]:
            yield from plausible_year(row, column)
    if name == "cities" and not is_inside(row["country"], row["latitude"], row["longitude"]):
        yield "latitude", f"{row['latitude']}, {row['longitude']} is not in {row['country']}"
    if name == "indicators" and row["unit"] not in Unit.values:
        yield "unit", f"“{row['unit']}” is not a unit of the list"


def in_both_languages(row, stem):
    polish, english = plain(row[f"{stem}_pl"]), plain(row[f"{stem}_en"])
    for language, text, other in (("pl", polish, english), ("en", english, polish)):
        if not text.strip() and (other.strip() or stem not in OPTIONAL):
            yield f"{stem}_{language}", "is blank"
    shorter, longer = sorted([len(polish), len(english)])
    if longer > SHORT and longer > LENGTHS_APART * shorter > 0:
        yield f"{stem}_en", f"{len(english)} characters where Polish has {len(polish)}"


def written_well(column, text, language):
    if language in OTHER_WORDS:
        words = OTHER_WORDS[language].findall(text)
        if len(words) >= SEVERAL:
            yield column, f"words of another language: {', '.join(words)}"
    if language in FOREIGN_QUOTES and (quote := re.search(FOREIGN_QUOTES[language], text)):
        yield column, f"the quotation mark {quote[0]} is not that of the language"
    if " - " in text or "--" in text:
        yield column, "a hyphen stands for a dash (–)"
    if language == "pl" and (word := ONE_LETTER.search(text)):
        yield column, f"“{around(text, word)}” wants a no-break space after the letter"
    if figure := SPLIT_FIGURE.search(text):
        yield column, f"“{around(text, figure)}” wants a no-break space in the figure"
    if re.search(r"(?<!\w)(CO2|k?m[23])\b", text):
        yield column, "write CO₂, m², m³"


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


def around(text, match):
    return text[max(0, match.start() - 12) : match.end() + 12].replace(NBSP, " ").strip()
