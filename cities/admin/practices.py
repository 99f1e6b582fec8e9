"""Good practices."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Practice
from ..resources import PracticeResource
from ..translation import in_a_sentence
from .editing import PUBLICATION, EditingAdmin, both
from .evidence import IndicatorInline, PhotoInline, SourceInline
from .lists import FoldedSearch, ReviewDue, Unchecked
from .rights import Publishing
from .tables import TableAdmin
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
