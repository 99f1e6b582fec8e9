"""Countries and their cities."""

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.forms import CheckboxSelectMultiple, Script
from django.http import JsonResponse
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..importing.resources import CityResource, CountryResource
from ..mapping.borders import doubt
from ..models import City, Country, Practice
from ..text.positions import pair
from ..text.readings import numbers
from .deciding import AnswersWaiting, Deciding
from .drafting import Drafting, StateFilter
from .editing import CONFIRMED, PUBLICATION, EditingAdmin, both
from .imports import TableAdmin
from .lists import FoldedSearch, ReviewDue, counted, number_of
from .parts import MentionInline, PhotoInline, SourceInline
from .showing import Showing
from .translation_desk import TranslationDesk
from .translations import TranslatableAdmin, TranslatableForm

POSITION = ("latitude", "longitude")


def whom_to_ask(*more):
    """Return the fields of an office, and more of its town."""
    address = [both("office"), ("email", "telephone"), "contact_page", "contact_checked_on"]
    told = _(
        "Pages lead visitors here with their questions: to the city’s office, without one to the "
        "national partner. Offices only, and what they make public themselves."
    )
    return _("Whom to ask"), {"description": told, "fields": [*address, *more]}


@admin.register(Country)
class CountryAdmin(Showing, TableAdmin, TranslatableAdmin, EditingAdmin):
    resource_classes = [CountryResource]
    list_display = ["name", "code", "partner", "city_count"]
    search_fields = [*both("name"), "code", "partner"]
    fieldsets = [
        (None, {"fields": [both("name"), "code"]}),
        (_("How the programme ran there"), {"fields": [both("text")]}),
        (_("National partner"), {"fields": ["partner", "partner_url"]}),
        whom_to_ask(),
        (_("Who publishes"), {"fields": ["trusted"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(city_count=number_of(City, "country"))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        # Editors of any country, since it may have none yet: the right reaches their own alone.
        kwargs["queryset"] = User.objects.filter(groups__name="editor").order_by("username")
        kwargs["widget"] = CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("cities"), ordering="city_count")
    def city_count(self, country):
        return counted(country.city_count, "city", country__id__exact=country.pk)


def position_in(data):
    """Return what both fields of a position should hold where one of them holds both."""
    for name in POSITION:
        if found := pair(data.get(name, "")):
            return dict(zip(POSITION, map(str, found), strict=True))
    return {}


class CityForm(TranslatableForm):
    def full_clean(self):
        if self.is_bound and (both_are := position_in(self.data)):
            self.data = self.data.copy()
            for name, value in both_are.items():
                self.data[name] = value
        super().full_clean()


@admin.register(City)
class CityAdmin(
    Showing,
    TranslationDesk,
    TableAdmin,
    FoldedSearch,
    Deciding,
    Drafting,
    TranslatableAdmin,
    EditingAdmin,
):
    form = CityForm
    resource_classes = [CityResource]
    list_display = ["name", "country", "role", "practice_count", "state", "publish_at"]
    list_filter = [StateFilter, "role", "country", ReviewDue, AnswersWaiting]
    given = ["preview_link", "office_link"]
    list_select_related = ["country"]
    search_fields = [*both("name"), "local_name", "slug"]
    autocomplete_fields = ["country"]
    inlines = [SourceInline, MentionInline, PhotoInline]
    fieldsets = [
        (None, {"fields": [both("name"), "local_name", ("country", "role"), both("role_note")]}),
        # Translators: heads the fields with the texts of a page.
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
            pgettext_lazy("place", "Position"),
            {
                "description": _(
                    "Click the map or drag the marker; or type the degrees, or paste both as a map "
                    "gives them into either field."
                ),
                "fields": [POSITION],
            },
        ),
        whom_to_ask("study_visits"),
        CONFIRMED,
        PUBLICATION,
    ]

    class Media:
        css = {"all": ["leaflet/leaflet.css"]}
        js = ["leaflet/leaflet.js", Script("js/position-picker.js", type="module")]

    def get_urls(self):
        view = self.admin_site.admin_view(self.doubt)
        return [path("doubt/", view, name="cities_city_doubt"), *super().get_urls()]

    def doubt(self, request):
        """Tell, while a position is picked, what speaks against it; nothing, if nothing does.

        Where one field holds both degrees, as a map gives them, tell those of each field.
        """
        if both_are := position_in(request.GET):
            return JsonResponse(both_are)
        try:
            latitude, longitude = (numbers(request.GET[n])[0] for n in POSITION)
            country = Country.objects.get(pk=request.GET["country"])
        except (LookupError, ValueError, Country.DoesNotExist):
            return JsonResponse({"doubt": ""})
        return JsonResponse({"doubt": doubt(country, latitude, longitude)})

    def save_model(self, request, city, form, change):
        super().save_model(request, city, form, change)
        if told := doubt(city.country, city.latitude, city.longitude):
            messages.warning(request, told)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(practice_count=number_of(Practice, "city"))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "latitude":
            field.widget.attrs |= {
                "data-position-picker": static("img/europe.svg"),
                "data-map-name": _("Map on which to pick the position"),
                "data-map-help": _(
                    # Translators: how the map is used by keyboard.
                    "In the map, arrow keys move it under the cross, + and − zoom, and Enter sets "
                    "the position where the cross is."
                ),
                # Translators: before the degrees at which the cross of the map stands.
                "data-cross": _("Cross:"),
                # Translators: before the degrees that were just chosen on the map.
                "data-set": _("Position set:"),
                "data-zoom-in": _("Zoom in"),
                "data-zoom-out": _("Zoom out"),
                "data-doubt": reverse("admin:cities_city_doubt"),
            }
        return field

    @admin.display(description=_("good practices"), ordering="practice_count")
    def practice_count(self, city):
        return counted(city.practice_count, "practice", city__id__exact=city.pk)
