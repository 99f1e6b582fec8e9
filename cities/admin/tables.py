"""Tables: import and export in the admin."""

from django.contrib import messages
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm


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
