"""Practices side by side: figures of one unit share a scale, different units never do."""

from dataclasses import dataclass

from ..models import FormerAddress, Practice
from ..text import units
from ..text.units import Unit
from .figures import bars, unit_of

FEWEST, MOST = 2, 4


@dataclass
class Scale:
    """The figures of one unit, for each practice in turn; an empty list where there is none."""

    unit: str
    label: str
    columns: list


def chosen(query):
    """Return the published practices that a query asks to compare, in its order, at most four.

    They may be asked for by addresses that they had before.
    """
    slugs = list(dict.fromkeys(query.getlist("p")))[: 10 * MOST]
    slugs = [slug for slug in slugs if "\0" not in slug]
    published = Practice.objects.published().select_related("city__country")
    published = published.prefetch_related("indicators")
    found = published.filter(slug__in=slugs)
    if len(found) < len(slugs):
        former = FormerAddress.objects.leading_on().filter(slug__in=slugs, city=None)
        if moved := {address.slug: address.practice.slug for address in former}:
            slugs = list(dict.fromkeys(moved.get(slug, slug) for slug in slugs))
            found = published.filter(slug__in=slugs)
    return sorted(found, key=lambda practice: slugs.index(practice.slug))[:MOST]


def scales(practices):
    """Return a Scale for each unit in which practices give figures, those they share first."""
    units = {}
    for number, practice in enumerate(practices):
        for indicator in practice.indicators.all():
            columns = units.setdefault(unit_of(indicator), [[] for _ in practices])
            columns[number].append(indicator)
    found = []
    for (unit, counted), columns in units.items():
        drawn = iter(bars([indicator for column in columns for indicator in column]))
        told = [[next(drawn) for _ in column] for column in columns]
        found.append(Scale(f"{unit} {counted}".strip(), unit_name(unit, columns), told))
    return sorted(found, key=lambda scale: -sum(bool(column) for column in scale.columns))


def unit_name(unit, columns):
    """Name a unit as a table's row does: the thing counted, or what stands after a number."""
    if unit == Unit.COUNT:
        return next(indicator.counted for column in columns for indicator in column)
    return units.unit_name(unit)
