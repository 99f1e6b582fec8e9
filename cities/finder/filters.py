"""What a visitor asks for: one reading of the query string for every page and feed."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef

from ..models import City, Practice, PracticeTopic, Role, Size, Sort, Stage, Theme, Topic
from ..models.vocabulary import combination
from ..text.cleaning import cleaned
from . import similarity
from .search import LONGEST_SEARCH, find

LONGEST_NAME = 80  # characters; what follows is not read
MOST_CHOSEN = 12
SLUG = re.compile("[a-z0-9-]{1,80}")


def topics():
    """Return the addresses of the topics that can be asked for."""
    return Topic.objects.published().values_list("slug", flat=True)


@dataclass(frozen=True)
class Filters:
    """The filters of a query string; unknown values are left out.

    Themes are joined by AND: a practice matches when it joins them all, a city when one
    of its published practices does. So are topics, which only practices are asked for. Size is
    that of the city. `like` leaves none out: it names a town, and the practices of towns like it
    come first. Nor do `chosen`, the addresses of practices that are ticked.
    """

    themes: tuple = ()
    topics: tuple = ()  # addresses
    country: str = ""
    role: str = ""
    stage: str = ""
    size: str = ""
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
            country=one("country", [country.code for country in countries]),
            role=one("role", Role.values),
            stage=one("stage", Stage.values),
            size=one("size", Size.values),
            search=words("q", LONGEST_SEARCH),
            like=words("like", LONGEST_NAME),
            sort=one("sort", Sort.values),
            chosen=tuple(filter(SLUG.fullmatch, dict.fromkeys(query.getlist("p"))))[:MOST_CHOSEN],
        )

    def query_string(self):
        """Return the query string that asks this filters."""
        asked = [("theme", theme) for theme in self.themes]
        asked += [("topic", slug) for slug in self.topics]
        asked += [
            ("country", self.country),
            ("role", self.role),
            ("stage", self.stage),
            ("size", self.size),
            ("q", self.search),
            ("like", self.like),
            ("sort", self.sort),
            *(("p", slug) for slug in self.chosen),
        ]
        return urlencode([(name, value) for name, value in asked if value])

    @property
    def asks_for_cities(self):
        return any([self.themes, self.country, self.role, self.size, self.search])

    @property
    def asks_for_practices(self):
        filters = [self.themes, self.topics, self.country, self.stage, self.size, self.search]
        return any([*filters, self.like])

    @cached_property
    def town(self):
        """The town whose like is asked for; None where none is, or none is known."""
        return similarity.town(self.like)

    @cached_property
    def city_answer(self):
        """How the search finds cities, whatever else is asked for."""
        return find(self.search, City.objects.published())

    def others_practices(self):
        """Return the published practices but those of the town that asks for its like."""
        found = Practice.objects.published()
        return found.exclude(city=self.town.city_id) if self.town and self.town.city_id else found

    @cached_property
    def practice_answer(self):
        return find(self.search, Practice.objects.published())

    def in_words(self, countries):
        """Return what is asked for, as a list of words in the page's language."""
        words = [Theme(theme).label for theme in self.themes]
        words += [topic.name for topic in self.named_topics]
        words += [country.name for country in countries if country.code == self.country]
        for value, choices in ((self.role, Role), (self.stage, Stage), (self.size, Size)):
            words += [choices(value).label] if value else []
        return [*map(str, words), *([self.search] if self.search else [])]

    def matches(self, filter_values):
        """Tell whether a record of these filter_values answers all but the search.

        For what is counted or shown without asking the database again; filters.js does the same.
        """
        topics = filter_values.get("topics")
        return (
            bool(filter_values["mask"] >> self.combination & 1)
            and (topics is None or set(self.topics) <= set(topics.split()))
            and all(filter_values.get(name, value) == value for name, value in self.asked)
        )

    @cached_property
    def asked(self):
        """The filters of one value, as (name, value), that leave something out."""
        values = [(name, getattr(self, name)) for name in ("country", "role", "stage", "size")]
        return [(name, value) for name, value in values if value]

    @cached_property
    def named_topics(self):
        return Topic.objects.filter(slug__in=self.topics).alphabetically() if self.topics else []

    @cached_property
    def combination(self):
        return combination(self.themes)

    def cities(self):
        """Return the published cities that answer, alphabetically, best matches first."""
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
        return self.city_answer.among(found)

    def practices(self):
        """Return the published practices that answer, alphabetically, best matches first.

        Before the alphabet goes how like the town asked for their cities are.
        """
        found = self.others_practices().joining(self.themes).about(self.topics).alphabetically()
        if self.country:
            found = found.filter(city__country__code=self.country)
        if self.stage:
            found = found.filter(stage=self.stage)
        if self.size:
            found = found.filter(**Size(self.size).lookups("city__population"))
        if self.sort:
            return self.practice_answer.among(found).sorted_by(self.sort)
        if self.town:
            similarity_order = similarity.similarity_score(self.town, "city__").desc()
            found = found.order_by(similarity_order, *found.query.order_by)
        return self.practice_answer.among(found)
