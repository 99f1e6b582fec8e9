"""Practices side by side: what they cost, what came of them and how large they are, by measure.

Only figures of one measure stand in one line, and only there have bars.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import FormerAddress, Indicator, Practice, Source
from ..text.measures import Measure
from .asking import Asking
from .conversion import in_other_words
from .figures import Timeline, length_of

FEWEST, MOST = 2, 4
OTHER_LINES = ["people", "payers", "leader", "years", "lessons", "unknown", "others"]
PAIRS_SHOWN = 4
PAIRS_AMONG = 60  # practices, those with most measures


@dataclass
class Figure:
    indicator: Indicator
    share: float | None = None  # percent of the largest in its line; None where it has no bar

    @property
    def length(self):
        """How far its bar reaches; None for sums of money, which have no bars."""
        is_money = Measure(self.indicator.measure).is_money
        return None if is_money else length_of(self.indicator)

    @property
    def in_other_words(self):
        return in_other_words(self.indicator)


@dataclass(frozen=True)
class Column:
    practice: Practice
    place: str  # what it is called where several stand below one another
    span: object


@dataclass
class Line:
    """What practices tell under one heading: (column, what it tells or nothing) for each."""

    key: str
    label: str
    cells: list
    kind: str  # of its cells

    @property
    def template(self):
        return f"comparison/{self.kind}.html"

    @property
    def order(self):
        """Where it stands among all lines that there are; an archive puts them together."""
        return [*Measure, *OTHER_LINES].index(self.key)

    @property
    def shared(self):
        """How many practices tell it."""
        return sum(bool(told) for _column, told in self.cells)


class Comparison:
    """Practices side by side under the same questions; cheap after `chosen`."""

    def __init__(self, practices):
        self.timeline = Timeline(practices, until=timezone.localdate().year)
        spans = dict(self.timeline.rows)
        towns = Counter(practice.city_id for practice in practices)
        self.columns = [
            Column(
                practice,
                practice.city.name if towns[practice.city_id] == 1 else practice.title,
                spans[practice],
            )
            for practice in practices
        ]

    def questions(self):
        """Return (key, question, lines) for each question; one that none answers has no lines."""
        about = Indicator.About
        payers = self.line("payers", _("Paid by"), lambda practice: practice.payers)
        leader = self.line("leader", _("Led by"), lambda practice: practice.led_by)
        questions = [
            (
                "town",
                _("What kind of town?"),
                [self.line("people", "", lambda p: p.city.population)],
            ),
            (
                "cost",
                _("What did it cost, and who paid?"),
                [*self.measured(about.COST), payers, leader],
            ),
            ("result", _("What came of it?"), self.measured(about.RESULT)),
            ("scale", _("How large?"), self.measured(about.SCALE)),
            (
                "time",
                _("How long?"),
                [
                    self.line(
                        "years", "", lambda practice: practice.first_year or practice.last_year
                    )
                ],
            ),
            ("before", _("Before you copy it"), [self.line("lessons", "", lambda p: p.lessons)]),
            (
                "unknown",
                _("What is not known, and whom to ask"),
                [self.line("unknown", "", Asking)],
            ),
            ("others", _("Other figures"), [self.line("others", "", without_measure)]),
        ]
        return [
            (key, question, [line for line in lines if line.shared])
            for key, question, lines in questions
        ]

    def line(self, key, label, tell):
        return Line(key, label, [(each, tell(each.practice)) for each in self.columns], key)

    def measured(self, about):
        """Return a line for each measure that tells of costs, say: those they share first."""
        lines = {}
        for number, column in enumerate(self.columns):
            for indicator in column.practice.indicators.all():
                if indicator.measure and Measure(indicator.measure).about == about:
                    cells = [(each, []) for each in self.columns]
                    _column, told = lines.setdefault(indicator.measure, cells)[number]
                    told.append(Figure(indicator))
        found = [
            Line(measure.value, measure.label, lines[measure], "figures")
            for measure in Measure
            if measure in lines
        ]
        for line in found:
            draw([told for _column, told in line.cells if told])
        return sorted(found, key=lambda line: -line.shared)


def draw(columns):
    """Give the figures of one measure bars, where several practices tell it and none is money."""
    figures = [figure for told in columns for figure in told]
    lengths = [figure.length for figure in figures]
    if len(columns) > 1 and None not in lengths:
        for figure, length in zip(figures, lengths, strict=True):
            figure.share = round(100 * length / (max(lengths) or 1), 1)


def without_measure(practice):
    return [each for each in practice.indicators.all() if not each.measure]


def comparable():
    found = Practice.objects.published().select_related("city__country")
    return found.prefetch_related("indicators")


def shown_whole():
    """Return what is read with practices of which a page shows all."""
    return "indicators", Prefetch("sources", Source.objects.with_visits()), "topics"


def chosen(query, most=MOST, read=None):
    """Return the published practices that a query asks for, in its order, at most so many.

    They may be asked for by addresses that they had before, or be `read` already, by their own.
    """
    slugs = list(dict.fromkeys(query.getlist("p")))[: 10 * most]
    if read is not None:
        return [read[slug] for slug in slugs if slug in read]
    slugs = [slug for slug in slugs if "\0" not in slug]
    published = comparable()
    found = published.filter(slug__in=slugs)
    if len(found) < len(slugs):
        former = FormerAddress.objects.leading_on().filter(slug__in=slugs).exclude(practice=None)
        if moved := {address.slug: address.practice.slug for address in former}:
            slugs = list(dict.fromkeys(moved.get(slug, slug) for slug in slugs))
            found = published.filter(slug__in=slugs)
    return sorted(found, key=lambda practice: slugs.index(practice.slug))[:most]


def pairs_worth_comparing():
    """Return pairs of practices of two towns that tell most of the same results and costs.

    No practice stands in two of them.
    """
    measured = Indicator.objects.exclude(measure="")
    practices = (
        Practice.objects.published()
        .filter(indicators__in=measured)
        .annotate(measures=Count("indicators__measure", distinct=True))
        .order_by("-measures", "pk")
        .select_related("city")
        .prefetch_related(Prefetch("indicators", measured), "chosen_topics")[:PAIRS_AMONG]
    )
    shared = []
    for one, other in combinations(practices, 2):
        topics = {choice.topic_id for choice in one.chosen_topics.all()}
        if one.city_id == other.city_id or topics.isdisjoint(
            choice.topic_id for choice in other.chosen_topics.all()
        ):
            continue
        measures = {each.measure for each in one.indicators.all()}
        measures &= {each.measure for each in other.indicators.all()}
        weight = sum(1 if Measure(m).about == "scale" else 2 for m in measures)
        if weight:
            shared.append((weight, one, other, [m for m in Measure if m in measures]))
    pairs, seen = [], set()
    for _weight, one, other, measures in sorted(shared, key=lambda pair: -pair[0]):
        if seen.isdisjoint({one, other}):
            pairs.append((one, other, measures))
            seen |= {one, other}
    return pairs[:PAIRS_SHOWN]
