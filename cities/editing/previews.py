"""Pages as they will look, for those who may edit them and for nobody else."""

from django.contrib import admin
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from . import drafts
from .roles import editable


class Preview:
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

    def shown(self):
        return editable(self.model.objects.all(), self.request.user)

    def get_context_data(self, **kwargs):
        opts = self.object._meta
        back = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.object.pk])
        return super().get_context_data(back_to_form=back, **kwargs)


def preview_of(profile):
    """Return the preview of the page that a view shows to visitors."""
    return type(f"{profile.model.__name__}Preview", (Preview, profile), {})
