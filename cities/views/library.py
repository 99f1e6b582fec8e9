"""The page of the library: all that it holds or what is asked of it, kind by kind."""

from collections import Counter

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView

from ..finder.facets import Choice, FilterField
from ..models import Genre, Material, with_source
from ..text.alphabet import sort_key

# The name of each filter, and what it says where none of its choices is made.
FILTERS = {
    "kind": (_("Kind"), pgettext_lazy("library", "all kinds")),
    "topic": (_("Topic"), _("all topics")),
    "country": (_("Country"), _("all countries")),
}
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


def filter_values(material):
    """Return {name of a filter: {value: label}} of what leads to an entry."""
    country = material.country
    return {
        "kind": {material.kind: str(HEADINGS[material.kind])},
        "topic": {topic.slug: topic.name for topic in material.topics.all()},
        "country": {country.code: country.name} if country else {},
    }


def answers(values, asked):
    return all(value in values[name] for name, value in asked.items())


def filter_field(name, told, asked):
    """Return a filter with how many entries each of its choices would leave."""
    others = {other: value for other, value in asked.items() if other != name}
    labels, left = {}, Counter()
    for values in told:
        labels |= values[name]
        left.update(values[name].keys() if answers(values, others) else ())
    language = get_language()
    choices = [
        Choice(value, label, left[value], value == asked.get(name))
        for value, label in sorted(labels.items(), key=lambda c: sort_key(c[1], language))
    ]
    return FilterField(name, *FILTERS[name], choices)


class Library(ListView):
    model = Material
    template_name = "library.html"

    def shown(self):
        return self.model.objects.published()

    def get_queryset(self):
        return self.shown().with_origins().alphabetically()

    def get_context_data(self, **kwargs):
        asked = {name: value for name in FILTERS if (value := self.request.GET.get(name))}
        told = {material: filter_values(material) for material in self.object_list}
        found = [material for material, values in told.items() if answers(values, asked)]
        fields = [filter_field(name, told.values(), asked) for name in FILTERS]
        return super().get_context_data(kinds=by_kind(found), fields=fields, **kwargs)


class LibraryEntry(DetailView):
    """The library with one entry alone, for the staff who write it."""

    model = Material
    template_name = "library.html"

    def get_queryset(self):
        return self.shown().with_origins()

    def get_context_data(self, **kwargs):
        return super().get_context_data(kinds=by_kind([self.object]), **kwargs)
