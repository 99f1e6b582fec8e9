"""Search: which records hold the words of a question, and in which order.

All words must be found, or others that are said for them; where no record has them all, those of
its topics count, then a mistyped word is read as the nearest known one, then any word will do.
The order is the same on every database: words as they were typed before others for them, those
that stand together first, in the title before the text; then the list’s own order.
"""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations, pairwise
from math import log

from django.utils.translation import get_language

from ..models import keys_of_each
from ..text.cleaning import cleaned
from ..text.words import WORD, form, pair, telling
from . import few
from .indexing import BESIDE, LEVELS, TEXT, TITLE, WORDS, prefix
from .ordered import FEW, Best, holding
from .question import (
    MOST_WORDS,
    begun,
    first_of,
    read_synonyms,
    starting_like,
    term,
    wanted,
)
from .spelling import near

LONGEST_SEARCH = 200  # characters; what follows is not read
SHARE = 0.5  # of what the best answer tells, where none has all words


class How(StrEnum):
    """How an answer was found."""

    UNASKED = "unasked"  # nothing was asked, so all is shown
    ALL = "all"
    TOPIC = "topic"  # all words, some of them said of its topics
    CORRECTED = "corrected"
    ANY = "any"
    NOTHING = "nothing"


def all_of(parts):
    return joined(" & ", parts)


def any_of(parts):
    return joined(" | ", parts)


def joined(sign, parts):
    first, *more = dict.fromkeys(parts)
    return f"({sign.join([first, *more])})" if more else first


@dataclass(frozen=True)
class Query:
    """What the index is asked for a list of Wanted in one language."""

    wanted: tuple
    language: str

    def held(self, stems, level):
        """Ask for one of these on a level or a better one."""
        start = prefix(self.language)
        return any_of(f"{start}{at}{stem}" for stem in sorted(stems) for at in LEVELS[:level])

    def together(self, phrase, level):
        """Ask for words that stand together."""
        if len(phrase) == 1:
            return self.held(phrase[0][1], level)
        return all_of(
            self.held({pair(a, b) for a in one for b in other}, level)
            for (_form, one), (_other_form, other) in pairwise(phrase)
        )

    def apart(self, phrase, level):
        return all_of(self.held(stems, level) for _form, stems in phrase)

    def one(self, want, level, typed=together):
        """Ask for what was typed, or for something else that is said for it."""
        others = [self.together(other, level) for other in want.others]
        return any_of([typed(self, want.typed, level), *others])

    def all(self, level):
        return all_of(self.one(want, level, Query.apart) for want in self.wanted)

    @cached_property
    def each(self):
        """What records are asked for one thing that is wanted after another."""
        return [self.one(want, TEXT, Query.apart) for want in self.wanted]

    @cached_property
    def ranks(self):
        """What records are asked for one after another, the best first."""
        whole = tuple(term for want in self.wanted for term in want.typed)
        levels = LEVELS[:TEXT]
        asked = [self.together(whole, level) for level in levels]
        asked += [all_of(self.together(w.typed, level) for w in self.wanted) for level in levels]
        asked += [all_of(self.one(w, level) for w in self.wanted) for level in levels]
        return list(dict.fromkeys(asked))


def is_found(asked, records):
    """Tell whether any of these records holds what is asked; mostly one of the first few does."""
    return any(records.filter(holding(records.model, asked, n)).exists() for n in (FEW, None))


@dataclass(frozen=True)
class Answer:
    """What was found for a question, and how."""

    how: How
    text: str  # as it was read: with a corrected word where one was mistyped
    query: Query | None = None
    weights: tuple = ()  # of each Wanted, where any will do
    least: float = 0  # that an answer must weigh

    @cached_property
    def lowest(self):
        return BESIDE if self.how == How.TOPIC else TEXT

    @cached_property
    def ranks(self):
        """What an index is asked one after another, the best first, and at last for all of them."""
        if self.how == How.ANY:
            return ranks_of_any(self.query, self.weights, self.least)
        return [*self.query.ranks, self.query.all(self.lowest)]

    def among(self, queryset):
        """Keep the answers, in the order of the queryset."""
        if self.how == How.UNASKED:
            return queryset
        if self.how == How.NOTHING:
            return queryset.none()
        return queryset.filter(holding(queryset.model, self.ranks[-1]))

    def keys(self, model):
        """Return the keys of what answers, of drafts too; None where nothing was asked."""
        if self.how == How.UNASKED:
            return None
        if self.how == How.NOTHING:
            return set()
        (keys,) = keys_of_each(WORDS[model], [self.ranks[-1]])
        return keys

    def best(self, records):
        """Return the answers, best first, to be sliced; equal ones in the order of the records.

        They are a queryset, or a list of a few records that have no index.
        """
        if isinstance(records, list):
            return self.best_of_few(records)
        if self.how in (How.UNASKED, How.NOTHING):
            return self.among(records)
        return Best(self.ranks, records)

    def best_of_few(self, records):
        if self.how == How.UNASKED:
            return records
        if self.how == How.NOTHING:
            return []
        if self.how == How.ANY:
            told = few.told(records, self.query, self.weights)
            return few.best_first(records, [-sum if sum >= self.least else None for sum in told])
        levels = [few.level(record, self.query, self.lowest) for record in records]
        return few.best_first(records, levels)


