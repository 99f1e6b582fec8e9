"""All that towns report of one measure, on one axis."""

from collections import defaultdict
from dataclasses import dataclass
from math import ceil, floor, log10

from django.utils.translation import gettext as _

from ..models import Indicator
from ..text.measures import Measure
from ..text.quantities import currency
from ..text.units import Qualifier, localised, unit_name
from .conversion import Converted, converted

FEWEST = 3  # practices, of which one is worth a page
SPREAD = 100  # times; beyond that each line of the axis is ten times more
MOST_STEPS = 5  # of an axis on which each line is as much more


@dataclass(frozen=True)
class Strip:
    """Where the figures of a practice stand among those of others, in percent of an axis."""

    measure: Measure
    own: list
    others: list


def strips(practice, figures):
    """Return a Strip for each measure of a practice that is worth a page.

    `figures` are {measure: [(practice’s key, number)]}, those of the practice itself too.
    """
    own = defaultdict(list)
    for each in practice.indicators.all():
        if each.measure and each.canonical is not None:
            own[each.measure].append(each.canonical)
    others, tellers = defaultdict(list), defaultdict(set)
    for measure in own:
        for teller, number in figures.get(measure, ()):
            if teller != practice.pk:
                others[measure].append(number)
                tellers[measure].add(teller)
    found = []
    for measure in Measure:
        if len(tellers[measure]) >= FEWEST - 1:
            axis = Axis([*own[measure], *others[measure]])
            places = [[axis.at(n) for n in numbers[measure]] for numbers in (own, others)]
            found.append(Strip(measure, *places))
    return found


class Axis:
    """Where numbers stand, in percent of the room from the first line to the last."""

    def __init__(self, numbers):
        least, most = min(numbers), max(numbers)
        self.is_logarithmic = least > 0 and most / least > SPREAD
        if self.is_logarithmic:
            first, last = floor(log10(least)), ceil(log10(most))
            ticks = [10.0**power for power in range(first, last + 1)]
        else:
            step = next_step((max(most, 0) - min(least, 0) or 1) / MOST_STEPS)
            first = floor(min(least, 0) / step)
            last = max(ceil(max(most, 0) / step), first + 1)
            ticks = [n * step for n in range(first, last + 1)]
        self.ends = ticks[0], ticks[-1]
        self.ticks = [(localised(float(f"{tick:.6g}")), self.at(tick)) for tick in ticks]

    def at(self, number):
        first, last = self.ends
        if self.is_logarithmic:
            first, last, number = log10(first), log10(last), log10(number)
        return round(100 * (number - first) / (last - first), 2)


def next_step(least):
    """Return the smallest of 1, 2, 5, 10, 20, … that is no less."""
    power = 10.0 ** floor(log10(least))
    return next(power * n for n in (1, 2, 5, 10) if power * n >= least)


@dataclass(frozen=True)
class Mark:
    """A figure on an axis, by its left end and, where it is a range, its right one."""

    indicator: Indicator
    told: Converted
    at: float
    until: float | None

    @property
    def shape(self):
        """Which sign tells how it is known."""
        shapes = {"measured": "square", "estimated": "triangle"}
        return shapes.get(self.indicator.evidence, "circle")

    @property
    def arrow(self):
        """Where more than it, or less, may be true: “after”, “before” or nothing."""
        arrows = {Qualifier.AT_LEAST: "after", Qualifier.AT_MOST: "before"}
        return arrows.get(self.indicator.qualifier, "")

    @property
    def end(self):
        return self.at if self.until is None else self.until

    @property
    def currency(self):
        return currency(self.indicator.unit)


class Chart:
    """Figures of one measure on one axis, and beside it those that have no place on it.

    `canonical` holds the numbers that the axis must reach, where it is to hold more than these.
    """

    def __init__(self, measure, indicators, canonical=()):
        self.measure, self.unit = measure, unit_name(measure.unit)
        told = [(each, converted(each)) for each in indicators]
        self.off_axis = [each for each, figure in told if figure is None]
        ends = [e for each in indicators for e in each.converted or () if e is not None]
        self.axis = Axis([float(end) for end in [*ends, *canonical]]) if ends else None
        self.marks = [self.mark(each, figure) for each, figure in told if figure]

    def mark(self, indicator, figure):
        ends = [end if end is None else self.axis.at(float(end)) for end in indicator.converted]
        return Mark(indicator, figure, *ends)

    def key(self):
        """Return (sign, what it says) for the signs that occur."""
        signs = set()
        for mark in self.marks:
            is_plan = mark.indicator.evidence == Indicator.Evidence.PLANNED
            signs |= {"planned" if is_plan else mark.shape, mark.arrow}
            if mark.until is not None:
                signs.add("range")
        meanings = {
            "circle": _("as the source says"),
            # Translators: a sign of the chart’s key: how a figure is known.
            "square": _("measured"),
            # Translators: a sign of the chart’s key: how a figure is known.
            "triangle": _("estimated"),
            "planned": _("hollow: only planned"),
            # Translators: a sign of the chart’s key: a range; keep the ….
            "range": _("from … to"),
            "after": _("at least"),
            "before": _("at most"),
        }
        return [(sign, meaning) for sign, meaning in meanings.items() if sign in signs]

    def cautions(self):
        """Return what cannot be compared here, as sentences."""
        figures = [*(mark.indicator for mark in self.marks), *self.off_axis]
        told = [
            _("Read beside each figure what it refers to: similar names may hide different things.")
        ]
        if self.measure.is_money:
            told.append(
                _("The sums come from different years; inflation is not taken into account.")
            )
        elif self.measure.unit == "percent":
            told.append(
                _("Each share is of a different area or stock, counted from a different year.")
            )
        else:
            told.append(_("Towns count over different areas and in different years."))
        if any(mark.told.rate for mark in self.marks):
            told.append(
                _("Other currencies are converted at the average rate of the year of the figure.")
            )
        if any(figure.is_promise for figure in figures):
            told.append(_("What is planned or estimated is not a result yet."))
        if self.measure.about == Indicator.About.SCALE:
            told.append(
                _("A larger number does not mean a better practice: the towns differ in size.")
            )
        return told
