"""Tables: import and export in the admin."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.cache import caches
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import XLSX
from import_export.forms import ExportForm
from import_export.tmp_storages import BaseStorage

from ..importing.table_files import AnyTable, MarkedCSV, TableError

MOST_ROWS = 500  # what a request has the time for


class UploadedTable(AnyTable):
    """A table short enough for somebody to wait for it."""

    def create_dataset(self, in_stream):
        table = super().create_dataset(in_stream)
        if len(table) > MOST_ROWS:
            message = _(
                "The table has %(count)d rows; at most %(most)d can be imported here. Split it, or "
                "ask whoever runs the site to import it with “manage.py import_table”."
            )
            raise TableError(message % {"count": len(table), "most": MOST_ROWS})
        return table


class TriedTable(BaseStorage):
    """A table between its trial and its import, which another process may be asked for."""

    def save(self, data):
        self.name = uuid4().hex
        caches["tables"].set(self.name, data)

    def read(self):
        data = caches["tables"].get(self.name)
        if data is None:
            raise FileNotFoundError
        return data

    def remove(self):
        caches["tables"].delete(self.name)


class TableAdmin(ImportExportMixin):
    """Import and export, for those who may change or see the same records by hand."""

    import_formats = [UploadedTable]
    export_formats = [MarkedCSV, XLSX]
    export_form_class = ExportForm  # the other one needs inline scripts
    tmp_storage_class = TriedTable

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def add_data_read_fail_error_to_form(self, form, e):
        if not isinstance(e, TableError):
            raise e
        message = _("Line %(line)d: %(reason)s") % {"line": e.line, "reason": e}
        form.add_error("import_file", message)

    def process_import(self, request, **kwargs):
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
            return super().export_action(request)
        except IncorrectLookupParameters:  # as the list itself answers
            return redirect(f"{reverse(f'admin:cities_{self.opts.model_name}_changelist')}?e=1")
