"""The published practices as sets, by what filters ask: to count them is arithmetic.

A set is a whole number, of which bit n is that of the n-th practice by key. At 30,000 practices
one takes four kilobytes, and two are joined in a microsecond.
"""

from array import array
from collections import defaultdict

from django.db.models import Case, Value, When

from ..models import Indicator, Payer, Practice, PracticeTopic, Size, Tells, Theme
from .kept import kept


def size_of(population):
    """Return the expression that puts a population column in its size class."""
    classes = [When(**size.lookups(population), then=Value(size.value)) for size in Size]
    return Case(*classes, default=Value(Size.UNKNOWN.value))


class Sets:
    """Those of the practices that visitors see now."""

    def __init__(self):
        named = [("themes", theme.value) for theme in Theme]
        named += [("payer", payer.value) for payer in Payer]
        flags = [*Theme.values, *(f"paid_{payer}" for payer in Payer)]
        rows = Practice.objects.published().order_by("pk")
        rows = rows.values_list(
            *("pk", "city", "city__country__code", "stage", size_of("city__population")),
            # In one column, since Django looks at each flag of a row.
            sum(
                Case(When(**{column: True}, then=1 << n), default=0)
                for n, column in enumerate(flags)
            ),
        )
        self.keys, self.cities, self.orders = array("q"), array("q"), {}
        alike, having = defaultdict(list), defaultdict(list)
        for key, city, *values in rows:
            self.keys.append(key)
            self.cities.append(city)
            alike[tuple(values)].append(key)
        for (country, stage, size, flagged), keys in alike.items():
            having["country", country] += keys
            having["stage", stage] += keys
            having["size", size] += keys
            for n, asked in enumerate(named):
                if flagged >> n & 1:
                    having[asked] += keys
        self.places = {key: place for place, key in enumerate(self.keys)}
        for key, slug in PracticeTopic.objects.order_by().values_list("practice", "topic__slug"):
            having["topics", slug].append(key)
        figures = Indicator.objects.order_by()
        for key, measure in figures.exclude(measure="").values_list("practice", "measure"):
            having["measure", measure].append(key)
        for told in Tells:
            having["tells", told.value] = figures.telling(told).values_list("practice", flat=True)
        self.having = {asked: self.of(keys) for asked, keys in having.items()}

    def of(self, keys):
        """Return the set of these practices; of those that visitors do not see it has none."""
        flags = bytearray(b"0") * (len(self.keys) + 1)
        for place in map(self.places.get, keys):
            if place is not None:
                flags[place] = ord("1")
        return int(flags[::-1], 2)

    def of_city(self, key):
        found = zip(self.keys, self.cities, strict=True)
        return self.of(practice for practice, city in found if city == key)

    def order(self, name, practices):
        """Return all places as these practices stand; a name that was met before has its order."""
        if name not in self.orders:
            keys = practices.values_list("pk", flat=True)
            self.orders[name] = array("L", (self.places[key] for key in keys if key in self.places))
        return self.orders[name]

    def in_order(self, found, order):
        """Return the keys of a set in an order of all."""
        flags = f"{found:b}"[::-1].ljust(len(self.keys), "0")
        return [self.keys[place] for place in order if flags[place] == "1"]


@kept
def practice_sets():
    return Sets()
