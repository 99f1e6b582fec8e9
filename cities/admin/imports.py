"""Tables: import and export in the admin."""

import json
from contextlib import suppress
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.tmp_storages import BaseStorage

from ..importing import headings
from ..importing.encoding import NAMES
from ..importing.rules import CONSENTS
from ..importing.table_files import MarkedCSV, TableError, WholeXLSX, read
from ..models import TableOnTrial

MOST_ROWS = 2000  # what a request has the time for
CHOSEN = b"read as "  # begins the line before a table that says how somebody wants it read


class UploadedTable(CSV):
    """A table short enough for somebody to wait for it."""

    def get_title(self):
        return "CSV, XLSX"

    def is_binary(self):
        return True

    def get_read_mode(self):
        return "rb"

    def create_dataset(self, in_stream):
        chosen, content = unwrapped(in_stream)
        table = read(content, **chosen)
        if len(table) > MOST_ROWS:
            message = _(
                "The table has %(count)d rows; at most %(most)d can be imported here. Split it, or "
                "ask whoever runs the site to import it with “manage.py import_table”."
            )
            raise TableError(message % {"count": len(table), "most": MOST_ROWS})
        return table


def wrapped(content, **chosen):
    """Return the bytes of a table, after the encoding or sheet that somebody chose, if any."""
    told = CHOSEN + json.dumps(chosen).encode() + b"\n" if any(chosen.values()) else b""
    return told + content


def unwrapped(content):
    """Return ({"encoding": …, "sheet": …} or nothing, the bytes of the table)."""
    if not content.startswith(CHOSEN):
        return {}, content
    told, _mark, content = content.partition(b"\n")
    return json.loads(told.removeprefix(CHOSEN)), content


class ReadAs(forms.Form):
    """How to read a table where that cannot be found out."""

    encoding = forms.ChoiceField(
        # Translators: the character encoding of a file, such as UTF-8.
        label=_("Encoding"),
        required=False,
        choices=[("", _("found out from the file")), *NAMES.items()],
    )
    sheet = forms.CharField(
        # Translators: a sheet of a spreadsheet.
        label=_("Sheet"),
        required=False,
        help_text=_("Left blank, the first one that is not hidden."),
    )

    def clean(self):
        data = super().clean()
        if file := data.get("import_file"):
            chosen = {name: data.get(name, "") for name in ("encoding", "sheet")}
            data["import_file"] = SimpleUploadedFile(file.name, wrapped(file.read(), **chosen))
        return data


class UploadForm(ReadAs, ImportForm):
    """A table that somebody uploads."""


class ConfirmForm(ConfirmImportForm):
    """A table that was tried, and how much that cannot be undone somebody agrees to."""

    format = resource = forms.IntegerField(
        min_value=0, max_value=0, required=False, widget=forms.HiddenInput
    )
    erased = older = forms.IntegerField(required=False)

    def clean_format(self):
        return 0  # there is one of either

    clean_resource = clean_format


