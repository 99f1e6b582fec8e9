"""What the library holds, what it is about and which practices it comes from."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..editing.documents import DocumentUpload
from ..importing.resources import MaterialResource
from ..models import Material, MaterialPractice, MaterialTopic
from .drafting import Drafting, StateFilter
from .editing import PUBLICATION, EditingAdmin, both
from .imports import TableAdmin
from .lists import ReviewDue
from .parts import ChoiceInline
from .showing import Showing
from .translations import TranslatableAdmin


class MaterialTopicInline(ChoiceInline):
    model = MaterialTopic
    fields = ["topic"]
    max_num = MaterialTopic.MOST


class MaterialPracticeInline(ChoiceInline):
    model = MaterialPractice
    fields = autocomplete_fields = ["practice"]
    max_num = MaterialPractice.MOST


@admin.register(Material)
class MaterialAdmin(Showing, TableAdmin, Drafting, TranslatableAdmin, EditingAdmin):
    resource_classes = [MaterialResource]
    list_display = ["title", "kind", "language", "year", "country", "state", "publish_at"]
    list_filter = [StateFilter, "kind", "language", "country", ReviewDue]
    list_select_related = ["country"]
    search_fields = [*both("title"), *both("text"), "slug"]
    inlines = [MaterialTopicInline, MaterialPracticeInline]
    formfield_overrides = EditingAdmin.formfield_overrides | {
        models.FileField: {"form_class": DocumentUpload, "widget": AdminFileWidget}
    }
    fieldsets = [
        (None, {"fields": [both("title"), "kind", both("text")]}),
        (
            # Translators: heads the fields about the thing itself: its language, address, licence.
            _("The thing itself"),
            {"fields": [("language", "year"), "url", "file", "licence", "country"]},
        ),
        (_("Source"), {"fields": ["source_title", "source_url"]}),
        PUBLICATION,
    ]
