"""Words: what is typed and what is written, made comparable letter by letter, ending by ending."""

import csv
import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import snowballstemmer
from django.conf.locale import LANG_INFO

from .alphabet import SPELLED, SPELLED_OUT, fold
from .cleaning import cleaned

WORD = re.compile(r"[^\W_]+")
COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
LONGEST = 40  # letters
# Said in passing: left out of a question unless nothing else is in it.
IN_PASSING = {
    "pl": """a aby albo ale ani bo by byc byl byla bylo byly co czy dla do gdy gdzie i ich ile im ja
        jak jaka jaki jakie jako jej jest jesli juz kiedy kto ktora ktore ktory lub ma maja miec
        mozna na nad nie o od oraz po pod poza przed przez przy robia sa sie ta tak taka takie
        takze tam te tego tej ten to tu tym u w we z za ze zeby""",
    "en": """a an and any are as at be by can do does for from get has have how i in into is it its
        my of on or our that the their there they this to was we were what when where which who
        why will with you your""",
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in IN_PASSING.items()}


@cache
def irregular_stems(language):
    """Return {form or regular stem: stem} where the algorithm tears apart or mixes up.

    The table was grown from the words of the programme, with a dictionary of Polish at hand.
    """
    with Path(__file__).with_name("irregular_stems.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return {row["form"]: row["stem"] for row in rows if row["language"] == language}


def regular_stem(word, language):
    algorithm = LANG_INFO[language]["name"].lower()
    if algorithm not in snowballstemmer.algorithms():
        return word
    # A stemmer of its own each time: it keeps state, and threads would share it.
    return snowballstemmer.stemmer(algorithm).stemWord(word.lower())


@lru_cache(maxsize=50_000)
def form(word):
    """Return a word as it is compared: folded, and of letters and digits alone."""
    return "".join(letter for letter in fold(word[:LONGEST]) if letter.isalnum())


@lru_cache(maxsize=50_000)
def stem(word, language):
    """Return what all forms of a word share, folded: kotłów, kotły and kocioł give “kotl”."""
    irregular = irregular_stems(language)
    regular = form(regular_stem(word[:LONGEST], language))
    return irregular.get(form(word)) or irregular.get(regular, regular)


@lru_cache(maxsize=50_000)
def forms(word):
    """Return the ways in which keyboards write a word: Böblingen is boblingen and boeblingen.

    A name that is written Boeblingen is boblingen too.
    """
    written = [form(word), form(word.casefold().translate(SPELLED_OUT))]
    if word[0].isupper():
        written.append(SPELLED.sub(lambda spelled: spelled[0][0], written[0]))
    return tuple(filter(None, dict.fromkeys(written)))


def words(text):
    """Yield the words of a text, each with what else it may be written as.

    The first of “car-sharing” is also “carsharing”.
    """
    read = {}
    for compound in COMPOUND.findall(cleaned(text)):
        if compound not in read:
            first, *more = WORD.findall(compound)
            whole = (first, first + "".join(more)) if more else (first,)
            read[compound] = [whole, *((word,) for word in more)]
        yield from read[compound]


@lru_cache(maxsize=50_000)
def pairs(written, language):
    """Return the (form, stem) pairs by which a word can be found, however it is written."""
    return tuple((other, stem(word, language)) for word in written for other in forms(word))


def telling(text, language):
    """Return the words of a text without those said in passing, unless there are no others."""
    stop_words = STOP_WORDS.get(language, ())
    found = WORD.findall(cleaned(text))
    return [word for word in found if form(word) not in stop_words] or found


def together(stems):
    """Yield each pair of words that stand together, at most one other between, in no order.

    Of each word the stems are given.
    """
    neighbours = {*pairwise(stems), *zip(stems, stems[2:], strict=False)}
    for these, those in neighbours:
        yield from (pair(one, other) for one in these for other in those)


def pair(one, other):
    return f"{one}·{other}" if one < other else f"{other}·{one}"
