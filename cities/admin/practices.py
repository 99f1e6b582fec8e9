"""Good practices."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..importing.resources import PracticeResource
from ..models import Practice
from ..text.translation import in_a_sentence
from .editing import PUBLICATION, EditingAdmin, both
from .imports import TableAdmin
from .lists import FoldedSearch, ReviewDue, Unchecked
from .parts import IndicatorInline, PhotoInline, SourceInline
from .rights import Publishing
from .translations import TranslatableAdmin


@admin.register(Practice)
class PracticeAdmin(TableAdmin, FoldedSearch, Publishing, TranslatableAdmin, EditingAdmin):
    resource_classes = [PracticeResource]
    list_display = ["title", "city", "theme_names", "stage", "status", "publish_at"]
    list_filter = [
        "status",
        "energy",
        "mobility",
        "spatial",
        "stage",
        "city__country",
        ReviewDue,
        Unchecked,
    ]
    list_select_related = ["city"]
    search_fields = [*both("title"), "slug", *(f"city__{column}" for column in both("name"))]
    autocomplete_fields = ["city"]
    inlines = [IndicatorInline, SourceInline, PhotoInline]
    fieldsets = [
        (None, {"fields": [both("title"), "city"]}),
        (_("Themes"), {"fields": ["energy", "mobility", "spatial"]}),
        (_("Texts"), {"fields": [both("summary"), both("description"), both("lessons")]}),
        # Translators: heads the stage and the years of a practice.
        (_("When"), {"fields": [("stage", "first_year", "last_year")]}),
        PUBLICATION,
    ]

    @admin.display(description=_("themes"))
    def theme_names(self, practice):
        return in_a_sentence(theme.label for theme in practice.themes)
