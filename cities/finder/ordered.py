"""Answers in an order of their own, of which no more are read than a slice needs."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from ..models import Holding, keys_of_each
from .indexing import WORDS
from .kept import published_keys

FEW = 500  # keys that are put in order by themselves
MOST_AT_ONCE = 8_000  # of others


def holding(model, asked, most=None):
    return Q(pk__in=Holding(WORDS[model], asked, most))


class Sliced:
    """Records in an order of their own, of which no more are read than a slice needs."""

    def __getitem__(self, place):
        keys = self.keys(place.stop)[place.start or 0 :]
        records = self.queryset.in_bulk(keys)
        return [records[key] for key in keys if key in records]


@dataclass(frozen=True)
class InOrder(Sliced):
    """Those with these keys."""

    found: list
    queryset: object

    def keys(self, number):
        return self.found[:number]


@dataclass(frozen=True)
class Best(Sliced):
    """Answers in order, of which no more are looked for than a slice needs: rank by rank."""

    ranks: list
    queryset: object

    @property
    def words(self):
        return WORDS[self.queryset.model]

    @cached_property
    def few(self):
        """All keys in order, or None where they are many."""
        *ranks, every = self.ranks
        (keys,) = keys_of_each(self.words, [every], FEW + 1)
        if len(keys) > FEW:
            return None
        rank = dict.fromkeys(keys, len(ranks))
        for number, held in enumerate(keys_of_each(self.words, ranks) if keys else ()):
            rank |= {key: min(number, rank[key]) for key in held}
        return sorted(self.first_of(keys, FEW), key=rank.get)

    def count(self):
        """Return how many there are, where these are records of all that visitors see."""
        if self.few is not None:
            return len(self.few)
        (keys,) = keys_of_each(self.words, [self.ranks[-1]])
        return len(keys & published_keys(self.queryset.model))

    def keys(self, number):
        """Return the first keys, at most so many."""
        if self.few is not None:
            return self.few[:number]
        found, seen = [], set()
        for asked in self.ranks:
            if len(found) < number:
                (keys,) = keys_of_each(self.words, [asked])
                found += self.in_order(keys - seen, number - len(found))
                seen |= keys
        return found

    def in_order(self, keys, number):
        """Return the first of these keys in the order of the queryset.

        Of many it looks what stands first of all rather than sort them.
        """
        if len(keys) <= FEW:
            return self.first_of(keys, number)
        found, begin, size = [], 0, FEW
        everything = self.queryset.model.objects.order_by(*self.queryset.query.order_by)
        everything = everything.values_list("pk", flat=True)
        while len(found) < number and (some := everything[begin : begin + size]):
            found += self.first_of(keys.intersection(some), number - len(found))
            begin, size = begin + size, min(2 * size, MOST_AT_ONCE)
        return found

    def first_of(self, keys, number):
        found = self.queryset.filter(pk__in=keys) if keys else self.queryset.none()
        return list(found.values_list("pk", flat=True)[:number])
