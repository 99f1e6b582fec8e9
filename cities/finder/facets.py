"""What each further choice of a filter would leave, counted from one grouped query."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from itertools import compress

from django.db.models import Case, Count, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import (
    City,
    Indicator,
    Payer,
    PracticeTopic,
    Role,
    Size,
    Stage,
    Tells,
    Theme,
    Topic,
    Visits,
)
from ..models.vocabulary import combination, joined_sets_mask
from ..text.measures import Measure
from .filters import NAMED


def size_of(population):
    """Return the expression that puts a population column in its size class."""
    classes = [When(**size.lookups(population), then=Value(size.value)) for size in Size]
    return Case(*classes, default=Value(Size.UNKNOWN.value))


PRESELECTING = ["topics", "tells", "payer", "measure"]  # of what else they ask there are no rows


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and what is asked without it."""

    label: str
    query: str
    changes: dict
    theme: str = ""


@dataclass(frozen=True)
class FilterField:
    """One filter of the form: several choices may be ticked, or one picked."""

    name: str
    label: str
    any_label: str
    choices: list
    is_multiple: bool = False


class Facets:
    """How many answers there are, by every filter at once."""

    def __init__(self, filters, rows, countries):
        self.filters = filters
        self.rows = rows  # the filter_values of records, and how many have them: n
        self.countries = countries

    def count(self, **changes):
        """Return how many answer the filters, or the filters with these changes."""
        filters = replace(self.filters, **changes)
        if any(getattr(filters, name) != getattr(self.filters, name) for name in PRESELECTING):
            return self.filters.changed(**changes).practices().count()
        return sum(row["n"] for row in self.rows if filters.matches(row))

    def themes(self):
        chosen = self.filters.themes
        choices = [
            Choice(value, label, self.count(themes=(*chosen, value)), value in chosen)
            for value, label in Theme.choices
        ]
        return FilterField("theme", _("Joins all of these themes"), "", choices, is_multiple=True)

    def theme(self):
        """Return the themes as a filter of one."""
        chosen = self.filters.themes
        choices = [
            Choice(value, label, self.count(themes=(value,)), value in chosen)
            for value, label in Theme.choices
        ]
        # Translators: the name of a filter; one of three: energy, mobility, spatial planning.
        return FilterField("theme", _("Theme"), pgettext("theme", "all themes"), choices)

    def topics(self):
        chosen = self.filters.topics
        answers = self.filters.practices().order_by().values("pk")
        about = PracticeTopic.objects.filter(practice__in=answers).order_by().values_list("topic")
        counts = dict(about.annotate(n=Count("pk")))
        choices = [
            Choice(topic.slug, topic.name, counts.get(topic.pk, 0), topic.slug in chosen)
            for topic in Topic.objects.published().alphabetically()
        ]
        # Translators: the name of a filter; finer than a theme, such as district heating.
        return FilterField("topic", _("Topic"), "", choices, is_multiple=True)

    def tells(self):
        chosen, counts = self.filters.tells, self.counted(self.filters)
        choices = [Choice(v, text, counts[v], v in chosen) for v, text in Tells.choices]
        # Translators: the name of a filter: of what a practice gives figures; a heading too.
        return FilterField("tells", _("Figures"), "", choices, is_multiple=True)

    def payer(self):
        chosen, counts = self.filters.payer, self.counted(self.filters.changed(payer=""))
        choices = [Choice(v, text, counts[v], v == chosen) for v, text in Payer.choices]
        # Translators: the name of a filter and of a row; who paid follows.
        return FilterField("payer", _("Paid by"), pgettext("payer", "anybody"), choices)

    @cache  # noqa: B019  as long as a request
    def counted(self, filters):
        """Return how many practices answer filters and tell each thing or had each payer."""
        figures = Indicator.objects
        kinds = {t.value: Q(pk__in=figures.telling(t).values("practice")) for t in Tells}
        kinds |= {payer.value: Q(**{f"paid_{payer}": True}) for payer in Payer}
        answers = filters.practices().order_by()
        return answers.aggregate(**{k: Count("pk", filter=told) for k, told in kinds.items()})

    def measure(self):
        answers = self.filters.changed(measure="").practices().order_by().values("pk")
        figures = Indicator.objects.filter(practice__in=answers).exclude(measure="")
        counted = figures.order_by().values_list("measure")
        counts = dict(counted.annotate(n=Count("practice", distinct=True)))
        choices = [
            Choice(value, text, counts.get(value, 0), value == self.filters.measure)
            for value, text in Measure.choices
        ]
        # Translators: the name of a filter, a verb: a practice reports a figure of what is chosen.
        return FilterField("measure", _("Reports"), pgettext("measure", "anything"), choices)

    def one_of(self, name, label, any_label, options):
        chosen = getattr(self.filters, name)
        filters = replace(self.filters, **{name: ""})
        left = Counter()
        for row in self.rows:
            if filters.matches(row):
                left[row[name]] += row["n"]
        choices = [Choice(value, text, left[value], value == chosen) for value, text in options]
        return FilterField(name, label, any_label, choices)

    def country(self):
        options = [(country.code, country.name) for country in self.countries]
        # Translators: the name of a filter and of a field.
        return self.one_of("country", _("Country"), _("all countries"), options)

    def role(self):
        return self.one_of("role", _("Role"), _("all roles"), Role.choices)

    def stage(self):
        # Translators: the name of a filter: how far a practice is.
        return self.one_of("stage", _("Stage"), _("all stages"), Stage.choices)

    def size(self):
        label = _("Size of the place")
        return self.one_of("size", label, pgettext("size", "any size"), Size.choices)

    def visits(self):
        """Return the filter for cities that receive study visits; None while no city does.

        A search that leaves none of them does not take it off.
        """
        hosts = City.objects.published().filter(study_visits=Visits.YES)
        if any(row["visits"] == Visits.YES for row in self.rows) or hosts.exists():
            options = [(Visits.YES.value, Visits.YES.label)]
            # Translators: the name of a filter: whether cities receive those who come to see.
            label, any_label = _("Study visits"), pgettext("study visits", "all cities")
            return self.one_of("visits", label, any_label, options)
        return None

    def chips(self):
        """Return a Chip for each filter that is set, in the order of the form."""
        filters = self.filters
        names = {country.code: country.name for country in self.countries}
        found = [
            (Theme(theme).label, {"themes": tuple(t for t in filters.themes if t != theme)}, theme)
            for theme in filters.themes
        ]
        for topic in filters.named_topics:
            rest = tuple(slug for slug in filters.topics if slug != topic.slug)
            found.append((topic.name, {"topics": rest}, ""))
        if filters.country:
            found.append((names[filters.country], {"country": ""}, ""))
        for told in filters.tells:
            rest = tuple(other for other in filters.tells if other != told)
            found.append((Tells(told).label, {"tells": rest}, ""))
        for name, choices in NAMED.items():
            if value := getattr(filters, name):
                found.append((choices(value).label, {name: ""}, ""))
        return [
            Chip(label, replace(filters, **changes).query_string(), changes, theme)
            for label, changes, theme in found
        ]

    def relaxations(self):
        """Return (filter in words, query without it, how many it would leave), most first.

        For a question without an answer: which filter to lift.
        """
        counted = [(chip.label, chip.query, self.count(**chip.changes)) for chip in self.chips()]
        return sorted([c for c in counted if c[2]], key=lambda c: -c[2])


