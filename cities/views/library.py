"""The page of the library: all that it holds, kind by kind."""

from django.utils.translation import pgettext_lazy
from django.views.generic import DetailView, ListView

from ..models import Genre, Material, with_source

HEADINGS = {
    Genre.TOOL: pgettext_lazy("library", "Tools"),
    Genre.TEMPLATE: pgettext_lazy("library", "Templates"),
    Genre.GUIDE: pgettext_lazy("library", "Guides"),
    Genre.PLAN: pgettext_lazy("library", "Plans"),
    Genre.REPORT: pgettext_lazy("library", "Reports"),
    Genre.FILM: pgettext_lazy("library", "Films"),
}


def by_kind(materials):
    """Return (kind, heading, its materials) of each kind of which there are any."""
    materials = with_source(materials)
    of_kind = ((kind, [m for m in materials if m.kind == kind]) for kind in Genre)
    return [(kind, HEADINGS[kind], found) for kind, found in of_kind if found]


class Library(ListView):
    model = Material
    template_name = "library.html"

    def shown(self):
        return self.model.objects.published()

    def get_queryset(self):
        return self.shown().with_origins().alphabetically()

    def get_context_data(self, **kwargs):
        return super().get_context_data(kinds=by_kind(self.object_list), **kwargs)


class LibraryEntry(DetailView):
    """The library with one entry alone, for the staff who write it."""

    model = Material
    template_name = "library.html"

    def get_queryset(self):
        return self.shown().with_origins()

    def get_context_data(self, **kwargs):
        return super().get_context_data(kinds=by_kind([self.object]), **kwargs)
