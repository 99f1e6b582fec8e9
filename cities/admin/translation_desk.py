"""The translators' desk: what is missing or outdated, by language and country, and as a table."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from precursors.catalogues import files, percent

from ..editing.translating import (
    NO_COUNTRY,
    RULES,
    by_page,
    counted,
    kinds_of,
    name_of,
    narrowed,
    page_key,
    pages_of,
    wanted,
)
from ..importing.table_files import MarkedCSV, TableError, WholeXLSX, read
from ..importing.translation_table import TranslationTable, exported
from ..models import Country
from ..text.cleaning import cleaned
from .imports import MOST_ROWS, ReadAs, TriedTable, unwrapped
from .translations import asked, desk_address, translation_address

PAGES_AT_ONCE = 50
FORMATS = {"csv": MarkedCSV, "xlsx": WholeXLSX}


class TableForm(ReadAs):
    import_file = forms.FileField(label=gettext_lazy("File (CSV or XLSX)"))
    field_order = ["import_file"]


class TranslationDesk:
    """Pages of their own: the desk, its table, and what comes back of that."""

    def get_urls(self):
        views = [
            ("translations/", self.translations, "translations"),
            ("translations/table/", self.translations_table, "translations_table"),
            ("translations/import/", self.translations_import, "translations_import"),
        ]
        return [
            *(path(url, self.admin_site.admin_view(v), name=f"cities_{n}") for url, v, n in views),
            *super().get_urls(),
        ]

    def wanted(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return wanted(request.user)

    def translations(self, request):
        findings, query = self.wanted(request), asked(request)
        counts = counted(findings)
        languages = [c for c, _name in settings.LANGUAGES if any(c == to for _of, to in counts)]
        places = places_of(counts)
        rows = by_page(narrowed(findings, **query))
        page = Paginator(rows, PAGES_AT_ONCE).get_page(request.GET.get("page"))
        context = self.admin_site.each_context(request) | {
            "title": _("Translations"),
            "further": [
                (get_language_info(code), percent(path, path.stat().st_mtime_ns))
                for code, path in files().items()
                if code in settings.MORE_LANGUAGES
            ],
            "hidden": settings.HIDDEN_LANGUAGES,
            "languages": [get_language_info(code) for code in languages],
            "summary": [
                (name, [cell(counts, key, language) for language in languages])
                for key, name in places
            ],
            "filters": filters(request.user, languages, places),
            "query": query,
            "rows": list(listed(page.object_list, query)),
            "page": page,
            "formats": list(FORMATS),
            "form": TableForm(),
        }
        return TemplateResponse(request, "admin/translations.html", context)

    def translations_table(self, request):
        """Give out the texts that the desk shows."""
        query = asked(request)
        findings = narrowed(self.wanted(request), **query)
        if (count := findings.count()) > MOST_ROWS:
            message = _(
                "These are %(count)d texts; a table has at most %(most)d. Choose fewer by "
                "the filters."
            )
            messages.error(request, message % {"count": count, "most": MOST_ROWS})
            return redirect(desk_address(query))
        kind = request.GET.get("format")
        chosen = FORMATS.get(kind, MarkedCSV)()
        try:
            states = [query["state"]] if query["state"] else list(RULES)
            content = chosen.export_data(exported(by_page(findings), states))
        except TableError as error:
            messages.error(request, str(error))
            return redirect(desk_address(query))
        name = f"translations.{chosen.get_extension()}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=chosen.get_content_type(), headers=headers)

    def translations_import(self, request):
        """Try a table of translations, and take it up once somebody has seen what it changes."""
        self.wanted(request)
        if request.method != "POST":
            return redirect(desk_address({}))
        if name := request.POST.get("tried"):
            return self.take_up(request, TriedTable(name=name))
        form = TableForm(request.POST, request.FILES)
        context = self.admin_site.each_context(request) | {"title": _("Translations"), "form": form}
        if form.is_valid():
            file = form.cleaned_data["import_file"]
            content = file.read()
            try:
                context["table"] = TranslationTable(opened(content), request.user)
            except TableError as error:
                message = _("Line %(line)d: %(reason)s") % {"line": error.line, "reason": error}
                form.add_error("import_file", message)
            else:
                tried = TriedTable(name=None)
                tried.save(content)
                context |= {"tried": tried.name, "file_name": file.name}
        return TemplateResponse(request, "admin/translations_import.html", context)

    def take_up(self, request, tried):
        try:
            content = tried.read()
            tried.remove()
        except (FileNotFoundError, ValidationError):
            messages.error(request, _("That table is no longer here. Please choose it again."))
            return redirect(desk_address({}))
        if "cancel" in request.POST:
            messages.info(request, _("Nothing was imported."))
            return redirect(desk_address({}))
        with transaction.atomic():
            table = TranslationTable(opened(content), request.user)
            count, in_drafts = table.apply(cleaned(request.POST.get("file_name", ""))[:100])
        message = ngettext(
            "%(count)d translation is taken up.", "%(count)d translations are taken up.", count
        )
        messages.success(request, message % {"count": count})
        if in_drafts:
            message = ngettext(
                "%(count)d of them waits in a draft, as its page is published.",
                "%(count)d of them wait in drafts, as their pages are published.",
                in_drafts,
            )
            messages.info(request, message % {"count": in_drafts})
        if table.faults:
            message = ngettext(
                "%(count)d row is left out.", "%(count)d rows are left out.", len(table.faults)
            )
            messages.warning(request, message % {"count": len(table.faults)})
        return redirect(desk_address({}))


def opened(content):
    """Return the table in what somebody uploaded. Raise TableError where it is none, or long."""
    chosen, content = unwrapped(content)
    table = read(content, **chosen)
    if len(table) > MOST_ROWS:
        message = _("The table has %(count)d rows; at most %(most)d can be imported. Split it.")
        raise TableError(message % {"count": len(table), "most": MOST_ROWS})
    return table


def places_of(counts):
    """Return (key, name) of the countries that are counted, and of what belongs to none."""
    countries = Country.objects.alphabetically().filter(pk__in=[of for of, _to in counts])
    places = [(country.pk, str(country)) for country in countries]
    if any(of is None for of, _to in counts):
        # Translators: of pages that belong to no country, such as topics.
        places.append((NO_COUNTRY, _("of no country")))
    return places


def filters(user, languages, places):
    """Return (name, label, choices) of what the pages can be narrowed by."""
    kinds = [(name_of(kind), capfirst(kind._meta.verbose_name_plural)) for kind in kinds_of(user)]
    # Translators: heads a choice of languages.
    yield "language", _("language"), [(code, label_of_language(code)) for code in languages]
    yield "country", _("country"), [(str(key), name) for key, name in places]
    # Translators: a filter: cities, practices and so on.
    yield "kind", _("kind"), kinds
    # Translators: a filter: whether a translation is missing or outdated.
    yield "state", _("state"), [(state.value, state.label) for state in RULES]


def listed(rows, query):
    """Yield what the desk tells of each page, which may be gone by now."""
    rows = list(rows)
    pages = pages_of(rows)
    for row in rows:
        kind, key = page_key(row)
        if page := pages.get((kind, key)):
            yield {
                "page": page,
                "kind": page._meta.verbose_name,
                "language": label_of_language(row["language"]),
                "missing": row["missing"],
                "outdated": row["outdated"],
                "url": translation_address(kind, key, row["language"], query),
            }


def label_of_language(code):
    return get_language_info(code)["name_translated"]


def cell(counts, key, language):
    """Return what the summary says of a country and a language, and where that is listed."""
    found = counts.get((None if key == NO_COUNTRY else key, language), {})
    numbers = {state: found.get(state, 0) for state in RULES}
    url = desk_address({"language": language, "country": key})
    return {"missing": 0, "outdated": 0, **numbers, "url": url}
