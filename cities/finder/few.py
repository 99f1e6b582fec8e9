"""Records that have no index, such as topics and events, as sets by the same tokens."""

from collections import defaultdict
from functools import cached_property

from django.utils.translation import get_language

from .indexing import parts, tokens
from .sets import Sets, answering, tokens_of


def places_of_tokens(records):
    """Return {token: places} of (place, record) pairs, in the language of the page."""
    language, places = get_language(), defaultdict(list)
    for place, record in records:
        texts = [(level, text) for level, _name, text in parts(record, language)]
        for token in tokens(texts, language)[0]:
            places[token].append(place)
    return places


def set_of(places):
    return sum(1 << place for place in places)


class Few(list):
    """Records in their order, for questions in the language in which the first one is asked."""

    @cached_property
    def held(self):
        return places_of_tokens(enumerate(self))

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
    """More than a few, of which no more is remembered than their tokens; in their own order."""

    def __init__(self, records):
        self.records, self.model = records, records.model
        self.know(records.values_list("pk", flat=True))
        read = records.of_keys(self.keys)
        self.places_of = places_of_tokens((self.places[record.pk], record) for record in read)

    def found(self, tokens):
        return {token: set_of(self.places_of.get(token, ())) for token in tokens}

    def usual_order(self):
        return range(len(self.keys))
