"""One search for the whole site, and the names that its box suggests."""

from copy import copy

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..finder import unanswered
from ..finder.everything import KINDS, below_home, beside, topics
from ..finder.excerpts import excerpt
from ..finder.filters import Filters
from ..finder.search import called, find

SHOWN = 4  # of a kind
MOST_SHOWN = 100  # of a kind that has no page to list them
MOST_NAMES = 3000  # in the one file of suggestions
SUGGESTED = 20  # of a kind, where there are more
LATEST = 300  # events; older ones are for the search


class Found:
    """What of a kind answers: `shown`, the `rest` where no page lists it, and how many `more`."""

    def __init__(self, kind, sets, answer):
        best = answer.best(sets, kind.records())
        if isinstance(best, list):
            best = list(map(copy, best))  # of what is kept for all
        self.kind, self.count = kind, len(best)
        read = best[: SHOWN if kind.page else MOST_SHOWN]
        self.shown, self.rest = read[:SHOWN], read[SHOWN:]
        self.more = self.count - len(self.shown)
        self.left_out = self.more - len(self.rest) if self.rest else 0
        for record in [*self.shown, *self.rest]:
            record.excerpt = excerpt(record, answer)
            _names, record.place, record.sign = beside(record)


@require_safe
def search(request):
    filters = Filters.read(request.GET, ())
    found, answer = [], None
    if filters.search:
        sources = [kind.sets() for kind in KINDS]
        answer = find(filters.search, *sources)
        unanswered.count(answer)
        every = (Found(*each, answer) for each in zip(KINDS, sources, strict=True))
        found = [group for group in every if group.count]
    context = {
        "filters": filters,
        "answer": answer,
        "groups": found,
        "topics": [] if found else topics(),
    }
    return render(request, "search.html", context)


@require_safe
def suggestions(request):
    """Name all that the search box suggests; where that is too much, what begins as asked.

    A kind is {name: [label, address of its list]}, a name [kind, address, name, other names, place,
    sign]; addresses are below that of the language, as an archive stands anywhere.
    """
    asked = Filters.read(request.GET, ()).search
    sources = {kind.name: kind.records() for kind in KINDS}
    sources["event"] = list(sources["event"].prefetch_related(None)[:LATEST])
    indexed = {
        name: source.prefetch_related(None)
        for name, source in sources.items()
        if not isinstance(source, list)
    }
    are_many = bool(asked) or sum(found.count() for found in indexed.values()) > MOST_NAMES
    if are_many:
        indexed = {name: called(asked, found)[:SUGGESTED] for name, found in indexed.items()}
    told = {
        "kinds": {kind.name: [kind.label, list_below_home(kind)] for kind in KINDS},
        "everything": _("Search for “%(words)s” on the whole site"),
        "areMany": are_many,
        "names": [
            named(kind, record) for kind, found in (sources | indexed).items() for record in found
        ],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def list_below_home(kind):
    return kind.page and reverse(kind.page).removeprefix(reverse("home"))


def named(kind, record):
    return [kind, below_home(record), getattr(record, record.named_by), *beside(record)]
