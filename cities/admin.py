"""The admin, for the staff who edit the programme: every language side by side."""

from decimal import Decimal

from csp.constants import NONCE
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import EmptyFieldListFilter
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.forms import Script
from django.forms.models import BaseInlineFormSet
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from js_asset import Media
from translated_fields import to_attribute

from .models import City, Country, Indicator, Photo, Practice, Source
from .resources import (
    CityResource,
    CountryResource,
    IndicatorResource,
    PracticeResource,
    SourceResource,
)
from .search import matching

admin.site.site_header = admin.site.site_title = _("Precursor Cities: editing")

# Tiptap, the editor inside django-prose-editor, adds this one style; a browser test tells when
# another version of it needs another hash.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


def both(name):
    """Return the columns of a translated field in every language, for one row of a form."""
    return tuple(to_attribute(name, code) for code, _name in settings.LANGUAGES)


class PlainNumber(forms.NumberInput):
    """A number without the zeros of its column: a Polish reader takes 10.000 for ten thousand."""

    def format_value(self, value):
        if isinstance(value, Decimal):
            value = format(value.normalize(), "f")
        return super().format_value(value)


class Multilingual:
    """Labels that tell the language, and fields that tell it to spelling checkers."""

    formfield_overrides = {
        models.DecimalField: {"widget": PlainNumber},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if language := getattr(db_field, "_translated_field_language_code", ""):
            field.label = f"{field.label} [{language}]"
            field.widget.attrs["lang"] = language
        return field


class EditingAdmin(Multilingual, admin.ModelAdmin):
    """What countries, cities and practices share: rich text, and a page on the site."""

    class Media:
        css = {"all": ["css/admin.css"]}
        js = [Script("js/editor-names.js", type="module")]

    def get_ordering(self, request):
        return [to_attribute("sort"), "pk"]

    def render_change_form(self, request, context, *args, **kwargs):
        """Let the rich text editor work under the site's strict policy."""
        context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))
        response = super().render_change_form(request, context, *args, **kwargs)
        response._csp_update = {"script-src": [NONCE], "style-src": [EDITOR_STYLE]}
        return response

    def is_on_site(self, record):
        return type(record).objects.published().filter(pk=record.pk).exists()

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj and self.is_on_site(obj) else None


class FoldedSearch:
    """Search as the site does, so that “lodz” and “łódź” find Łódź on every database."""

    def get_search_results(self, request, queryset, search_term):
        found, _duplicates = super().get_search_results(request, queryset, search_term)
        if not search_term:
            return found, False
        folded = matching(self.model.objects.all(), search_term)
        here = Q(pk__in=found.values("pk")) | Q(pk__in=folded.values("pk"))
        return queryset.filter(here), False


class TableAdmin(ImportExportMixin):
    """Import and export, for those who may change or see the same records by hand."""

    export_form_class = ExportForm  # the other one needs inline scripts

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def add_success_message(self, result, request):
        message = _("Imported: %(new)d new, %(update)d changed, %(skip)d left as they were.")
        messages.success(request, message % result.totals)


