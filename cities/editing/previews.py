"""Pages as they will look, for those who may edit them and for nobody else."""

from copy import copy

from django.contrib import admin
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from precursors import languages

from ..models import PreviewLink
from . import drafts
from .roles import editable


class Preview:
    """The page that visitors will get, from what is saved; kept by no browser and no cache."""

    @method_decorator(require_safe)
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


class Unpublished:
    """The page of one record, whether visitors see it or not."""

    key = None

    def shown(self):
        return self.model.objects.filter(pk=self.key)


def as_it_is(page, request, language, **context):
    """Return the page of a record, ready to send, as it is at the moment of the call."""
    with translation.override(language):
        path, _sign, _place = page.get_absolute_url().partition("#")
        match, asked = resolve(path), copy(request)
        asked.method, asked.GET, asked.path, asked.resolver_match = "GET", QueryDict(), path, match
        view = type("Unpublished", (Unpublished, match.func.view_class), {})
        show = view.as_view(key=page.pk, extra_context=context)
        response = show(asked, **match.kwargs).render()
    response.headers["Content-Language"] = language
    return response


@require_safe
def by_link(request, token):
    """Show a page to whoever was given a link to it; lead on to it once it is published."""
    link = PreviewLink.objects.opened_by(token)
    page = link and link.page
    if page is None:
        response = render(request, "link_ended.html", status=404)
    elif drafts.of(page) is None and type(page).objects.published().filter(pk=page.pk).exists():
        response = redirect(page)
    else:
        with drafts.shown(page) as page:
            context = {
                "preview_link": link,
                "languages": addresses("preview_link", token, get_language()),
            }
            response = as_it_is(page, request, get_language(), **context)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def addresses(name, token, language):
    """Return what a language switch needs to know of the pages that a link opens."""
    found = []
    for code, called in languages.shown(language):
        with translation.override(code):
            address = reverse(name, kwargs={"token": token})
        found.append({"code": code, "name": called, "here": address, "url": None})
    return found
