"""Journeys and their stops."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..importing.resources import JourneyResource, StopResource
from ..models import Journey, Stop
from .concurrency import OptimisticLockAdmin
from .drafting import Drafting, StateFilter
from .editing import PUBLICATION, EditingAdmin, Multilingual, both
from .imports import TableAdmin
from .lists import ReviewDue, number_of
from .parts import OrderedInline
from .showing import Showing
from .translations import TranslatableAdmin, TranslatablePart


class StopInline(TranslatablePart, Multilingual, OrderedInline, admin.StackedInline):
    model = Stop
    autocomplete_fields = ["city", "practice"]
    fields = [("city", "practice"), both("why"), "position"]


@admin.register(Journey)
class JourneyAdmin(Showing, TableAdmin, Drafting, TranslatableAdmin, EditingAdmin):
    resource_classes = [JourneyResource]
    list_display = ["title", "stop_count", "state", "publish_at"]
    list_filter = [StateFilter, ReviewDue]
    search_fields = [*both("title"), *both("intro"), "slug"]
    inlines = [StopInline]
    fieldsets = [
        (None, {"fields": [both("title"), both("intro")]}),
        PUBLICATION,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(stop_count=number_of(Stop, "journey"))

    @admin.display(description=_("stops"), ordering="stop_count")
    def stop_count(self, journey):
        return journey.stop_count


@admin.register(Stop)
class StopAdmin(TableAdmin, Multilingual, OptimisticLockAdmin):
    resource_classes = [StopResource]
    list_display = ["__str__", "journey", "position"]
    list_filter = ["journey"]
    list_select_related = ["journey", "city", "practice"]
    search_fields = [*both("why"), *(f"journey__{column}" for column in both("title"))]
    autocomplete_fields = ["journey", "city", "practice"]
    fields = ["journey", *StopInline.fields]
