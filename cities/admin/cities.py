"""Countries and their cities."""

from django.contrib import admin
from django.db.models import Count
from django.forms import Script
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from ..models import City, Country
from ..resources import CityResource, CountryResource
from .editing import PUBLICATION, EditingAdmin, both
from .evidence import PhotoInline, SourceInline
from .lists import FoldedSearch, ReviewDue, counted
from .tables import TableAdmin
from .translations import TranslatableAdmin, TranslationsTable


@admin.register(Country)
class CountryAdmin(TableAdmin, TranslatableAdmin, EditingAdmin):
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
class CityAdmin(TranslationsTable, TableAdmin, FoldedSearch, TranslatableAdmin, EditingAdmin):
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
