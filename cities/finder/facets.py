"""What each further choice of a filter would leave: how many cities, how many practices."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from ..models import (
    City,
    Payer,
    Role,
    Size,
    Sort,
    Stage,
    Tells,
    Theme,
    Topic,
    Visits,
)
from ..text.measures import Measure
from .filters import NAMED, Filters
from .ordered import Best
from .similarity import similarity_score


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
    """How many records there are, and which, from the sets of all."""

    def __init__(self, filters, countries, sets):
        self.filters, self.countries, self.sets = filters, countries, sets

    @cached_property
    def asked(self):
        """The set of what the search finds, in the countries that can be asked for."""
        having = self.sets.having
        found = reduce(or_, (having.get(("country", c.code), 0) for c in self.countries), 0)
        return found & self.found()

    def answers(self, filters):
        """Return the set of those that answer filters with the same search."""
        found = self.asked
        for asked in self.asked_by(filters):
            found &= self.sets.having.get(asked, 0)
        return found

    def count(self, **changes):
        """Return how many answer the filters, or the filters with these changes."""
        return self.answers(replace(self.filters, **changes)).bit_count()

    def left(self, name, changes=None):
        """Return how many each value of a filter would leave in the place of what is chosen."""
        changes = {name: ""} if changes is None else changes
        found = self.answers(replace(self.filters, **changes))
        sets = self.sets.having.items()
        return Counter({v: (found & these).bit_count() for (of, v), these in sets if of == name})

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

    def one_of(self, name, label, any_label, options):
        chosen, left = getattr(self.filters, name), self.left(name)
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
        if ("visits", Visits.YES) in self.sets.having:
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


class CityFacets(Facets):
    def __init__(self, filters, countries):
        super().__init__(filters, countries, filters.every_city)

    def found(self):
        return self.filters.city_answer.found(self.sets)

    def asked_by(self, filters):
        return filters.asked_of_cities


class PracticeFacets(Facets):
    def __init__(self, filters, countries):
        super().__init__(filters, countries, filters.every_practice)

    def found(self):
        """Return the set of what the search finds, but for the town that asks for its like."""
        found, town = self.filters.practice_answer.found(self.sets), self.filters.town
        return found & ~self.sets.of_city(town.city_id) if town and town.city_id else found

    def asked_by(self, filters):
        return filters.asked_of_practices

    def best_first(self, practices):
        """Return the answers among practices, of which no more are read than a page shows.

        What answers a search best comes first, unless a visitor sorts them.
        """
        filters, answers = self.filters, self.answers(self.filters)
        ranked = [answers]
        if filters.search and not filters.is_sorted:
            ranked = [held & answers for held in filters.practice_answer.ranked(self.sets)]
        return Best(ranked, self.sets, self.order(), practices)

    def order(self):
        """Return the order of all practices that a visitor has chosen, or of the alphabet.

        Before that goes how like the town asked for their cities are.
        """
        filters = self.filters
        sort = filters.sort if filters.is_sorted else Sort.NAME
        measure = filters.measure if sort == Sort.FIGURE else ""
        every = Filters(sort=sort, measure=measure).practices_by_filters()
        order = self.sets.order((sort, measure, get_language()), every)
        if not filters.town or filters.is_sorted:
            return order
        cities = City.objects.published().order_by()
        score = dict(cities.values_list("pk", similarity_score(filters.town)))
        return sorted(order, key=lambda place: score.get(self.sets.cities[place], 0), reverse=True)

    def several(self, name, label, options):
        """Return a filter of which several are chosen, and each leaves what has all of them."""
        chosen, left = getattr(self.filters, name), self.left(name, {})
        choices = [Choice(value, text, left[value], value in chosen) for value, text in options]
        return FilterField(name, label, "", choices, is_multiple=True)

    def topics(self):
        options = [(t.slug, t.name) for t in Topic.objects.published().alphabetically()]
        # Translators: the name of a filter; finer than a theme, such as district heating.
        return replace(self.several("topics", _("Topic"), options), name="topic")

    def tells(self):
        # Translators: the name of a filter: of what a practice gives figures; a heading too.
        return self.several("tells", _("Figures"), Tells.choices)

    def payer(self):
        # Translators: the name of a filter and of a row; who paid follows.
        return self.one_of("payer", _("Paid by"), pgettext("payer", "anybody"), Payer.choices)

    def measure(self):
        # Translators: the name of a filter, a verb: a practice reports a figure of what is chosen.
        label, any_label = _("Reports"), pgettext("measure", "anything")
        return self.one_of("measure", label, any_label, Measure.choices)
