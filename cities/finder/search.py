"""Search: which records hold the words of a question, and in which order.

All words must be found, or others that are said for them; where no record has them all, those of
its topics count, then a mistyped word is read as the nearest known one, then any word will do.
The order is the same on every database: words as they were typed before others for them, those
that stand together first, in the title before the text; then the list’s own order.
"""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, reduce
from itertools import combinations, pairwise
from math import log
from operator import or_

from django.utils.translation import get_language

from ..models import Holding
from ..text.cleaning import cleaned
from ..text.words import WORD, form, pair, telling
from .few import Few
from .indexing import BESIDE, LEVELS, TEXT, TITLE, WORDS, prefix
from .ordered import Best
from .question import (
    MOST_WORDS,
    begun,
    first_of,
    read_synonyms,
    starting_like,
    term,
    wanted,
)
from .sets import Sets, all_of, any_of, written
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
        held = Holding(WORDS[queryset.model], written(self.ranks[-1]))
        return queryset.filter(pk__in=held)

    def ranked(self, source):
        """Return the sets of what answers, the best first, none of which holds a record again."""
        if self.how in (How.UNASKED, How.NOTHING):
            return [source.every] if self.how == How.UNASKED else []
        seen, ranked = 0, []
        for held in source.holding(self.ranks):
            ranked.append(held & ~seen)
            seen |= held
        return ranked

    def found(self, source):
        """Return the set of what answers."""
        return reduce(or_, self.ranked(source), 0)

    def best(self, source, records=None):
        """Return the answers of a source, best first, to be sliced; equal ones by the alphabet.

        They are read from these records, if any.
        """
        source = as_source(source)
        ranked = self.ranked(source)
        if isinstance(source, Few):
            return [record for found in ranked for record in source.in_order(found)]
        records = source.records if records is None else records
        return Best(ranked, source, source.usual_order(), records)


UNASKED = Answer(How.UNASKED, "")


def ranks_of_any(query, weights, least):
    """Return the ranks of an Answer of any words: what tells most first, but enough."""
    equal, fewest = defaultdict(list), {}  # what is asked for, by how much it tells; and by numbers
    for some, asked in together_asked(query, weights):
        told = sum(weights[number] for number in some)
        if least <= told <= least / SHARE:  # nothing tells more than the best
            equal[told].append(asked)
            if not any(set(others) < set(some) for others in fewest):
                fewest[some] = asked
    return [*(any_of(equal[told]) for told in sorted(equal, reverse=True)), any_of(fewest.values())]


def as_source(records):
    """Return the Sets of a queryset of an indexed model, or of a list of a few other records."""
    if isinstance(records, list):
        return records if isinstance(records, Few) else Few(records)
    return records if isinstance(records, Sets) else Sets(records)


def find(text, *sources, typing=False):
    """Return the Answer to a question in the page’s language, judged among all these records.

    A source is Sets or Few, or what as_source makes one of.
    """
    language = get_language()
    words = telling(text[:LONGEST_SEARCH], language)
    if not words:
        return UNASKED

    sources = list(map(as_source, sources))
    found, unknown = wanted(words, language, typing=typing)
    query = Query(tuple(found), language)
    for how, level in ((How.ALL, TEXT), (How.TOPIC, BESIDE)):
        if any(counted(sources, [query.all(level)])):
            return Answer(how, text, query)
    better = {word: meant for word in unknown if (meant := corrected(word, language, sources))}
    if better:
        words = [better.get(word, word) for word in words]
        text = " ".join(words)
        query = Query(tuple(wanted(words, language)[0]), language)
        if any(counted(sources, [query.all(TEXT)])):
            return Answer(How.CORRECTED, text, query)
    return any_word(text, query, sources)


def counted(sources, several):
    """Return how many records hold each of several things that are asked."""
    held = [source.holding(several) for source in sources]
    return [sum(found.bit_count() for found in each) for each in zip(*held, strict=True)]


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
        counts = counted(sources, query.each)
        if any(counts):
            return forms[counts.index(max(counts))]
    return None


def any_word(text, query, sources):
    """Return the Answer of records that hold what tells most: the rarer a word, the more."""
    everything = sum(source.every.bit_count() for source in sources)
    counts = counted(sources, query.each)
    weights = tuple(log(1 + everything / n) if n else 0.0 for n in counts)
    if not any(weights):
        return Answer(How.NOTHING, text, query)
    best = max(
        sum(weights[number] for number in some)
        for some, asked in together_asked(query, weights)
        if any(counted(sources, [asked]))
    )
    return Answer(How.ANY, text, query, weights, SHARE * best)


def together_asked(query, weights):
    """Yield the numbers of some of the known things that are wanted, and what asks for them all."""
    known = [number for number, weight in enumerate(weights) if weight]
    for size in range(1, len(known) + 1):
        for some in combinations(known, size):
            yield some, all_of(query.each[number] for number in some)


def called(name, queryset):
    """Keep the records that have all these words in their title; the last may be a beginning."""
    language = get_language()
    words = WORD.findall(cleaned(name[:LONGEST_SEARCH]))[:MOST_WORDS]
    if not words:
        return queryset.none()
    *typed, last = [term(word, language, {}) for word in words]
    typed.append((last[0], last[1] | begun(last[0], language)))
    asked = Query((), language).apart(typed, TITLE)
    return queryset.filter(pk__in=Holding(WORDS[queryset.model], written(asked)))


def search(queryset, text):
    """Keep what a question finds in the page’s language, in the order of the queryset."""
    return find(text, queryset).among(queryset)
