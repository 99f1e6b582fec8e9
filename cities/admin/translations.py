"""Translating in the forms of the admin: what has changed since, and the two texts side by side."""

import re
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from ..editing.checklist import written
from ..editing.history import compare
from ..editing.translating import NO_COUNTRY, Text, following, narrowed, page_key, texts, wanted
from ..models import Finding, Freshness
from ..models.translatable import other_languages
from ..text import rich_text
from ..text.translation import label_of, language_of
from ..text.typography import plain
from .concurrency import OptimisticLockForm

FILTERS = ("language", "country", "kind", "state")


def asked(request):
    """Return what of the translations somebody asks for; what is none of the choices, is not."""
    choices = {
        "language": dict(settings.LANGUAGES),
        "kind": Finding.PAGES,
        "state": [Freshness.MISSING, Freshness.OUTDATED],
    }
    found = {name: request.GET.get(name, "") for name in FILTERS}
    for name, known in choices.items():
        if found[name] not in known:
            found[name] = ""
    if found["country"] != NO_COUNTRY and not re.fullmatch(r"[0-9]{1,18}", found["country"]):
        found["country"] = ""
    return found


def into(request):
    """Return the language into which somebody translates in a form, or None in any other form."""
    return getattr(request, "translates_into", None)


def translation_address(kind, key, language, query):
    query = {name: value for name, value in query.items() if value}
    return reverse(f"admin:cities_{kind}_translation", args=[key, language], query=query or None)


@dataclass(frozen=True)
class Source:
    """A read-only field beside that of a translation: its source, and what has changed in it."""

    name: str
    language: str
    short_description: str

    @property
    def __name__(self):
        return f"{self.name}_source"

    def __call__(self, part):
        text = Text(part, self.name, self.language)
        source = text.source
        if isinstance(text.field, rich_text.RichTextField):
            source = rich_text.shown(source)
        changes = []
        if text.was is not None:
            changes = [(_("changed since the translation was made"), changed(text))]
        return render_to_string(
            "admin/source_text.html",
            {
                "source": source,
                "language": language_of(text.source_column),
                "state": text.state,
                "differences": changes,
            },
        )


def changed(translated):
    """Return what has changed in the source of a Text since its translation was made."""
    return compare(plain(translated.was), plain(translated.source))


def side_by_side(found):
    """Return a row of a form for each of several texts, once for each name: source, translation."""
    rows = {}
    for text in found:
        label = capfirst(label_of(text.part._meta.get_field(text.source_column)))
        rows.setdefault(text.column, (Source(text.name, text.language, label), text.column))
    return list(rows.values())


def sources_in(fieldsets):
    rows = (row for _name, options in fieldsets for row in options["fields"])
    return [field for row in rows if isinstance(row, tuple) for field in row if callable(field)]


class TranslatableForm(OptimisticLockForm):
    is_small_change = forms.BooleanField(
        label=gettext_lazy("the translations still hold"),
        required=False,
        help_text=gettext_lazy(
            "Tick when the change was small, or when you have checked the translations."
        ),
    )
    translates_into = None

    def save(self, commit=True):
        ticked = self.cleaned_data["is_small_change"]
        self.instance.is_small_change = ticked and (self.translates_into or True)
        return super().save(commit)


class TranslatableAdmin(admin.ModelAdmin):
    """A form that tells what has changed in Polish since each translation was made.

    At an address of its own it is the form of a translator: each text beside its translation.
    """

    form = TranslatableForm

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_translation"
        view = self.admin_site.admin_view(self.translation_view)
        return [path("<int:pk>/translation/<language>/", view, name=name), *super().get_urls()]

    def translation_view(self, request, pk, language):
        if language not in dict(settings.LANGUAGES):
            raise Http404
        request.translates_into = language
        return self.change_view(request, str(pk))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.translates_into = into(request)
        return form

    def get_fieldsets(self, request, obj=None):
        if language := into(request):
            own = [text for text in texts(obj, language) if text.part is obj]
            fields = [*side_by_side(own), "is_small_change", "base_version"]
            return [(None, {"fields": fields})]
        # Translators: heads a section, a page and a link of the admin: texts in other languages.
        name = gettext_lazy("Translations")
        of_translations = (name, {"fields": ["changes", "is_small_change"]})
        return [*super().get_fieldsets(request, obj), *([of_translations] if obj else [])]

    def get_readonly_fields(self, request, obj=None):
        if into(request):
            return sources_in(self.get_fieldsets(request, obj))
        return [*super().get_readonly_fields(request, obj), "changes"]

    def get_inlines(self, request, obj):
        inlines = super().get_inlines(request, obj)
        if into(request):
            return [inline for inline in inlines if issubclass(inline, TranslatablePart)]
        return inlines

    def render_change_form(self, request, context, *args, **kwargs):
        page, language = context.get("original"), into(request)
        if language:
            query = asked(request)
            context |= {"show_delete": False, "show_save_and_add_another": False, "copy_url": None}
            context["given"] = {}
            context["desk_url"] = desk_address(query)
            context["next_url"] = next_address(request, page)
        response = super().render_change_form(request, context, *args, **kwargs)
        if language:
            name = get_language_info(language)["name_translated"]
            # Translators: heads the form of a translator; the name of a language follows.
            response.context_data["title"] = _("Translation: %(language)s") % {"language": name}
        return response

    def response_post_save_change(self, request, obj):
        if into(request):
            return redirect(next_address(request, obj) or desk_address(asked(request)))
        return super().response_post_save_change(request, obj)

    def save_related(self, request, form, *args):
        super().save_related(request, form, *args)
        if form.instance.is_small_change:
            for part in written(form.instance)[1:]:
                part.is_small_change = form.instance.is_small_change
                part.save()

    @admin.display(description=gettext_lazy("changed in Polish since"))
    def changes(self, record):
        found = []
        for language in other_languages():
            for text in texts(record, language):
                if text.was is not None:
                    label = capfirst(text.part._meta.get_field(text.source_column).verbose_name)
                    found.append((f"{label} [{language}]", changed(text)))
        return render_to_string("admin/differences.html", {"differences": found})


class TranslatablePart(admin.options.InlineModelAdmin):
    """Parts of a page with words of their own; a translator sees nothing else of them."""

    def get_fieldsets(self, request, obj=None):
        if language := into(request):
            of_parts = (text for text in texts(obj, language) if type(text.part) is self.model)
            return [(None, {"fields": side_by_side(of_parts)})]
        return super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request, obj=None):
        if into(request):
            return sources_in(self.get_fieldsets(request, obj))
        return super().get_readonly_fields(request, obj)

    def has_add_permission(self, request, obj=None):
        return not into(request) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not into(request) and super().has_delete_permission(request, obj)


def desk_address(filters):
    query = {name: value for name, value in filters.items() if value}
    return reverse("admin:cities_translations", query=query or None)


def next_address(request, page):
    """Return where the page that comes next is translated into the same language, or None."""
    query, language = asked(request), into(request)
    row = following(narrowed(wanted(request.user), **query), page, language)
    return row and translation_address(*page_key(row), language, query)
