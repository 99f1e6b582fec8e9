"""What a visitor asks for: one reading of the query string for every page and feed."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef

from ..models import (
    City,
    Payer,
    Practice,
    PracticeTopic,
    Role,
    Size,
    Sort,
    Stage,
    Tells,
    Theme,
    Topic,
    Visits,
)
from ..models.vocabulary import combination
from ..text.cleaning import cleaned
from ..text.measures import Measure
from . import similarity
from .search import LONGEST_SEARCH, UNASKED, find
from .sets import city_sets, practice_sets

LONGEST_NAME = 80  # characters; what follows is not read
MOST_CHOSEN = 12
OF_ONE = ["country", "role", "stage", "size", "visits"]  # of which a record has one value
NAMED = {"role": Role, "stage": Stage, "size": Size, "visits": Visits, "payer": Payer}
NAMED |= {"measure": Measure}
SLUG = re.compile("[a-z0-9-]{1,80}")


def topics():
    """Return the addresses of the topics that can be asked for."""
    return Topic.objects.published().values_list("slug", flat=True)


@dataclass(frozen=True)
class Filters:
    """The filters of a query string; unknown values are left out.

    Themes are joined by AND: a practice matches when it joins them all, a city when one
    of its published practices does. So are topics and what figures tell; of these, of payers and of
    measures only practices are asked. Size is that of the city. `like` leaves none out: it names a
    town, and the practices of towns like it come first. Nor do `chosen`, the addresses of practices
    that are ticked.
    """

    themes: tuple = ()
    topics: tuple = ()  # addresses
    tells: tuple = ()
    country: str = ""
    role: str = ""
    stage: str = ""
    size: str = ""
    visits: str = ""
    payer: str = ""
    measure: str = ""
    search: str = ""
    like: str = ""
    sort: str = ""
    chosen: tuple = ()

    @classmethod
    def read(cls, query, countries):
        """Return the filters of a QueryDict; case does not matter.

        `countries` are those that can be asked for.
        """

        def known(name, choices):
            asked = {value.casefold() for value in query.getlist(name)}
            return tuple(choice for choice in choices if choice in asked)

        def one(name, choices):
            return next(iter(known(name, choices)), "")

        def words(name, longest):
            return " ".join(cleaned(query.get(name, "").replace("\0", " ")).split())[:longest]

        return cls(
            themes=known("theme", Theme.values),
            topics=known("topic", topics() if "topic" in query else ())[: PracticeTopic.MOST],
            tells=known("tells", Tells.values),
            country=one("country", [country.code for country in countries]),
            role=one("role", Role.values),
            stage=one("stage", Stage.values),
            size=one("size", Size.values),
            visits=one("visits", [Visits.YES.value]),
            payer=one("payer", Payer.values),
            measure=one("measure", Measure.values),
            search=words("q", LONGEST_SEARCH),
            like=words("like", LONGEST_NAME),
            sort=one("sort", Sort.values),
            chosen=tuple(filter(SLUG.fullmatch, dict.fromkeys(query.getlist("p"))))[:MOST_CHOSEN],
        )

    def misses(self, query):
        """Tell whether a query asks for a value that no record has, and that these leave out."""
        read = {"theme": self.themes, "topic": self.topics, "tells": self.tells}
        read |= {name: (getattr(self, name),) for name in [*OF_ONE, "payer", "measure"]}
        return any(
            {value.casefold() for value in query.getlist(name) if value.strip()} - set(values)
            for name, values in read.items()
        )

    def query_string(self):
        """Return the query string that asks this filters."""
        asked = [("theme", theme) for theme in self.themes]
        asked += [("topic", slug) for slug in self.topics]
        asked += [("tells", told) for told in self.tells]
        asked += [
            ("country", self.country),
            ("role", self.role),
            ("stage", self.stage),
            ("size", self.size),
            ("visits", self.visits),
            ("payer", self.payer),
            ("measure", self.measure),
            ("q", self.search),
            ("like", self.like),
            ("sort", self.sort),
            *(("p", slug) for slug in self.chosen),
        ]
        return urlencode([(name, value) for name, value in asked if value])

    @property
    def asks_for_cities(self):
        filters = [self.themes, self.country, self.role, self.size, self.visits]
        return any([*filters, self.search])

    @property
    def asks_for_practices(self):
        filters = [self.themes, self.topics, self.tells, self.country, self.stage, self.size]
        return any([*filters, self.payer, self.measure, self.search, self.like])

    @cached_property
    def town(self):
        """The town whose like is asked for; None where none is, or none is known."""
        return similarity.town(self.like) if self.like else None

    @cached_property
    def every_city(self):
        return city_sets()

    @cached_property
    def every_practice(self):
        return practice_sets()

    @cached_property
    def city_answer(self):
        """How the search finds cities, whatever else is asked for."""
        return find(self.search, self.every_city) if self.search else UNASKED

    def others_practices(self):
        """Return the published practices but those of the town that asks for its like."""
        found = Practice.objects.published()
        return found.exclude(city=self.town.city_id) if self.town and self.town.city_id else found

    def preselected(self):
        """Return the practices among which the other filters choose."""
        found = self.others_practices().about(self.topics).telling(self.tells)
        return found.paid_by(self.payer).reporting(self.measure)

    @cached_property
    def practice_answer(self):
        return find(self.search, self.every_practice) if self.search else UNASKED

    def in_words(self, countries):
        """Return what is asked for, as a list of words in the page's language."""
        words = [Theme(theme).label for theme in self.themes]
        words += [topic.name for topic in self.named_topics]
        words += [country.name for country in countries if country.code == self.country]
        words += [Tells(told).label for told in self.tells]
        for name, choices in NAMED.items():
            if value := getattr(self, name):
                words.append(choices(value).label)
        return [*map(str, words), *([self.search] if self.search else [])]

    def matches(self, filter_values):
        """Tell whether a record of these filter_values answers all but the search.

        For what is counted or shown without asking the database again; filters.js does the same.
        """
        return (
            bool(filter_values["mask"] >> self.combination & 1)
            and all(filter_values.get(name, value) == value for name, value in self.asked)
            and all(
                asked <= set(filter_values[name].split())
                for name, asked in self.asked_of_many
                if name in filter_values
            )
        )

    @cached_property
    def asked_of_many(self):
        """The filters that leave something out of what has several values, as (name, values)."""
        asked = {"topics": self.topics, "tells": self.tells}
        asked |= {"payer": filter(None, [self.payer]), "measure": filter(None, [self.measure])}
        return [(name, set(values)) for name, values in asked.items()]

    @cached_property
    def asked_of_practices(self):
        """The filters that leave some practices out, as (name, value)."""
        several = [("themes", theme) for theme in self.themes]
        several += [(name, value) for name, values in self.asked_of_many for value in values]
        return [*several, *((name, v) for name, v in self.asked if name not in ("role", "visits"))]

    @cached_property
    def asked_of_cities(self):
        """The filters that leave some cities out, as (name, value)."""
        themes = [("themes", self.combination)] if self.themes else []
        return [*themes, *((name, value) for name, value in self.asked if name != "stage")]

    @cached_property
    def asked(self):
        """The filters of one value, as (name, value), that leave something out."""
        values = [(name, getattr(self, name)) for name in OF_ONE]
        return [(name, value) for name, value in values if value]

    @cached_property
    def named_topics(self):
        return Topic.objects.filter(slug__in=self.topics).alphabetically() if self.topics else []

    @cached_property
    def combination(self):
        return combination(self.themes)

    def cities(self):
        """Return the published cities that answer, alphabetically."""
        found = City.objects.published().alphabetically()
        if self.themes:
            practices = Practice.objects.published().joining(self.themes)
            found = found.filter(Exists(practices.filter(city=OuterRef("pk"))))
        if self.country:
            found = found.in_country(self.country)
        if self.role:
            found = found.filter(role=self.role)
        if self.size:
            found = found.filter(**Size(self.size).lookups("population"))
        if self.visits:
            found = found.filter(study_visits=self.visits)
        return self.city_answer.among(found)

    def practices(self):
        """Return the published practices that answer, in the order of `practices_by_filters`."""
        return self.practice_answer.among(self.practices_by_filters())

    def practices_by_filters(self):
        """Return the published practices that answer all but the search, as a visitor sorts them.

        Else they stand in the order of the alphabet; before that goes how like the town asked for
        their cities are.
        """
        found = self.preselected().joining(self.themes).alphabetically()
        if self.country:
            found = found.filter(city__country__code=self.country)
        if self.stage:
            found = found.filter(stage=self.stage)
        if self.size:
            found = found.filter(**Size(self.size).lookups("city__population"))
        if self.sort == Sort.FIGURE and self.measure:
            return found.largest_first(self.measure)
        if self.is_sorted:
            return found.sorted_by(self.sort)
        if self.town:
            similarity_order = similarity.similarity_score(self.town, "city__").desc()
            found = found.order_by(similarity_order, *found.query.order_by)
        return found

    @property
    def is_sorted(self):
        """Tell whether a visitor has chosen an order that can be had."""
        return self.sort and (self.sort != Sort.FIGURE or self.measure)
