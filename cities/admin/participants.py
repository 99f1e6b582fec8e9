"""Events and the cities that took part in them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..importing.resources import EventResource
from ..models import Event, Participant
from .drafting import Drafting, StateFilter
from .editing import PUBLICATION, EditingAdmin, both
from .imports import TableAdmin
from .lists import ReviewDue
from .parts import ChoiceInline
from .showing import Showing
from .translations import TranslatableAdmin


class ParticipantInline(ChoiceInline):
    model = Participant
    fields = autocomplete_fields = ["city"]
    max_num = Participant.MOST


@admin.register(Event)
class EventAdmin(Showing, TableAdmin, Drafting, TranslatableAdmin, EditingAdmin):
    resource_classes = [EventResource]
    list_display = ["title", "kind", "days", "place_name", "state", "publish_at"]
    list_filter = [StateFilter, "kind", "held", "country", ReviewDue]
    list_select_related = ["city", "country"]
    search_fields = [*both("title"), *both("place"), "slug"]
    autocomplete_fields = ["city"]
    inlines = [ParticipantInline]
    fieldsets = [
        (None, {"fields": [both("title"), "kind", both("text")]}),
        (_("When"), {"fields": [("first_day", "last_day", "precision"), "held"]}),
        # Translators: heads the fields that say where an event took place.
        (_("Where"), {"fields": ["city", both("place"), "online", "country"]}),
        (_("Themes"), {"fields": ["energy", "mobility", "spatial"]}),
        (_("Source"), {"fields": ["source_title", "source_url"]}),
        PUBLICATION,
    ]

    # Translators: a column: the days of an event.
    @admin.display(description=_("days"), ordering="first_day")
    def days(self, event):
        return event.when

    @admin.display(description=_("place"))
    def place_name(self, event):
        return event.where
