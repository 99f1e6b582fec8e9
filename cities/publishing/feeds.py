"""New and changed good practices as Atom (RFC 4287), for any filters of the finder."""

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
from ..models import Country
from .columns import written
from .open_data import LICENCE, open_data

MOST_ENTRIES = 50


class PracticeFeed(Atom1Feed):
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
    language = get_language()
    countries = Country.objects.with_cities()
    filters = replace(Filters.read(request.GET, countries), role="")  # which cities have
    query = filters.query_string()
    asked = f"?{query}" if query else ""
    title = gettext("Good practices of precursor cities")
    if words := filters.in_words(countries):
        title = f"{title}: {', '.join(words)}"
    feed = PracticeFeed(
        title=title,
        link=settings.SITE_URL + reverse("practices") + asked,
        description="",  # of RSS
        subtitle=gettext("New and changed good practices, with the day of the last change."),
        language=language,
        feed_url=settings.SITE_URL + reverse("feed") + asked,
        feed_guid=permanent(language, "feed", query),
        author_name=settings.OPERATOR_NAME or gettext("Precursor Cities"),
        feed_copyright=LICENCE,
    )
    found = filters.practices().select_related("city__country").with_topics()
    found = found.order_by("-changed_on", "slug")
    for values in written(entry, found[:MOST_ENTRIES]):
        feed.add_item(**values)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def entry(practice):
    return {
        "title": f"{practice.title} ({practice.city})",
        "link": settings.SITE_URL + practice.get_absolute_url(),
        "description": escape(practice.summary),  # Django says that it is HTML
        "unique_id": uuid5(practice.uuid, get_language()).urn,
        "updateddate": datetime.combine(practice.changed_on, time(), UTC),
        "categories": [str(t.label) for t in practice.themes] + [*map(str, practice.topics.all())],
    }
