"""Good practices and their topics."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..evidence.unknown import Unknown, silent_about
from ..importing.resources import PracticeResource, TopicResource
from ..models import Payer, Practice, PracticeTopic, Topic
from ..text.translation import in_a_sentence
from .copying import Copying
from .drafting import Drafting, StateFilter
from .editing import CONFIRMED, PUBLICATION, EditingAdmin, both
from .imports import TableAdmin
from .lists import FoldedSearch, ReviewDue, counted, number_of
from .parts import ChoiceInline, IndicatorInline, PhotoInline, SourceInline
from .showing import Showing
from .translations import TranslatableAdmin

PAYERS = [f"paid_{payer}" for payer in Payer]


@admin.register(Topic)
class TopicAdmin(Showing, TableAdmin, Drafting, TranslatableAdmin, EditingAdmin):
    resource_classes = [TopicResource]
    list_display = ["name", "theme", "practice_count", "state", "publish_at"]
    list_filter = [StateFilter, "theme", ReviewDue]
    search_fields = [*both("name"), *both("synonyms"), "slug"]
    fieldsets = [
        (None, {"fields": [both("name"), "theme"]}),
        (_("Texts"), {"fields": [both("intro"), both("synonyms")]}),
        PUBLICATION,
    ]

    def get_queryset(self, request):
        count = number_of(PracticeTopic, "topic")
        return super().get_queryset(request).annotate(practice_count=count)

    @admin.display(description=_("good practices"), ordering="practice_count")
    def practice_count(self, topic):
        return counted(topic.practice_count, "practice", topics__id__exact=topic.pk)


class PracticeTopicInline(ChoiceInline):
    """The one that says most of the practice comes first."""

    model = PracticeTopic
    fields = ["topic"]
    max_num = PracticeTopic.MOST


class SilenceFilter(admin.SimpleListFilter):
    """What to look for, or to ask a town about."""

    title = _("the sources do not say")
    parameter_name = "unknown"

    def lookups(self, request, model_admin):
        return Unknown.choices

    def queryset(self, request, practices):
        what = self.value()
        return practices.filter(silent_about(what)) if what in Unknown else practices


@admin.register(Practice)
class PracticeAdmin(
    Showing, Copying, TableAdmin, FoldedSearch, Drafting, TranslatableAdmin, EditingAdmin
):
    resource_classes = [PracticeResource]
    list_display = ["title", "city", "theme_names", "stage", "state", "publish_at"]
    list_filter = [
        StateFilter,
        "energy",
        "mobility",
        "spatial",
        "stage",
        "topics",
        "city__country",
        SilenceFilter,
        ReviewDue,
    ]
    list_select_related = ["city"]
    search_fields = [*both("title"), "slug", *(f"city__{column}" for column in both("name"))]
    autocomplete_fields = ["city"]
    inlines = [PracticeTopicInline, IndicatorInline, SourceInline, PhotoInline]
    fieldsets = [
        (None, {"fields": [both("title"), "city"]}),
        # Translators: heads the boxes of energy, mobility and spatial planning.
        (_("Themes"), {"fields": ["energy", "mobility", "spatial"]}),
        (_("Texts"), {"fields": [both("summary"), both("description"), both("lessons")]}),
        (_("Who led and who paid"), {"fields": [both("led_by"), *PAYERS, "payers_in_part"]}),
        # Translators: heads the stage and the years of a practice.
        (_("When"), {"fields": [("stage", "first_year", "last_year")]}),
        CONFIRMED,
        PUBLICATION,
    ]

    # Translators: a column.
    @admin.display(description=_("themes"))
    def theme_names(self, practice):
        return in_a_sentence(theme.label for theme in practice.themes)
