"""Records as sets, by the words that they hold and what filters ask: to count is arithmetic.

A set is a whole number, of which bit n is that of the n-th record. At 30,000 practices one takes
four kilobytes, and two are joined in a microsecond.
"""

from array import array
from collections import defaultdict
from functools import reduce
from operator import and_, or_

from django.db.models import Case, Value, When
from django.utils.translation import get_language

from ..evidence.measured import FEWEST
from ..models import (
    City,
    Indicator,
    Payer,
    Practice,
    PracticeTopic,
    Size,
    Sort,
    Tells,
    Theme,
    keys_holding,
)
from ..models.vocabulary import joined_sets_mask
from ..text.measures import Measure
from .indexing import WORDS
from .kept import kept

MOST_FIGURES = 150  # of a measure, among which those of a practice are shown
MOST_HELD = 500  # tokens of which the sets are remembered
JOIN = {"&": and_, "|": or_}


def all_of(parts):
    return joined("&", parts)


def any_of(parts):
    return joined("|", parts)


def joined(sign, parts):
    first, *more = dict.fromkeys(parts)
    return (sign, first, *more) if more else first


def written(asked):
    """Return what is asked of an index of words as the database has it: “pl1gaz & pl1kotl”."""
    if isinstance(asked, str):
        return asked
    sign, *parts = asked
    return f"({f' {sign} '.join(map(written, parts))})"


def tokens_of(asked):
    return {asked} if isinstance(asked, str) else set().union(*map(tokens_of, asked[1:]))


def answering(asked, held):
    """Return the set of what answers, given those that hold each token."""
    if isinstance(asked, str):
        return held[asked]
    sign, *parts = asked
    return reduce(JOIN[sign], (answering(part, held) for part in parts))


def size_of(population):
    """Return the expression that puts a population column in its size class."""
    classes = [When(**size.lookups(population), then=Value(size.value)) for size in Size]
    return Case(*classes, default=Value(Size.UNKNOWN.value))


class Sets:
    """The records of a queryset, of a model that has an index of words."""

    def __init__(self, records):
        self.records, self.model = records, records.model
        self.know(records.order_by("pk").values_list("pk", flat=True))

    def know(self, keys):
        self.keys = array("q", keys)
        self.places = {key: place for place, key in enumerate(self.keys)}
        self.every = (1 << len(self.keys)) - 1
        self.orders, self.held = {}, {}

    def of(self, keys):
        """Return the set of these records; of others it has none."""
        flags = bytearray(b"0") * (len(self.keys) + 1)
        for place in map(self.places.get, keys):
            if place is not None:
                flags[place] = ord("1")
        return int(flags[::-1], 2)

    def holding(self, several):
        """Return the set of what holds each of several things that are asked of the words."""
        if len(self.held) > MOST_HELD:
            self.held = {}
        held, tokens = self.held, set().union(*map(tokens_of, several))
        if missing := tokens - held.keys():
            held |= self.found(missing)
        return [answering(asked, held) for asked in several]

    def found(self, tokens):
        """Return {token: the set of what holds it}."""
        found = keys_holding(WORDS[self.model], tokens)
        return {token: self.of(keys) for token, keys in found.items()}

    def order(self, name, records):
        """Return all places as these records stand; a name that was met before has its order."""
        if name not in self.orders:
            keys = records.values_list("pk", flat=True)
            self.orders[name] = array("L", (self.places[key] for key in keys if key in self.places))
        return self.orders[name]

    def alphabetically(self):
        return self.order((Sort.NAME, "", get_language()), self.records.alphabetically())

    def usual_order(self):
        """Return all places as a list shows them that nobody sorts."""
        return self.alphabetically()

    def in_order(self, found, order):
        """Yield the places of a set in an order of all."""
        if found:
            flags = f"{found:b}"[::-1].ljust(len(self.keys), "0")
            yield from (place for place in order if flags[place] == "1")


