"""Translations in the admin: what is missing or outdated, and what has changed since."""

from itertools import groupby

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from precursors.catalogues import files, percent

from ..editing.checklist import written
from ..editing.history import compare
from ..editing.roles import editable
from ..models import City, Freshness, Practice, page_kinds
from ..models.translatable import other_languages
from ..text.typography import plain
from .concurrency import OptimisticLockForm

CITIES_ON_A_PAGE = 50


class TranslatableForm(OptimisticLockForm):
    is_small_change = forms.BooleanField(
        label=_("the translations still hold"),
        required=False,
        help_text=_("Tick when the change was small, or when you have checked the translations."),
    )

    def save(self, commit=True):
        self.instance.is_small_change = self.cleaned_data["is_small_change"]
        return super().save(commit)


class TranslatableAdmin(admin.ModelAdmin):
    """A form that tells what has changed in Polish since each translation was made."""

    form = TranslatableForm

    def get_fieldsets(self, request, obj=None):
        # Translators: heads a section, a page and a link of the admin: texts in other languages.
        of_translations = (_("Translations"), {"fields": ["changes", "is_small_change"]})
        return [*super().get_fieldsets(request, obj), *([of_translations] if obj else [])]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "changes"]

    def save_related(self, request, form, *args):
        super().save_related(request, form, *args)
        if form.instance.is_small_change:
            for part in written(form.instance)[1:]:
                part.is_small_change = True
                part.save()

    @admin.display(description=_("changed in Polish since"))
    def changes(self, record):
        found = []
        for part in written(record):
            for language in other_languages():
                for name, was in part.outdated(language).items():
                    column = part.original_columns()[name]
                    label = capfirst(part._meta.get_field(column).verbose_name)
                    words = compare(plain(was), plain(getattr(part, column)))
                    found.append((f"{label} [{language}]", words))
        return render_to_string("admin/differences.html", {"differences": found})


class TranslationsTable:
    """A page of its own: every record that has a page, and its translations."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.translations)
        return [path("translations/", view, name="cities_translations"), *super().get_urls()]

    def translations(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        practices = Practice.objects.alphabetically().prefetch_related("indicators")
        cities = editable(City.objects.by_country(), request.user).select_related("country")
        cities = cities.prefetch_related(Prefetch("practices", practices))
        page = Paginator(cities, CITIES_ON_A_PAGE).get_page(request.GET.get("page"))
        rows = []
        for kind in page_kinds() if page.number == 1 else []:
            if not kind.way_to_country:
                rows += map(Row, editable(kind.objects.alphabetically(), request.user))
        for country, of_country in groupby(page, key=lambda city: city.country):
            rows.append(Row(country))
            for city in of_country:
                rows += [Row(record) for record in [city, *city.practices.all()]]
        context = self.admin_site.each_context(request) | {
            "title": _("Translations"),
            "languages": [get_language_info(code) for code in other_languages()],
            "further": [
                (get_language_info(code), percent(path, path.stat().st_mtime_ns))
                for code, path in files().items()
                if code in settings.MORE_LANGUAGES
            ],
            "hidden": settings.HIDDEN_LANGUAGES,
            "rows": rows,
            "page": page,
        }
        return TemplateResponse(request, "admin/translations.html", context)


class Row:
    """A record, and how far it is translated into each language; a practice with its figures."""

    def __init__(self, record):
        self.record = record
        self.kind = record._meta.model_name
        self.url = reverse(f"admin:cities_{self.kind}_change", args=[record.pk])
        order = [Freshness.MISSING, Freshness.OUTDATED, Freshness.FRESH]
        self.states = [
            min((part.freshness(language) for part in written(record)), key=order.index)
            for language in other_languages()
        ]
