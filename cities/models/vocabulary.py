"""The closed lists that translators name."""

from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Theme(models.TextChoices):
    ENERGY = "energy", _("energy")
    MOBILITY = "mobility", _("mobility")
    SPATIAL = "spatial", _("spatial planning")


NUMBERS = {theme: 1 << bit for bit, theme in enumerate(Theme.values)}


def combination(themes):
    """Return the number of a set of themes: the sum of energy 1, mobility 2 and spatial 4."""
    return sum(NUMBERS[theme] for theme in set(themes))


@cache
def joined_sets_mask(sets_mask):
    """Return the mask of theme sets that practices join, from the mask of those that they have.

    Bit 5 of `sets_mask` tells that one has just energy and spatial, combination 5; bit 5 of the
    answer that one joins at least these. Bit 0 is always there: everything joins no theme.
    """
    every = range(1, 1 << len(Theme))
    sets = [each for each in every if sets_mask >> each & 1]
    return 1 + sum(1 << asked for asked in every if any(each & asked == asked for each in sets))


class Role(models.TextChoices):
    PRECURSOR = "precursor", _("precursor city")
    COMMITTED = "committed", _("committed city")


class Stage(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("stage", "planned")
    UNDERWAY = "underway", pgettext_lazy("stage", "under way")
    OPERATION = "operation", pgettext_lazy("stage", "in operation")
    COMPLETED = "completed", pgettext_lazy("stage", "completed")


class Payer(models.TextChoices):
    """Whose money a practice was done with."""

    OWN = "own", pgettext_lazy("payer", "the municipality’s own budget")
    REGION = "region", pgettext_lazy("payer", "the region")
    STATE = "state", pgettext_lazy("payer", "the state")
    EU = "eu", pgettext_lazy("payer", "the European Union")
    EEA = "eea", pgettext_lazy("payer", "EEA and Norway Grants")
    COMPANY = "company", pgettext_lazy("payer", "a company or a co-operative")
    RESIDENTS = "residents", pgettext_lazy("payer", "residents")


class Occasion(models.TextChoices):
    """What kind of event it is."""

    MEETING = "meeting", pgettext_lazy("event", "meeting")
    WORKSHOP = "workshop", pgettext_lazy("event", "workshop")
    TRAINING = "training", pgettext_lazy("event", "training")
    STUDY_VISIT = "study_visit", pgettext_lazy("event", "study visit")
    CONFERENCE = "conference", pgettext_lazy("event", "conference")
    AWARD = "award", pgettext_lazy("event", "award")


class Precision(models.TextChoices):
    """How precisely the days of an event are known; a blank is not at all."""

    DAY = "day", pgettext_lazy("precision", "to the day")
    MONTH = "month", pgettext_lazy("precision", "to the month")
    SEASON = "season", pgettext_lazy("precision", "to the season")


class Held(models.TextChoices):
    """What the source says of an event: that it was held, or only that it will be."""

    HELD = "held", pgettext_lazy("event", "held")
    ANNOUNCED = "announced", pgettext_lazy("event", "announced")


class Genre(models.TextChoices):
    """What kind of thing of the library it is."""

    TOOL = "tool", pgettext_lazy("library", "tool")
    TEMPLATE = "template", pgettext_lazy("library", "template")
    GUIDE = "guide", pgettext_lazy("library", "guide")
    PLAN = "plan", pgettext_lazy("library", "plan")
    REPORT = "report", pgettext_lazy("library", "report")
    FILM = "film", pgettext_lazy("library", "film")


class Language(models.TextChoices):
    """In which language a thing of the library is; those of the programme’s countries."""

    DUTCH = "nl", pgettext_lazy("language", "Dutch")
    ENGLISH = "en", pgettext_lazy("language", "English")
    GERMAN = "de", pgettext_lazy("language", "German")
    HUNGARIAN = "hu", pgettext_lazy("language", "Hungarian")
    ITALIAN = "it", pgettext_lazy("language", "Italian")
    POLISH = "pl", pgettext_lazy("language", "Polish")
    SWEDISH = "sv", pgettext_lazy("language", "Swedish")


class Tells(models.TextChoices):
    """What can be asked of the figures of a practice."""

    COST = "cost", _("tells its cost")
    RESULT = "result", _("has a measured result")


class Size(models.TextChoices):
    """How many people live in a place."""

    VILLAGE = "under-5k", pgettext_lazy("size", "under 5,000")
    SMALL = "5k-20k", pgettext_lazy("size", "5,000 to 20,000")
    MIDDLE = "20k-100k", pgettext_lazy("size", "20,000 to 100,000")
    LARGE = "over-100k", pgettext_lazy("size", "100,000 and more")
    UNKNOWN = "unknown", pgettext_lazy("size", "unknown")

    @classmethod
    def of(cls, population):
        """Return the size of a place; None is a population that nobody knows."""
        if population is None:
            return cls.UNKNOWN
        return next(size for size, limit in SIZE_LIMITS.items() if population < limit)

    def lookups(self, column):
        """Return what a population column of this size passes, for a queryset's filter."""
        if self == Size.UNKNOWN:
            return {f"{column}__isnull": True}
        limit = SIZE_LIMITS[self]
        least = max((other for other in SIZE_LIMITS.values() if other < limit), default=0)
        return {f"{column}__gte": least, f"{column}__lt": limit}


SIZE_LIMITS = {  # people; so many no longer belong to it
    Size.VILLAGE: 5_000,
    Size.SMALL: 20_000,
    Size.MIDDLE: 100_000,
    Size.LARGE: 2**31,
}


class Visits(models.TextChoices):
    """Whether a city receives those who come to see what it did; a blank is not known."""

    YES = "yes", _("receives study visits")
    # Translators: no study visits; said of a city.
    NO = "no", pgettext_lazy("study visits", "receives none")


class Sort(models.TextChoices):
    """In which order practices stand; without one, what answers best comes first."""

    NAME = "name", pgettext_lazy("order", "by alphabet")
    THEMES = "themes", pgettext_lazy("order", "most themes first")
    NEW = "new", pgettext_lazy("order", "last changed first")
    PEOPLE = "people", pgettext_lazy("order", "smallest towns first")
    FIGURE = "figure", pgettext_lazy("order", "largest figure first")  # of the measure asked for


class Status(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("status", "draft")
    REVIEW = "review", pgettext_lazy("status", "in review")
    PUBLISHED = "published", pgettext_lazy("status", "published")