def practice_facets(filters, countries):
    themes = Theme.values
    found = (
        filters.practice_answer.among(filters.preselected())
        .order_by()
        .values_list("city__country", "stage", size_of("city__population"), *themes)
        .annotate(n=Count("pk"))
    )
    codes = {country.pk: country.code for country in countries}
    rows = [
        {
            "country": codes[country],
            "stage": stage,
            "size": size,
            "mask": joined_sets_mask(1 << combination(compress(themes, flags))),
            "n": n,
        }
        for country, stage, size, *flags, n in found
        if country in codes  # one whose first city came meanwhile is not
    ]
    return Facets(filters, rows, countries)


def city_facets(filters, countries):
    found = (
        filters.city_answer.among(City.objects.published())
        .order_by()
        .with_themes()
        .values_list("country", "role", size_of("population"), "study_visits", "theme_sets_mask")
        .annotate(n=Count("pk"))
    )
    codes = {country.pk: country.code for country in countries}
    counts = Counter()  # many own sets join the same ones
    for country, *own, theme_sets_mask, n in found:
        if country in codes:
            counts[codes[country], *own, joined_sets_mask(theme_sets_mask)] += n
    names = ("country", "role", "size", "visits", "mask", "n")
    rows = [
        dict(zip(names, (*filter_values, n), strict=True)) for filter_values, n in counts.items()
    ]
    return Facets(filters, rows, countries)
