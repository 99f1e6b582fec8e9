"""What a visitor asks for: one reading of the query string for every page and feed."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef

from .models import City, Practice, Role, Size, Stage, Theme
from .models.vocabulary import combination
from .search import matching

LONGEST_SEARCH = 200  # characters; what follows is not read


@dataclass(frozen=True)
class Question:
    """The filters of a query string; unknown values are left out.

    Themes are joined by AND: a practice matches when it joins them all, a city when one
    of its published practices does. Size is that of the city.
    """

    themes: tuple = ()
    country: str = ""
    role: str = ""
    stage: str = ""
    size: str = ""
    search: str = ""

    @classmethod
    def read(cls, query, countries):
        """Return the question of a QueryDict; case does not matter.

        `countries` are those that can be asked for.
        """

        def known(name, choices):
            asked = {value.casefold() for value in query.getlist(name)}
            return tuple(choice for choice in choices if choice in asked)

        def one(name, choices):
            return next(iter(known(name, choices)), "")

        return cls(
            themes=known("theme", Theme.values),
            country=one("country", [country.code for country in countries]),
            role=one("role", Role.values),
            stage=one("stage", Stage.values),
            size=one("size", Size.values),
            search=" ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST_SEARCH],
        )

    def query_string(self):
        """Return the query string that asks this question."""
        asked = [("theme", theme) for theme in self.themes]
        asked += [
            ("country", self.country),
            ("role", self.role),
            ("stage", self.stage),
            ("size", self.size),
            ("q", self.search),
        ]
        return urlencode([(name, value) for name, value in asked if value])

    @property
    def asks_for_cities(self):
        return any([self.themes, self.country, self.role, self.size, self.search])

    @property
    def asks_for_practices(self):
        return any([self.themes, self.country, self.stage, self.size, self.search])

    def matches(self, traits):
        """Tell whether a record of these traits answers all but the search.

        For what is counted or shown without asking the database again; question.js does the same.
        """
        asked = {name: getattr(self, name) for name in ("country", "role", "stage", "size")}
        alike = all(not value or traits.get(name, value) == value for name, value in asked.items())
        return alike and bool(traits["joined"] >> combination(self.themes) & 1)

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
        return matching(found, self.search)

    def practices(self):
        """Return the published practices that answer, alphabetically, best matches first."""
        found = Practice.objects.published().joining(self.themes).alphabetically()
        if self.country:
            found = found.filter(city__country__code=self.country)
        if self.stage:
            found = found.filter(stage=self.stage)
        if self.size:
            found = found.filter(**Size(self.size).lookups("city__population"))
        return matching(found, self.search)
