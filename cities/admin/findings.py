"""The checklist: in the form of each page, as a list of its own, and on the front page."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Finding, page_kinds
from .rights import ByCountry


def link_to(page):
    """Return the address of the form of a country, city or practice."""
    return reverse(f"admin:cities_{page._meta.model_name}_change", args=[page.pk])


class Checked:
    """A form that begins with what can still be done for its page."""

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        # Translators: what can still be done for a page, and for all pages.
        return [(_("Checklist"), {"fields": ["checklist"]}), *fieldsets] if obj else fieldsets

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "checklist"]

    # Translators: heads what is left to do for a page.
    @admin.display(description=_("To do"))
    def checklist(self, page):
        return render_to_string("admin/checklist.html", {"findings": page.findings.all()})


@admin.register(Finding)
class FindingAdmin(ByCountry):
    list_display = fields = readonly_fields = ["page", "rule", "place", "detail"]
    list_display_links = actions = None
    list_filter = ["rule"]
    list_select_related = Finding.PAGES
    search_fields = [
        *(f"{kind._meta.model_name}__{kind.named_by}_pl" for kind in page_kinds()),
        "detail",
    ]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Checklist")} | (extra_context or {}))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("cities.view_city")

    def has_delete_permission(self, request, obj=None):
        return self.has_view_permission(request)  # it goes with its page

    # Translators: a column: the page of the site that a finding is about.
    @admin.display(description=_("page"))
    def page(self, finding):
        return format_html('<a href="{}">{}</a>', link_to(finding.page), finding.page)

    # Translators: a column: the field of a form that a finding is about.
    @admin.display(description=_("field"))
    def place(self, finding):
        return finding.place
