"""Search among a few records that have no index, such as topics: by the same tokens, read anew.

`Query` in search.py asks an index for the same.
"""

from functools import lru_cache
from itertools import pairwise

from ..text.words import pair
from .indexing import LEVELS, TEXT, parts, prefix, tokens


@lru_cache(maxsize=2000)
def tokens_of(texts, language):
    found, _words = tokens(texts, language)
    return frozenset(found)


class Record:
    """What can be asked of one record on some level: the tokens of its texts."""

    def __init__(self, record, language):
        texts = tuple((level, str(text)) for level, _name, text in parts(record, language))
        self.tokens, self.prefix = tokens_of(texts, language), prefix(language)

    def held(self, stems, level):
        return any(
            f"{self.prefix}{at}{stem}" in self.tokens for stem in stems for at in LEVELS[:level]
        )

    def together(self, phrase, level):
        if len(phrase) == 1:
            return self.held(phrase[0][1], level)
        return all(
            self.held({pair(a, b) for a in one for b in other}, level)
            for (_form, one), (_other_form, other) in pairwise(phrase)
        )

    def holds(self, want, level):
        return all(self.held(stems, level) for _form, stems in want.typed) or any(
            self.together(other, level) for other in want.others
        )


def read(record, language):
    """Return the Record of a record, which remembers it: some are kept for many questions."""
    known = vars(record).setdefault("_read", {})
    if language not in known:
        known[language] = Record(record, language)
    return known[language]


def level(record, query, lowest=TEXT):
    """Return the best level by which a record holds all that is wanted, or None."""
    record = read(record, query.language)
    for reached in LEVELS[:lowest]:
        if all(record.holds(want, reached) for want in query.wanted):
            return reached
    return None


def held(record, query):
    """Return for each thing that is wanted whether a record holds it."""
    record = read(record, query.language)
    return [record.holds(want, TEXT) for want in query.wanted]


def counted(records, query):
    """Return how many records hold each thing that is wanted."""
    return [sum(column) for column in zip(*(held(r, query) for r in records), strict=True)] or [
        0 for _want in query.wanted
    ]


def told(records, query, weights):
    """Return how much the words that each record holds tell of a question."""
    return [
        sum(weight for weight, is_held in zip(weights, held(record, query), strict=True) if is_held)
        for record in records
    ]


def best_first(records, ranks):
    """Return the records that have a rank, the lowest first."""
    ranked = [(rank, n) for n, rank in enumerate(ranks) if rank is not None]
    return [records[n] for _rank, n in sorted(ranked)]
