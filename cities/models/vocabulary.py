"""The closed lists that translators name."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Theme(models.TextChoices):
    ENERGY = "energy", _("energy")
    MOBILITY = "mobility", _("mobility")
    SPATIAL = "spatial", _("spatial planning")


# Every set of themes that a practice can join, under the name of a column that tells whether
# a city has one: CityQuerySet.with_themes.
JOINABLE = {
    "energy": ("energy",),
    "mobility": ("mobility",),
    "spatial": ("spatial",),
    "energy_mobility": ("energy", "mobility"),
    "energy_spatial": ("energy", "spatial"),
    "mobility_spatial": ("mobility", "spatial"),
    "integrated": ("energy", "mobility", "spatial"),
}


class Role(models.TextChoices):
    PRECURSOR = "precursor", _("precursor city")
    COMMITTED = "committed", _("committed city")


class Stage(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("stage", "planned")
    UNDERWAY = "underway", pgettext_lazy("stage", "under way")
    OPERATION = "operation", pgettext_lazy("stage", "in operation")
    COMPLETED = "completed", pgettext_lazy("stage", "completed")


class Size(models.TextChoices):
    """How many people live in a place."""

    VILLAGE = "under-5k", pgettext_lazy("size", "under 5,000")
    SMALL = "5k-20k", pgettext_lazy("size", "5,000 to 20,000")
    MIDDLE = "20k-100k", pgettext_lazy("size", "20,000 to 100,000")
    LARGE = "over-100k", pgettext_lazy("size", "100,000 and more")
    UNKNOWN = "unknown", pgettext_lazy("size", "unknown")

    def lookups(self, column):
        """Return what a population column of this size passes, for a queryset's filter."""
        if self == Size.UNKNOWN:
            return {f"{column}__isnull": True}
        least, limit = {
            Size.VILLAGE: (0, 5_000),
            Size.SMALL: (5_000, 20_000),
            Size.MIDDLE: (20_000, 100_000),
            Size.LARGE: (100_000, 2**31),
        }[self]
        return {f"{column}__gte": least, f"{column}__lt": limit}


class Status(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("status", "draft")
    REVIEW = "review", pgettext_lazy("status", "in review")
    PUBLISHED = "published", pgettext_lazy("status", "published")
