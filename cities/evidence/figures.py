"""What pages draw beside their words: bars of results, a timeline, dots in a table.

Everything is in percent of the room that a drawing gets, so it holds at every width.
"""

from dataclasses import dataclass
from math import sqrt

from ..models import Indicator, Stage, Theme
from ..text.measures import Measure

MOST_TICKS = 5  # years named along a timeline


@dataclass
class Bar:
    indicator: Indicator
    share: float | None  # percent of the largest beside it; None where nothing stands beside it


def bars(indicators):
    """Return a bar for each figure of the same measure; sums of money have none."""
    lengths = [length_of(indicator) for indicator in indicators]
    largest = max(lengths) if len(lengths) > 1 else 0
    return [
        Bar(indicator, round(100 * length / largest, 1) if largest else None)
        for indicator, length in zip(indicators, lengths, strict=True)
    ]


def length_of(indicator):
    """Return how far a figure reaches from nought in the unit of its measure, or None."""
    ends = indicator.converted
    return ends and float(max(abs(end) for end in ends if end is not None))


def results(indicators):
    """Return (what its figures tell of, their bars) for results, costs and scale in turn."""
    groups = []
    for about in Indicator.About:
        told = [each for each in indicators if each.about == about]
        measures = {}
        for each in told:
            if each.measure and not Measure(each.measure).is_money:
                measures.setdefault(each.measure, []).append(each)
        drawn = {bar.indicator.pk: bar for alike in measures.values() for bar in bars(alike)}
        if told:
            groups.append((about, [drawn.get(each.pk, Bar(each, None)) for each in told]))
    return groups


@dataclass
class Span:
    """The years of a practice along a timeline; without a start only their end is known."""

    start: float | None  # percent
    end: float
    is_planned: bool
    is_open: bool  # it still runs

    @property
    def width(self):
        return round(self.end - self.start, 1)


class Timeline:
    """Practices by year, those without one last: rows of (practice, span or None)."""

    def __init__(self, practices, until=0):
        years = [y for p in practices for y in (p.first_year, p.last_year) if y]
        self.first, last = min(years, default=0), max([*years, until]) + 1
        self.length = last - self.first
        step = next(s for s in (1, 2, 5, 10, 20, 50, 1000) if self.length / s <= MOST_TICKS)
        self.ticks = [
            (year, self._at(year)) for year in range(-(-self.first // step) * step, last, step)
        ]
        known = [p for p in practices if p.first_year or p.last_year]
        known.sort(key=lambda p: (p.first_year or p.last_year, p.last_year or last))
        unknown = [p for p in practices if p not in known]
        self.rows = [(p, self._span(p)) for p in known] + [(p, None) for p in unknown]
        self.is_telling = len(known) > 1

    def _at(self, year):
        return round(100 * (year - self.first) / self.length, 1)

    def _span(self, practice):
        first, last = practice.first_year, practice.last_year
        runs = practice.stage in (Stage.UNDERWAY, Stage.OPERATION) and not last
        if not first:
            start, end = None, self._at(last + 1)
        else:
            start = self._at(first)
            end = 100.0 if runs else self._at((last or first) + 1)
        return Span(start, end, practice.stage == Stage.PLANNED, runs)


@dataclass
class Cell:
    themes: list
    count: int
    radius: float  # of the largest, in percent

    @property
    def theme(self):
        """The theme that it counts, or “integrated” for all of them."""
        return self.themes[0] if len(self.themes) == 1 else "integrated"


def matrix(countries, counted):
    """Return (country, cells): how many of its practices join each theme, and how many all.

    `counted` comes from PracticeQuerySet.counted_by_country; a dot's area tells the number.
    """
    columns = [[theme] for theme in Theme.values] + [Theme.values]
    rows = [
        (
            country,
            [(themes, joining(themes, counted, country.code)) for themes in columns],
        )
        for country in countries
    ]
    largest = max([1, *(n for _, cells in rows for _, n in cells)])
    return [
        (country, [Cell(themes, n, round(100 * sqrt(n / largest), 1)) for themes, n in cells])
        for country, cells in rows
    ]


def joining(themes, counted, code=None):
    """Return how many practices join all of these themes, in one country or everywhere."""
    return sum(
        row["n"]
        for row in counted
        if code in (None, row["code"]) and all(row[theme] for theme in themes)
    )
