"""Answers in an order of their own, of which no more are read than a slice needs."""

from dataclasses import dataclass
from itertools import chain, islice


@dataclass(frozen=True)
class Best:
    """The records of several Sets, one set after another, each in an order of all."""

    ranked: list
    sets: object
    order: list
    queryset: object

    def __getitem__(self, place):
        found = chain.from_iterable(self.sets.in_order(one, self.order) for one in self.ranked)
        keys = [self.sets.keys[n] for n in islice(found, place.start or 0, place.stop)]
        return list(self.queryset.of_keys(keys))

    def __len__(self):
        return sum(found.bit_count() for found in self.ranked)
