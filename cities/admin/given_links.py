"""Links to a preview: made, listed and ended at the form of the page."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..editing import deeds, previews
from ..models import PreviewLink


class PreviewLinks(admin.ModelAdmin):
    """A form of a page that those may see, too, who have no account and were given a link."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_link_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview_link"
        return [path("<path:object_id>/preview-link/", view, name=name), *super().get_urls()]

    @transaction.atomic
    def preview_link_view(self, request, object_id):
        """Make a link, and tell its address this once; or end one."""
        page = self.get_object(request, unquote(object_id))
        if page is None:
            raise Http404
        if not self.has_change_permission(request, page):
            raise PermissionDenied
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[page.pk])
        if request.method != "POST":
            return redirect(back)
        if "end" in request.POST:
            if (key := request.POST["end"]).isdecimal() and len(key) <= 18:
                page.preview_links.filter(pk=key).delete()
            self.log_change(request, page, deeds.note(gettext_noop("Link to the preview ended")))
            messages.success(request, _("The link has ended: it opens nothing any more."))
            return redirect(back)
        token = PreviewLink.make(page, request.user)
        self.log_change(request, page, deeds.note(gettext_noop("Link to the preview made")))
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Link to the preview: %(page)s") % {"page": page},
            "addresses": previews.addresses(token, None),
            "back": back,
        }
        for each in context["addresses"]:
            each["here"] = request.build_absolute_uri(each["here"])
        return TemplateResponse(request, "admin/preview_link.html", context)

    def render_change_form(self, request, context, *args, **kwargs):
        page = context.get("original")
        if page and not context.get("is_popup") and self.has_change_permission(request, page):
            context["preview_links"] = page.preview_links.live().select_related("user")
            is_hidden = context.get("draft") or not self.is_on_site(page)
            context["gives_links"] = is_hidden or context["preview_links"]
        return super().render_change_form(request, context, *args, **kwargs)
