"""What somebody asks for, word by word, and what answers each: the words typed, or others for them.

A term is (form, stems) of one word, a phrase a tuple of terms that stand together.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.db.models import Q

from ..models import Synonym, Word
from ..text.words import forms, stem, telling

MOST_WORDS = 8
LONGEST_PHRASE = 4  # words
MOST_BEGUN = 200  # words that begin as the last one does


@dataclass(frozen=True)
class Wanted:
    """One word or known phrase of a question, and the phrases that are said for it."""

    typed: tuple
    others: tuple = ()


def wanted(words, language, *, typing=False):
    """Return what is wanted by these words, and which of them nobody has written anywhere.

    While somebody is typing, the last word may be the beginning of one.
    """
    words = words[:MOST_WORDS]
    joined = [one + other for one, other in pairwise(words)]
    known = vocabulary([*words, *joined], language)
    terms = [term(word, language, known) for word in words]
    if typing and words:
        terms[-1] = (terms[-1][0], terms[-1][1] | begun(terms[-1][0], language))
    synonyms = read_synonyms(language)
    found = []
    while terms:
        found.append(first_of(terms, synonyms, known))
        terms = terms[len(found[-1].typed) :]
    return found, [word for word in words if is_unknown(word, language, known, synonyms)]


def vocabulary(words, language):
    """Return {form: stems} of those words that somebody has written somewhere."""
    asked = [form for word in words for form in forms(word)]
    stems = [stem(word, language) for word in words]
    rows = Word.objects.filter(Q(form__in=asked) | Q(stem__in=stems), language=language)
    known = defaultdict(set)
    for form, its_stem in rows.values_list("form", "stem"):
        known[form].add(its_stem)
    return known


def begun(form, language):
    rows = Word.objects.filter(language=language, form__startswith=form).order_by("form", "stem")
    return set(rows.values_list("stem", flat=True)[:MOST_BEGUN])


def starting_like(form, language):
    """Return {form: stems} of the known words with the same first letter."""
    rows = Word.objects.filter(language=language, form__startswith=form[:1])
    known = defaultdict(frozenset)
    for other, its_stem in rows.values_list("form", "stem"):
        known[other] |= {its_stem}
    return known


def term(word, language, known):
    """Return the term of a typed word; one typed without accents has the stem that was meant."""
    written = forms(word)
    stems = {stem(word, language)}.union(*(known.get(form, ()) for form in written))
    return written[0], frozenset(stems)


def is_unknown(word, language, known, synonyms):
    form, stems = term(word, language, {})
    return not (form in known or stems & set().union(*known.values()) or form in synonyms.forms)


def first_of(terms, synonyms, known):
    """Return what the longest known phrase wants with which a question begins."""
    for size in range(min(LONGEST_PHRASE, len(terms)), 0, -1):
        typed = tuple(terms[:size])
        others = synonyms.of(typed)
        joined = "".join(form for form, _stems in typed)
        if size == 2 and joined in known:  # “car sharing” is carsharing too
            others.append(((joined, frozenset(known[joined])),))
        if others or size == 1:
            return Wanted(typed, tuple(dict.fromkeys(other for other in others if other != typed)))
    raise ValueError("There is no word to begin with.")


class Synonyms:
    """The rows of the table of one language, as phrases."""

    def __init__(self, rows, language):
        self.by_first = defaultdict(list)  # form or stem of its first word: [(phrase, row)]
        self.rows = []
        self.forms = {}  # of every word that is said: its stems
        for said, also in rows:
            said, also = (
                [*filter(None, (phrase(part, language) for part in words.split(",")))]
                for words in (said, also)
            )
            self.rows.append((said, also))
            for one in said:
                self.forms.update(one)
                for key in {one[0][0], *one[0][1]}:
                    self.by_first[key].append((one, len(self.rows) - 1))

    def of(self, typed):
        """Return the phrases of all rows in which somebody says what is typed."""
        form, stems = typed[0]
        near = [entry for key in {form, *stems} for entry in self.by_first[key]]
        rows = {row for one, row in near if alike(one, typed)}
        return [other for row in sorted(rows) for words in self.rows[row] for other in words]


def alike(one, other):
    """Tell whether two phrases are the same words, by form or by stem."""
    return len(one) == len(other) and all(
        mine[0] == its[0] or mine[1] & its[1] for mine, its in zip(one, other, strict=True)
    )


def phrase(text, language):
    return tuple(term(word, language, {}) for word in telling(text, language))


def read_synonyms(language):
    rows = Synonym.objects.filter(language=language).order_by("pk")
    return parsed(tuple(rows.values_list("said", "also")), language)


@lru_cache(maxsize=8)
def parsed(rows, language):
    return Synonyms(rows, language)
