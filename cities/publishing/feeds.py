"""What is new and changed as Atom (RFC 4287), page by page (RFC 5005)."""

import re
from datetime import UTC, datetime, time
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import escape
from django.utils.translation import get_language, gettext

from ..models import Country, Journey, Material
from . import odt
from .changes import last_change
from .columns import LICENCE, download
from .formats import MEDIA_TYPES, written
from .open_data import open_data
from .tables import FILTERS, asked, events, practices_asked, read

MOST_ENTRIES = 50
FILE_TYPES = MEDIA_TYPES | {"pdf": "application/pdf", "odt": odt.CONTENT_TYPE}


class RecordFeed(Atom1Feed):
    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for relation, address in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def latest_post_date(self):
        """Return when the last entry changed; where there is none, when the site did."""
        moments = [item["updateddate"] for item in self.items]
        return max(moments) if moments else midnight(last_change() or timezone.localdate())


def midnight(day):
    return datetime.combine(day, time(), UTC)


def permanent(*names):
    """Return an identifier that outlives addresses and hosts."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'precursor-cities/' + '/'.join(names))}"


@open_data
def practices_atom(request):
    """Serve the practices that a query asks for, in the page's language, last changed first."""
    filters, is_nothing = read(request.GET)
    query = urlencode(asked(request.GET, FILTERS))
    title = gettext("Good practices of precursor cities")
    if words := filters.in_words(Country.objects.with_cities()):
        title = f"{title}: {', '.join(words)}"
    found = practices_asked(filters, is_nothing).select_related("city__country").with_topics()
    return served(
        request,
        entry,
        found,
        query,
        title=title,
        link=settings.SITE_URL + reverse("practices") + (f"?{query}" if query else ""),
        subtitle=gettext("New and changed good practices, with the day of the last change."),
        feed_guid=permanent(get_language(), "feed", query),
    )


@open_data
def journeys_atom(request):
    """Serve the journeys, in the page's language, last changed first."""
    return served(
        request,
        journey_entry,
        Journey.objects.published(),
        title=gettext("Journeys through precursor cities"),
        link=settings.SITE_URL + reverse("journeys"),
        subtitle=gettext("New and changed journeys, with the day of the last change."),
        feed_guid=permanent(get_language(), "journeys"),
    )


@open_data
def events_atom(request):
    """Serve the events that a query asks for, in the page's language, last changed first."""
    query = urlencode(asked(request.GET, ("country", "event")))
    return served(
        request,
        event_entry,
        events(request.GET),
        query,
        title=gettext("Events of precursor cities"),
        link=settings.SITE_URL + reverse("events"),
        subtitle=gettext("New and changed events, with the day of the last change."),
        feed_guid=permanent(get_language(), "events", *filter(None, [query])),
    )


@open_data
def library_atom(request):
    """Serve what the library holds, in the page's language, last changed first."""
    return served(
        request,
        material_entry,
        Material.objects.published().with_origins(),
        title=gettext("Library of precursor cities"),
        link=settings.SITE_URL + reverse("library"),
        subtitle=gettext("What is new and changed in the library, with the day of the change."),
        feed_guid=permanent(get_language(), "library"),
    )


def served(request, write, records, query="", **about):
    """Serve a page of a feed; one that nobody can ask for has no entries."""
    asked_page = request.GET.get("page", "1")
    page = int(asked_page) if re.fullmatch("[1-9][0-9]{0,5}", asked_page) else None

    def address(number):
        whole = "&".join(filter(None, [query, f"page={number}" if number > 1 else ""]))
        return settings.SITE_URL + request.path + (f"?{whole}" if whole else "")

    found, pages = [], {}
    if page:
        start = (page - 1) * MOST_ENTRIES
        records = records.order_by("-changed_on", "slug")
        *found, beyond = [*records[start : start + MOST_ENTRIES + 1], None][: MOST_ENTRIES + 1]
        pages |= {"next": address(page + 1)} if beyond else {}
        pages |= {"previous": address(page - 1)} if page > 1 else {}
    feed = RecordFeed(
        description="",  # of RSS
        language=get_language(),
        author_name=settings.OPERATOR_NAME or gettext("Precursor Cities"),
        feed_copyright=LICENCE,
        feed_url=address(page or 1),
        pages=pages,
        **about,
    )
    for values in written(write, found):
        feed.add_item(**values)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def entry(practice):
    categories = [str(t.label) for t in practice.themes] + [*map(str, practice.topics.all())]
    title = f"{practice.title} ({practice.city})"
    return described(practice, title, practice.summary) | {"categories": categories}


def journey_entry(journey):
    return described(journey, journey.title, journey.intro)


def event_entry(event):
    about = " · ".join(filter(None, [event.when, event.where, event.text]))
    categories = [event.get_kind_display(), *(str(theme.label) for theme in event.themes)]
    return described(event, event.title, about) | {"categories": categories}


def material_entry(material):
    categories = [material.get_kind_display(), *map(str, material.topics.all())]
    told = {"categories": categories}
    if material.file:
        kind = FILE_TYPES[material.file_kind.lower()]
        told["enclosures"] = [Enclosure(download(material), str(material.size), kind)]
    return described(material, material.title, material.text) | told


def described(record, title, summary):
    changed = midnight(record.changed_on)
    return {
        "title": title,
        "link": settings.SITE_URL + record.get_absolute_url(),
        "description": escape(summary),  # Django says that it is HTML
        "unique_id": uuid5(record.uuid, get_language()).urn,
        "pubdate": min(record.publish_at, changed),  # loaded at once, it may tell of older days
        "updateddate": changed,
    }
