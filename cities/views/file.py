"""The file: practices that a visitor chose, to print and to take along, as its address says."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from ..archive.flag import FLAG, READ
from ..evidence import comparison, figures
from ..evidence.asking import Asking
from ..finder.filters import MOST_CHOSEN
from ..mapping.route import numbered_map
from ..models import Practice
from ..publishing import citation, odt, qr

MOST_LETTERS = 120  # of the line on the cover


@dataclass
class Sheet:
    """A practice of a file, under its number."""

    number: int
    practice: Practice
    without: str  # the query of the file without it
    sooner: str | None  # and with it one place sooner

    @property
    def place(self):
        return self.practice.city

    @property
    def asking(self):
        return Asking(self.practice)

    @property
    def anchor(self):
        return f"sheet-{self.practice.slug}"

    @property
    def results(self):
        return figures.results(self.practice.indicators.all())


class File:
    """What an address asks to be put together."""

    def __init__(self, query, read=None):
        self.practices = comparison.chosen(query, MOST_CHOSEN, read)
        self.were_more = len(set(query.getlist("p"))) > MOST_CHOSEN
        self.line = " ".join(query.get("title", "").split())[:MOST_LETTERS]
        prefetch_related_objects(self.practices, *comparison.shown_whole())
        slugs = [practice.slug for practice in self.practices]
        self.query = self.query_of(slugs)
        self.sheets = []
        for n, practice in enumerate(self.practices):
            without = slugs[:n] + slugs[n + 1 :]
            sooner = [*slugs[: n - 1], slugs[n], slugs[n - 1], *slugs[n + 1 :]] if n else None
            self.sheets.append(
                Sheet(n + 1, practice, self.query_of(without), sooner and self.query_of(sooner))
            )

    def query_of(self, slugs):
        query = QueryDict(mutable=True)
        query.setlist("p", slugs)
        if self.line:
            query["title"] = self.line
        return query.urlencode()

    @property
    def title(self):
        return self.line or gettext("Practices to consider")

    @property
    def address(self):
        """Where it stands, for who holds it on paper; an archive without a home has none."""
        return settings.SITE_URL and f"{settings.SITE_URL}{reverse('file')}?{self.query}"


@require_safe
def file(request):
    made = File(request.GET, request.META.get(READ))
    side_by_side = made.practices[: comparison.MOST]
    context = {
        "file": made,
        "comparison": (
            comparison.Comparison(side_by_side)
            if len(side_by_side) >= comparison.FEWEST and FLAG not in request.META
            else None
        ),
        "most": MOST_CHOSEN,
        "letters": MOST_LETTERS,
        "today": timezone.localdate(),
        "map": numbered_map(made.sheets) if made.sheets else None,
        "compared": made.query_of([practice.slug for practice in side_by_side]),
        "qr": qr.drawn(made.address) if made.address and FLAG not in request.META else None,
    }
    if made.sheets and FLAG in request.META:
        context["practice"] = made.practices[0]
        return render(request, "archive/sheet.html", context)
    return render(request, "file/file.html", context)


@require_safe
def file_odt(request):
    made = whole(request)
    content = odt.document("file/odt.html", {"file": made, "today": timezone.localdate()})
    return attachment(content, odt.CONTENT_TYPE, "odt")


@require_safe
def file_bib(request):
    made = whole(request)
    content = "\n\n".join(map(citation.bibtex, made.practices)) + "\n"
    return attachment(content, "application/x-bibtex; charset=utf-8", "bib")


def whole(request):
    made = File(request.GET)
    if not made.practices:
        raise Http404
    return made


def attachment(content, content_type, extension):
    # Translators: the name of a downloaded file: small letters without accents.
    name = gettext("file-of-practices")
    name = f"{name}-{get_language()}-{timezone.localdate()}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type, headers=headers)
