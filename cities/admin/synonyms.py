"""What people say for what is written, and what they asked in vain."""

from django.contrib import admin
from django.db.models import F

from ..importing.resources import SynonymResource
from ..models import Synonym, Unanswered
from .imports import TableAdmin
from .revisions import Logged


@admin.register(Synonym)
class SynonymAdmin(TableAdmin, Logged):
    resource_classes = [SynonymResource]
    list_display = ["said", "also", "language"]
    list_filter = ["language"]
    search_fields = ["said", "also"]


@admin.register(Unanswered)
class UnansweredAdmin(admin.ModelAdmin):
    """Only what was asked on two days or more: one day’s slip tells nothing, or too much."""

    list_display = ["words", "language", "number", "last_day"]
    list_display_links = None
    list_filter = ["language"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(last_day__gt=F("first_day"))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