class DownloadForm(ExportForm):  # the library’s own choice of columns needs inline scripts
    """Asks for the format of a table; offices have a program for the second."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["format"] = "1"


class TriedTable(BaseStorage):
    """A table between its trial and its import, which another process may be asked for."""

    def save(self, data):
        self.name = TableOnTrial.keep(data).name.hex

    def read(self):
        try:
            return bytes(TableOnTrial.objects.get(name=self.name).content)
        except (TableOnTrial.DoesNotExist, ValidationError) as error:
            raise FileNotFoundError from error

    def remove(self):
        TableOnTrial.objects.filter(name=self.name).delete()


class TableAdmin(ImportExportMixin):
    """Import and export, for those who may change or see the same records by hand."""

    import_formats = [UploadedTable]
    import_form_class = UploadForm
    confirm_form_class = ConfirmForm
    export_formats = [MarkedCSV, WholeXLSX]
    export_form_class = DownloadForm
    tmp_storage_class = TriedTable

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.has_export_permission(request):
            # Translators: an action on ticked entries of a list.
            ticked = type(self).export_ticked, "export_ticked", _("Export as a table")
            actions["export_ticked"] = ticked
        return actions

    def export_ticked(self, request, queryset):
        """Export what is ticked, or all that the list has found."""
        query = request.GET.urlencode()
        if request.POST.get("select_across") != "1":
            query = urlencode({"pk__in": ",".join(request.POST.getlist(ACTION_CHECKBOX_NAME))})
        return redirect(f"{self.table_address('export')}?{query}")

    def import_action(self, request, **kwargs):
        """Try a table; hand out the rows that cannot be imported where they are asked for."""
        response = self.with_columns(super().import_action(request, **kwargs))
        result = getattr(response, "context_data", {}).get("result")
        if "faults" not in request.POST or not result or not result.table:
            return response
        content = MarkedCSV().export_data(result.faulty_rows())
        headers = {"Content-Disposition": 'attachment; filename="faults.csv"'}
        return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)

    def with_columns(self, response):
        """Call the columns on a page as forms do too, since a table may."""
        for resource in (kind() for kind in self.resource_classes):
            names = [f"{headings.label(resource, name)} ({name})" for name in resource._meta.fields]
            response.context_data["fields_list"] = [("", names)]
        return response

    def table_address(self, page):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}")

    def add_data_read_fail_error_to_form(self, form, e):
        if not isinstance(e, TableError):
            raise e
        message = _("Line %(line)d: %(reason)s") % {"line": e.line, "reason": e}
        form.add_error("import_file", message)

    def get_import_form_kwargs(self, request):
        """Read a table that was tried already once more, when nobody uploads another."""
        kwargs = super().get_import_form_kwargs(request)
        if (name := request.POST.get("import_file_name")) and not request.FILES:
            try:
                chosen, content = unwrapped(TriedTable(name=name).read())
            except FileNotFoundError:
                return kwargs
            file = SimpleUploadedFile(request.POST.get("original_file_name") or "-", content)
            kwargs["files"] = {"import_file": file}
            if "faults" in request.POST:
                kwargs["data"] = request.POST.dict() | chosen
        return kwargs

    def get_import_resource_kwargs(self, request, **kwargs):
        form, found = kwargs.get("form"), super().get_import_resource_kwargs(request, **kwargs)
        if isinstance(form, ConfirmForm):
            found["agreed"] = {name: form.cleaned_data[name] or 0 for name in CONSENTS}
        return found

    def process_import(self, request, **kwargs):
        if "cancel" in request.POST:
            with suppress(ValidationError):  # it names no table
                TriedTable(name=request.POST.get("import_file_name")).remove()
            messages.info(request, _("Nothing was imported."))
            return redirect(self.table_address("changelist"))
        try:
            return super().process_import(request, **kwargs)
        except (FileNotFoundError, LookupError):  # or it is asked for in an unknown format
            messages.error(request, _("That table is no longer here. Please choose it again."))
            return redirect(f"admin:cities_{self.opts.model_name}_import")

    def process_result(self, result, request):
        """Tell what came of the import; since it was tried, somebody may have changed a record."""
        if faults := list(result.faults()):
            line, column, reason = faults[0]
            message = _("Nothing was imported, since something has changed meanwhile.")
            messages.error(request, f"{message} {line}, {column}: {reason}")
            return redirect(f"admin:cities_{self.opts.model_name}_import")
        return super().process_result(result, request)

    def add_success_message(self, result, request):
        message = _("Imported: %(new)d new, %(update)d changed, %(skip)d left as they were.")
        messages.success(request, message % result.totals)

    def export_action(self, request):
        try:
            response = super().export_action(request)
            if hasattr(response, "context_data"):
                self.with_columns(response)
                response.context_data["count"] = self.get_export_queryset(request).count()
            return response
        except IncorrectLookupParameters:  # as the list itself answers
            return redirect(f"{reverse(f'admin:cities_{self.opts.model_name}_changelist')}?e=1")