def ranks_of_any(query, weights, least):
    """Return the ranks of an Answer of any words: what tells most first, but enough."""
    equal, fewest = defaultdict(list), {}  # what is asked for, by how much it tells; and by numbers
    known = [number for number, weight in enumerate(weights) if weight]
    for size in range(1, len(known) + 1):
        for some in combinations(known, size):
            told = sum(weights[number] for number in some)
            if least <= told <= least / SHARE:  # nothing tells more than the best
                asked = all_of(query.each[number] for number in some)
                equal[told].append(asked)
                if not any(set(others) < set(some) for others in fewest):
                    fewest[some] = asked
    return [*(any_of(equal[told]) for told in sorted(equal, reverse=True)), any_of(fewest.values())]


def find(text, *sources, typing=False):
    """Return the Answer to a question in the page’s language, judged among all these records.

    A source is a queryset of an indexed model, or a list of a few records of others.
    """
    language = get_language()
    words = telling(text[:LONGEST_SEARCH], language)
    if not words:
        return Answer(How.UNASKED, "")

    found, unknown = wanted(words, language, typing=typing)
    query = Query(tuple(found), language)
    for how, level in ((How.ALL, TEXT), (How.TOPIC, BESIDE)):
        if any(holds(source, query, level) for source in sources):
            return Answer(how, text, query)
    better = {word: meant for word in unknown if (meant := corrected(word, language, sources))}
    if better:
        words = [better.get(word, word) for word in words]
        text = " ".join(words)
        query = Query(tuple(wanted(words, language)[0]), language)
        if any(holds(source, query, TEXT) for source in sources):
            return Answer(How.CORRECTED, text, query)
    return any_word(text, query, sources)


def holds(source, query, level):
    """Tell whether one of these records holds all that is wanted."""
    if isinstance(source, list):
        return any(few.level(record, query, level) for record in source)
    return is_found(query.all(level), source)


def corrected(word, language, sources):
    """Return the known word that a mistyped one meant: of those nearest the one found most often.

    None where none is near, or found.
    """
    mistyped, synonyms = form(word), read_synonyms(language)
    said = {other: of for other, of in synonyms.forms.items() if other[:1] == mistyped[:1]}
    known = said | starting_like(mistyped, language)
    for forms in near(mistyped, [*known]):
        terms = ((other, known[other]) for other in forms)
        query = Query(tuple(first_of([term], synonyms, {}) for term in terms), language)
        counts = counted(query, sources)
        if any(counts):
            return forms[counts.index(max(counts))]
    return None


def counted(query, sources):
    """Return how many records hold each thing that is wanted."""
    return [sum(counts) for counts in zip(*(counted_in(s, query) for s in sources), strict=True)]


def counted_in(source, query):
    if isinstance(source, list):
        return few.counted(source, query)
    found = keys_of_each(WORDS[source.model], query.each)  # drafts too, where others hold it
    return [
        len(keys) if keys and is_found(asked, source) else 0
        for asked, keys in zip(query.each, found, strict=True)
    ]


def any_word(text, query, sources):
    """Return the Answer of records that hold what tells most: the rarer a word, the more."""
    everything = sum(
        len(source) if isinstance(source, list) else WORDS[source.model].objects.count()
        for source in sources
    )
    counts = counted(query, sources)
    weights = tuple(log(1 + everything / n) if n else 0.0 for n in counts)
    if not any(weights):
        return Answer(How.NOTHING, text, query)
    best = max(most_told(source, query, weights) for source in sources)
    return Answer(How.ANY, text, query, weights, SHARE * best)


def most_told(source, query, weights):
    if isinstance(source, list):
        return max(few.told(source, query, weights), default=0)
    held = defaultdict(tuple)  # the numbers of the things that each record holds
    for number, keys in enumerate(keys_of_each(WORDS[source.model], query.each)):
        for key in keys if weights[number] else ():
            held[key] += (number,)
    told = {some: sum(weights[number] for number in some) for some in set(held.values())}
    for some in sorted(told, key=told.get, reverse=True):
        if is_found(all_of(query.each[number] for number in some), source):
            return told[some]
    return 0


def called(name, queryset):
    """Keep the records that have all these words in their title; the last may be a beginning."""
    language = get_language()
    words = WORD.findall(cleaned(name[:LONGEST_SEARCH]))[:MOST_WORDS]
    if not words:
        return queryset.none()
    *typed, last = [term(word, language, {}) for word in words]
    typed.append((last[0], last[1] | begun(last[0], language)))
    asked = Query((), language).apart(typed, TITLE)
    return queryset.filter(holding(queryset.model, asked))


def search(queryset, text):
    """Keep what a question finds in the page’s language, in the order of the queryset."""
    return find(text, queryset).among(queryset)
