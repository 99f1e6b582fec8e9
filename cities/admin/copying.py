"""A new page that begins as another one, with its parts; nothing is saved until somebody saves."""

import re

from django.contrib import admin, messages
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Photo

OF_ONE_PAGE = ["slug", "status", "publish_at", "review_by"]


class Copying(admin.ModelAdmin):
    def copied(self, request):
        """Return the page that a form to add one is asked to begin with, or None."""
        key = request.GET.get("copy", "")
        if request.method != "GET" or not re.fullmatch(r"[0-9]{1,18}", key):
            return None
        page = self.get_queryset(request).filter(pk=key).first()
        return page if page and self.has_view_permission(request, page) else None

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        if page := self.copied(request):
            initial |= model_to_dict(page, exclude=OF_ONE_PAGE)
        return initial

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        if obj is None and (page := self.copied(request)):
            for inline in inlines:
                inline.copies = list(copies(inline, page))
                inline.extra = max(inline.extra, len(inline.copies))
        return inlines

    def get_formset_kwargs(self, request, obj, inline, prefix):
        known = {"initial": inline.copies} if getattr(inline, "copies", None) else {}
        return super().get_formset_kwargs(request, obj, inline, prefix) | known

    def render_change_form(self, request, context, *args, **kwargs):
        page = context.get("original")
        if page and self.has_add_permission(request):
            query = {"copy": page.pk}
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_add"
            context["copy_url"] = reverse(name, query=query)
        elif source := self.copied(request):
            message = _(
                "This begins as a copy of “%(page)s”, without its photos and its address. Nothing "
                "is saved until you save it."
            )
            messages.info(request, message % {"page": source})
        return super().render_change_form(request, context, *args, **kwargs)


def copies(inline, page):
    """Yield what the forms of new parts hold that are like those of a page; photos stay there."""
    way = next(f.name for f in inline.model._meta.fields if f.related_model is type(page))
    if inline.model is not Photo:
        for part in inline.model._default_manager.filter(**{way: page}):
            yield model_to_dict(part, exclude=["id", way])