class ReviewDue(admin.SimpleListFilter):
    title = _("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("due", _("due"))]

    def queryset(self, request, queryset):
        if self.value() == "due":
            return queryset.filter(review_by__lte=timezone.localdate())
        return queryset


def counted(count, model, **lookup):
    """Return a count as a link to the list of what was counted."""
    url = reverse(f"admin:cities_{model}_changelist", query=lookup)
    return format_html('<a href="{}">{}</a>', url, count)


class IndicatorFormSet(BaseInlineFormSet):
    """Figures of which one at most stands on the card, and which can hand that place over."""

    def on_card(self):
        return [
            form
            for form in self.forms
            if form.cleaned_data.get("headline") and form not in self.deleted_forms
        ]

    def clean(self):
        super().clean()
        if not any(self.errors) and len(self.on_card()) > 1:
            raise ValidationError(_("Only one figure can stand on the practice’s card."))

    def save(self, commit=True):
        if commit:  # the old one first: the database allows no two, not even for a moment
            kept = [form.instance.pk for form in self.on_card()]
            self.instance.indicators.exclude(pk__in=kept).update(headline=False)
        return super().save(commit)


class IndicatorInline(Multilingual, admin.StackedInline):
    model = Indicator
    formset = IndicatorFormSet
    extra = 0
    fields = [
        both("label"),
        ("qualifier", "value", "value_to", "unit"),
        both("counted"),
        ("about", "evidence", "year", "position"),
        "headline",
    ]


class SourceInline(Multilingual, admin.TabularInline):
    model = Source
    extra = 0
    fields = ["position", "title", "url", "accessed_on"]


class PhotoInline(Multilingual, admin.StackedInline):
    model = Photo
    extra = 0
    fields = ["image", both("alt"), "decorative", ("credit", "licence"), "position"]


PUBLICATION = (
    _("Publication"),
    {"fields": [("status", "publish_at", "review_by"), "slug"]},
)


@admin.register(Country)
class CountryAdmin(TableAdmin, EditingAdmin):
    resource_classes = [CountryResource]
    list_display = ["name", "code", "partner", "city_count"]
    search_fields = [*both("name"), "code", "partner"]
    fieldsets = [
        (None, {"fields": [both("name"), "code"]}),
        (_("How the programme ran there"), {"fields": [both("text")]}),
        (_("National partner"), {"fields": ["partner", "partner_url"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(city_count=Count("cities"))

    def is_on_site(self, record):
        return True

    @admin.display(description=_("cities"), ordering="city_count")
    def city_count(self, country):
        return counted(country.city_count, "city", country__id__exact=country.pk)


@admin.register(City)
class CityAdmin(TableAdmin, FoldedSearch, EditingAdmin):
    resource_classes = [CityResource]
    list_display = ["name", "country", "role", "practice_count", "status", "publish_at"]
    list_filter = ["status", "role", "country", ReviewDue]
    list_select_related = ["country"]
    search_fields = [*both("name"), "local_name", "slug"]
    autocomplete_fields = ["country"]
    inlines = [SourceInline, PhotoInline]
    fieldsets = [
        (None, {"fields": [both("name"), "local_name", ("country", "role"), both("role_note")]}),
        PUBLICATION,
        (_("Texts"), {"fields": [both("summary"), both("profile")]}),
        (
            _("Key facts"),
            {
                "fields": [
                    both("region"),
                    ("population", "population_year", "population_source"),
                    "website",
                ]
            },
        ),
        (
            _("Position"),
            {
                "description": _("Click the map or drag the marker; or type the degrees."),
                "fields": [("latitude", "longitude")],
            },
        ),
    ]

    class Media:
        css = {"all": ["leaflet/leaflet.css"]}
        js = ["leaflet/leaflet.js", Script("js/position-picker.js", type="module")]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(practice_count=Count("practices"))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "latitude":
            field.widget.attrs |= {
                "data-position-picker": static("img/europe.svg"),
                "data-map-name": _("Map on which to pick the position"),
                "data-zoom-in": _("Zoom in"),
                "data-zoom-out": _("Zoom out"),
            }
        return field

    @admin.display(description=_("good practices"), ordering="practice_count")
    def practice_count(self, city):
        return counted(city.practice_count, "practice", city__id__exact=city.pk)


@admin.register(Practice)
class PracticeAdmin(TableAdmin, FoldedSearch, EditingAdmin):
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
    ]
    list_select_related = ["city"]
    search_fields = [*both("title"), "slug", *(f"city__{column}" for column in both("name"))]
    autocomplete_fields = ["city"]
    inlines = [IndicatorInline, SourceInline, PhotoInline]
    fieldsets = [
        (None, {"fields": [both("title"), "city"]}),
        (_("Themes"), {"fields": ["energy", "mobility", "spatial"]}),
        PUBLICATION,
        (_("Texts"), {"fields": [both("summary"), both("description"), both("lessons")]}),
        (_("When"), {"fields": [("stage", "first_year", "last_year")]}),
    ]

    @admin.display(description=_("themes"))
    def theme_names(self, practice):
        return ", ".join(str(theme.label) for theme in practice.themes)


@admin.register(Indicator)
class IndicatorAdmin(TableAdmin, Multilingual, admin.ModelAdmin):
    resource_classes = [IndicatorResource]
    list_display = ["label", "figure", "practice", "about", "evidence", "year", "headline"]
    list_filter = ["about", "evidence", "headline", "unit"]
    list_select_related = ["practice"]
    search_fields = [*both("label"), *(f"practice__{column}" for column in both("title"))]
    autocomplete_fields = ["practice"]
    fields = ["practice", *IndicatorInline.fields]

    class Media:
        css = {"all": ["css/admin.css"]}

    @admin.display(description=_("figure"))
    def figure(self, indicator):
        return indicator.figure


@admin.register(Source)
class SourceAdmin(TableAdmin, Multilingual, admin.ModelAdmin):
    resource_classes = [SourceResource]
    list_display = ["title", "city", "practice", "accessed_on"]
    list_filter = [("url", EmptyFieldListFilter), ("accessed_on", EmptyFieldListFilter)]
    list_select_related = ["city", "practice"]
    search_fields = ["title", "url"]
    autocomplete_fields = ["city", "practice"]
    fields = ["city", "practice", "title", "url", "accessed_on", "position"]
