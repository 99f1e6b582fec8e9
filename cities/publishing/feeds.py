"""What is new and changed as Atom (RFC 4287): practices by any filters, journeys, events …"""

from dataclasses import replace
from datetime import UTC, datetime, time
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, gettext

from ..finder.filters import Filters
from ..models import Country, Event, Journey, Material
from .columns import written
from .open_data import LICENCE, open_data

MOST_ENTRIES = 50


class RecordFeed(Atom1Feed):
    def latest_post_date(self):
        """Return when the last entry changed; a feed without any has not changed since ever."""
        return max(
            (item["updateddate"] for item in self.items),
            default=datetime.min.replace(1970, tzinfo=UTC),
        )


def permanent(*names):
    """Return an identifier that outlives addresses and hosts."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'precursor-cities/' + '/'.join(names))}"


@open_data
def practices_atom(request):
    """Serve the practices that a query asks for, in the page's language, last changed first."""
    countries = Country.objects.with_cities()
    filters = replace(Filters.read(request.GET, countries), role="")  # which cities have
    query = filters.query_string()
    asked = f"?{query}" if query else ""
    title = gettext("Good practices of precursor cities")
    if words := filters.in_words(countries):
        title = f"{title}: {', '.join(words)}"
    found = filters.practices().select_related("city__country").with_topics()
    return served(
        entry,
        found,
        title=title,
        link=settings.SITE_URL + reverse("practices") + asked,
        subtitle=gettext("New and changed good practices, with the day of the last change."),
        feed_url=settings.SITE_URL + reverse("feed") + asked,
        feed_guid=permanent(get_language(), "feed", query),
    )


@open_data
def journeys_atom(request):
    """Serve the journeys, in the page's language, last changed first."""
    return served(
        journey_entry,
        Journey.objects.published(),
        title=gettext("Journeys through precursor cities"),
        link=settings.SITE_URL + reverse("journeys"),
        subtitle=gettext("New and changed journeys, with the day of the last change."),
        feed_url=settings.SITE_URL + reverse("journeys_feed"),
        feed_guid=permanent(get_language(), "journeys"),
    )


@open_data
def events_atom(request):
    """Serve the events, in the page's language, last changed first."""
    return served(
        event_entry,
        Event.objects.published().with_places(),
        title=gettext("Events of precursor cities"),
        link=settings.SITE_URL + reverse("events"),
        subtitle=gettext("New and changed events, with the day of the last change."),
        feed_url=settings.SITE_URL + reverse("events_feed"),
        feed_guid=permanent(get_language(), "events"),
    )


@open_data
def library_atom(request):
    """Serve what the library holds, in the page's language, last changed first."""
    return served(
        material_entry,
        Material.objects.published().with_origins(),
        title=gettext("Library of precursor cities"),
        link=settings.SITE_URL + reverse("library"),
        subtitle=gettext("What is new and changed in the library, with the day of the change."),
        feed_url=settings.SITE_URL + reverse("library_feed"),
        feed_guid=permanent(get_language(), "library"),
    )


def served(write, records, **about):
    feed = RecordFeed(
        description="",  # of RSS
        language=get_language(),
        author_name=settings.OPERATOR_NAME or gettext("Precursor Cities"),
        feed_copyright=LICENCE,
        **about,
    )
    for values in written(write, records.order_by("-changed_on", "slug")[:MOST_ENTRIES]):
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
    return described(material, material.title, material.text) | {"categories": categories}


def described(record, title, summary):
    return {
        "title": title,
        "link": settings.SITE_URL + record.get_absolute_url(),
        "description": escape(summary),  # Django says that it is HTML
        "unique_id": uuid5(record.uuid, get_language()).urn,
        "updateddate": datetime.combine(record.changed_on, time(), UTC),
    }
