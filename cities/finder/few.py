"""Records that have no index, such as topics and events, as sets by the same tokens."""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property

from django.utils.translation import get_language

from .indexing import parts, tokens
from .sets import Sets, answering, tokens_of


def tokens_at(records):
    """Yield (token, place) of what (place, record) pairs hold, in the language of the page."""
    language = get_language()
    for place, record in records:
        texts = [(level, text) for level, _name, text in parts(record, language)]
        yield from ((token, place) for token in tokens(texts, language)[0])


def set_of(places):
    return sum(1 << place for place in places)


class Few(list):
    """Records in their order, for questions in the language in which the first one is asked."""

    @cached_property
    def held(self):
        held = defaultdict(list)
        for token, place in tokens_at(enumerate(self)):
            held[token].append(place)
        return held

    @property
    def every(self):
        return (1 << len(self)) - 1

    def holding(self, several):
        """Return the set of what holds each of several things that are asked of the words."""
        tokens = set().union(*map(tokens_of, several))
        held = {token: set_of(self.held.get(token, ())) for token in tokens}
        return [answering(asked, held) for asked in several]

    def in_order(self, found):
        return [record for place, record in enumerate(self) if found >> place & 1]


class ReadSets(Sets):
    """More than a few, in their own order, of which no more is remembered than their tokens.

    A token is its hash, beside the place of a record that holds it: twelve bytes.
    """

    def __init__(self, records):
        self.records, self.model = records, records.model
        self.know(records.values_list("pk", flat=True))
        hashes, places = array("q"), array("I")
        read = ((self.places[record.pk], record) for record in records.of_keys(self.keys))
        for token, place in tokens_at(read):
            hashes.append(hash(token))
            places.append(place)
        order = sorted(range(len(hashes)), key=hashes.__getitem__)
        self.hashes = array("q", map(hashes.__getitem__, order))
        self.places_held = array("I", map(places.__getitem__, order))

    def found(self, tokens):
        return {token: set_of(self.places_of(hash(token))) for token in tokens}

    def places_of(self, token):
        start, end = bisect_left(self.hashes, token), bisect_right(self.hashes, token)
        return self.places_held[start:end]

    def usual_order(self):
        return range(len(self.keys))
