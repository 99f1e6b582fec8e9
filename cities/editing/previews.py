"""Pages as they will look, for those who may edit them and for nobody else."""

from copy import copy

from django.contrib import admin
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import resolve, reverse
from django.utils import translation

from . import drafts
from .roles import editable


class ForStaff:
    """A page of the site, public or not, with what those who look at it may edit."""

    def shown(self):
        return editable(self.model.objects.all(), self.request.user)


class Preview(ForStaff):
    """The page that visitors will get, from what is saved; kept by no browser and no cache."""

    def dispatch(self, request, *args, slug, **kwargs):
        if not admin.site.has_permission(request):
            raise Http404
        page = get_object_or_404(editable(self.model.objects.all(), request.user), slug=slug)
        with drafts.shown(page) as page:
            self.kwargs["slug"] = page.slug  # which a draft may change
            response = super().dispatch(request, *args, slug=page.slug, **kwargs).render()
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def get_context_data(self, **kwargs):
        opts = self.object._meta
        back = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.object.pk])
        return super().get_context_data(back_to_form=back, **kwargs)


def preview_of(profile):
    """Return the preview of the page that a view shows to visitors."""
    return type(f"{profile.model.__name__}Preview", (Preview, profile), {})


def unsaved(page, request, language, **context):
    """Return the page of a record, ready to send, as it is within a save that is taken back."""
    with translation.override(language):
        path = page.get_absolute_url()
        match, asked = resolve(path), copy(request)
        asked.method, asked.GET, asked.path, asked.resolver_match = "GET", QueryDict(), path, match
        view = type("Unsaved", (ForStaff, match.func.view_class), {})
        # Another language would have to be asked for with all that is typed.
        context |= {"is_unsaved": True, "languages": []}
        response = view.as_view(extra_context=context)(asked, **match.kwargs).render()
    response.headers["Content-Language"] = language
    return response
