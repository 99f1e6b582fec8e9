"""What the open data are about, and of which places and years."""

from django.db.models import Max, Min
from django.utils.translation import gettext, pgettext

from ..models import City, Country, Practice, Theme


def keywords():
    """Return what all this is about, in the page's language."""
    # Translators: a keyword of the data, for catalogues.
    planning = pgettext("keyword", "integrated planning")
    names = [country.name for country in Country.objects.with_cities().alphabetically()]
    return [*(str(theme.label) for theme in Theme), planning, gettext("Cities").lower(), *names]


def years():
    """Return (first, last) year in which practices began or ended; None where none is known."""
    found = Practice.objects.published().aggregate(
        first=Min("first_year"), begun=Max("first_year"), ended=Max("last_year")
    )
    last = max(filter(None, [found["begun"], found["ended"]]), default=None)
    return (found["first"], last) if found["first"] else None


def box():
    """Return (south, west, north, east) of all cities in degrees; None where there are none."""
    found = City.objects.published().aggregate(
        Min("latitude"), Min("longitude"), Max("latitude"), Max("longitude")
    )
    return None if None in found.values() else tuple(map(float, found.values()))