class CitySets(Sets):
    """The cities that visitors see now; those that join themes by the bit of their combination."""

    def __init__(self):
        self.records, self.model = City.objects.published(), City
        rows = self.records.order_by("pk").with_themes()
        rows = rows.values_list(
            *("pk", "country__code", "role", size_of("population"), "study_visits"),
            "theme_sets_mask",
        )
        keys, having = [], defaultdict(list)
        for key, country, role, size, visits, mask in rows.iterator():
            keys.append(key)
            having["country", country].append(key)
            having["role", role].append(key)
            having["size", size].append(key)
            having["visits", visits].append(key)
            joined = joined_sets_mask(mask)
            for themes in range(1, 1 << len(Theme)):
                if joined >> themes & 1:
                    having["themes", themes].append(key)
        self.know(keys)
        self.having = {asked: self.of(those) for asked, those in having.items()}


class PracticeSets(Sets):
    """The practices that visitors see now."""

    def __init__(self):
        self.records, self.model = Practice.objects.published(), Practice
        named = [("themes", theme.value) for theme in Theme]
        named += [("payer", payer.value) for payer in Payer]
        flags = [*Theme.values, *(f"paid_{payer}" for payer in Payer)]
        rows = self.records.order_by("pk")
        rows = rows.values_list(
            *("pk", "city", "city__country__code", "stage", size_of("city__population")),
            # In one column, since Django looks at each flag of a row.
            sum(
                Case(When(**{column: True}, then=1 << n), default=0)
                for n, column in enumerate(flags)
            ),
        )
        keys, self.cities = [], array("q")
        alike, having = defaultdict(list), defaultdict(list)
        for key, city, *values in rows.iterator():
            keys.append(key)
            self.cities.append(city)
            alike[tuple(values)].append(key)
        self.know(keys)
        for (country, stage, size, flagged), those in alike.items():
            having["country", country] += those
            having["stage", stage] += those
            having["size", size] += those
            for n, asked in enumerate(named):
                if flagged >> n & 1:
                    having[asked] += those
        topics = PracticeTopic.objects.order_by().values_list("practice", "topic__slug")
        for key, slug in topics.iterator():
            having["topics", slug].append(key)
        figures, self.figures = Indicator.objects.order_by(), defaultdict(list)  # by measure
        columns = ("measure", "practice", "canonical")
        measured = figures.exclude(measure="").order_by(*columns).values_list(*columns)
        for measure, key, number in measured.iterator():
            having["measure", measure].append(key)
            some = self.figures[measure]
            if number is not None and len(some) < MOST_FIGURES and key in self.places:
                some.append((key, number))
        for told in Tells:
            having["tells", told.value] = figures.telling(told).values_list("practice", flat=True)
        self.having = {asked: self.of(those) for asked, those in having.items()}

    def about(self, topic):
        return self.having.get(("topics", topic.slug), 0)

    def reported(self):
        """Return {measure: how many practices report it}, of those worth a page, in their order."""
        counts = {m: self.having.get(("measure", m), 0).bit_count() for m in Measure}
        return {measure: n for measure, n in counts.items() if n >= FEWEST}

    def reported_on(self, topic):
        """Return the same for what several practices on a topic report, by how many of these."""
        about = self.about(topic)
        counts = {m: (self.having["measure", m] & about).bit_count() for m in self.reported()}
        return {measure: n for measure, n in counts.items() if n > 1}

    def sharing(self, topics):
        """Return the sets of those about some of these topics: about all, about all but one, …"""
        at_least = [self.every] + [0] * len(topics)  # by how many topics they share
        for topic in topics:
            about = self.about(topic)
            for n in range(len(topics), 0, -1):
                at_least[n] |= at_least[n - 1] & about
        return [
            more & ~most for more, most in zip(at_least[:0:-1], [0, *at_least[:1:-1]], strict=True)
        ]

    def cities_of(self, found):
        """Return the keys of the cities of a set."""
        return {self.cities[place] for place in self.in_order(found, range(len(self.keys)))}

    def of_city(self, key):
        found = zip(self.keys, self.cities, strict=True)
        return self.of(practice for practice, city in found if city == key)


@kept
def city_sets():
    return CitySets()


@kept
def practice_sets():
    return PracticeSets()
