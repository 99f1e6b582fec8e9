"""What is read of a question or kept for all is a value: nobody can change it for others."""

from dataclasses import FrozenInstanceError

import pytest

from cities.finder.everything import KINDS
from cities.finder.facets import Chip, Choice, FilterField
from cities.finder.filters import Filters
from cities.finder.ordered import Best
from cities.finder.question import Wanted
from cities.finder.search import UNASKED, Query
from cities.finder.similarity import Town


@pytest.mark.parametrize(
    "value",
    [
        KINDS[0],
        Choice("energy", "energia", 2, is_chosen=True),
        Chip("energia", "", {}),
        FilterField("theme", "Temat", "", []),
        Filters(),
        Best([], None, [], None),
        Wanted(()),
        UNASKED,
        Query((), "pl"),
        Town(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_stays_what_it_is(value):
    name = next(iter(vars(value)))
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, "")
