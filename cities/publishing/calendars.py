"""Events as calendars (RFC 5545): all of them, those of a country, or one alone."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language, gettext, pgettext
from icalendar import Calendar
from icalendar import Event as Entry

from ..models import Precision
from .columns import address
from .formats import written
from .open_data import open_data
from .tables import events

MEDIA_TYPE = "text/calendar; charset=utf-8"


@open_data
def events_ics(request):
    """Serve the events of a calendar that a query asks for, in the page's language.

    An unknown country or event gives a calendar without any.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Precursor Cities//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = gettext("Events of precursor cities")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)  # for readers from before RFC 7986
    for entry in written(as_entry, events(request.GET).dated().in_chunks()):
        calendar.add_component(entry)
    response = HttpResponse(calendar.to_ical(), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="events.ics"'
    return response


def as_entry(event):
    """Return an event as an entry of whole days, at which nobody counts as busy.

    One of which only the month or the season is known lasts from the first day of it to the last,
    and its text begins with that.
    """
    entry, changed = Entry(), datetime.combine(event.changed_on, time(), UTC)
    entry.add("uid", str(event.uuid))
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("dtstart", event.first_day)
    entry.add("dtend", event.last_day + timedelta(days=1))  # the first day that is none of it
    entry.add("transp", "TRANSPARENT")
    entry.add("status", "CONFIRMED" if event.was_held else "TENTATIVE")
    entry.add("summary", event.title, parameters={"language": get_language()})
    entry.add("description", told(event))
    online = pgettext("event", "online") if event.online else ""
    if place := ", ".join(filter(None, [event.is_met and event.where, online])) or event.where:
        entry.add("location", place)
    if event.city:
        entry.add("geo", (float(event.city.latitude), float(event.city.longitude)))
    categories = [event.get_kind_display(), *(theme.label for theme in event.themes)]
    entry.add("categories", [str(category) for category in categories])
    if settings.SITE_URL:  # an archive may have no home
        entry.add("url", address(event))
    return entry


def told(event):
    """Return the text of an event, after its days where these are not known."""
    lines = [event.text]
    if event.source_title:
        lines.append(gettext("Source: %(title)s") % {"title": event.source_title})
    if event.is_left_open:
        lines.insert(0, gettext("Announced; the source does not say whether it was held."))
    if event.precision != Precision.DAY:
        lines.insert(0, gettext("When: %(when)s; no day is known.") % {"when": event.when})
    return "\n\n".join(filter(None, lines))
