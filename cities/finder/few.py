"""A few records that have no index, such as topics, as sets by the same tokens."""

from collections import defaultdict
from functools import cached_property

from django.utils.translation import get_language

from .indexing import parts, tokens
from .sets import answering, tokens_of


class Few(list):
    """Records in their order, for questions in the language in which the first one is asked."""

    @cached_property
    def held(self):
        language, places = get_language(), defaultdict(list)
        for place, record in enumerate(self):
            texts = [(level, text) for level, _name, text in parts(record, language)]
            for token in tokens(texts, language)[0]:
                places[token].append(place)
        return places

    @property
    def every(self):
        return (1 << len(self)) - 1

    def holding(self, several):
        """Return the set of what holds each of several things that are asked of the words."""
        tokens = set().union(*map(tokens_of, several))
        held = {token: sum(1 << n for n in self.held.get(token, ())) for token in tokens}
        return [answering(asked, held) for asked in several]

    def in_order(self, found):
        return [record for place, record in enumerate(self) if found >> place & 1]
