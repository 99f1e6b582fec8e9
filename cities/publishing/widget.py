"""A map or a list for the pages of partner cities: one line of HTML, without a script."""

from urllib.parse import urlencode

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from ..finder.filters import Filters
from ..mapping.map import local_map, map_of
from ..models import City, Country, Theme, find
from .tables import practices_asked

# Translators: what the widget shows.
VIEWS = {"map": _("map"), "list": _("list of good practices")}
SCHEMES = {
    "": _("as the reader’s device"),
    # Translators: said of the widget’s colours.
    "light": _("light"),
    # Translators: said of the widget’s colours.
    "dark": _("dark"),
}
MOST_LISTED = 30
HEIGHT, HEIGHT_OF_EUROPE = 520, 760  # CSS pixels
HEIGHTS = [360, HEIGHT, HEIGHT_OF_EUROPE, 1200, 2000]
# As browsers draw it in a column of 600 pixels: a practice, and what stands above the first.
HEIGHT_OF_PRACTICE, HEIGHT_ABOVE = 60, 54


def one_of(query, name, known):
    """Return what a query names, or the first of the known."""
    value = query.get(name, "")
    return value if value in known else next(iter(known))


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": [NONE]})
def widget(request):
    countries = Country.objects.with_cities().with_extents()
    filters = Filters.read(request.GET, countries)
    slug = request.GET.get("city", "").replace("\0", " ")  # which PostgreSQL refuses
    city = find(City.objects.published().for_cards(), slug)
    is_nothing = filters.misses(request.GET) or bool(slug.strip() and not city)
    view = one_of(request.GET, "view", VIEWS)
    context = {
        "scheme": one_of(request.GET, "scheme", SCHEMES),
        "title": title(filters, city, countries),
        "view": view,
        "is_nothing": is_nothing,
        "more": city.get_absolute_url()
        if city
        else f"{reverse('practices')}?{filters.query_string()}",
    }
    if is_nothing:
        pass  # and the page says so
    elif view == "map":
        is_local = bool(city or filters.country)
        context["map"] = local_map([city]) if city else map_of(filters, countries, is_local)
        context["kind"] = "map-local" if is_local else "map-europe"
    else:
        found = practices_asked(filters, is_nothing)
        found = found.filter(city=city) if city else found
        context |= {"practices": found.for_cards()[:MOST_LISTED], "total": found.count()}
    return render(request, "widget/widget.html", context)


def title(filters, city, countries):
    words = [str(city)] if city else filters.in_words(countries)
    site = gettext("Precursor Cities")
    return f"{site}: {', '.join(words)}" if words else site


@require_safe
@csp_update({"frame-src": [SELF]})
def widget_builder(request):
    """Show the line of HTML for what a form asks, and what it will look like."""
    countries = Country.objects.with_cities().alphabetically()
    languages = dict(settings.OPEN_LANGUAGES)
    asked = {
        "view": one_of(request.GET, "view", VIEWS),
        "theme": one_of(request.GET, "theme", ["", *Theme.values]),
        "country": one_of(request.GET, "country", ["", *(country.code for country in countries)]),
        "city": one_of(request.GET, "city", ["", *cities_of(countries)]),
        "scheme": one_of(request.GET, "scheme", SCHEMES),
    }
    language = request.GET.get("language")
    language = language if language in languages else get_language()
    query = urlencode({name: value for name, value in asked.items() if value})
    with translation.override(language):
        path = f"{reverse('widget')}?{query}"
        filters = Filters.read(QueryDict(query), countries)
        city = find(City.objects.published(), asked["city"])
        name = title(filters, city, countries)
    is_europe = asked["view"] == "map" and not (city or asked["country"])
    usual = HEIGHT_OF_EUROPE if is_europe else HEIGHT
    heights = {str(height): told(height, asked["view"], usual) for height in HEIGHTS}
    height = one_of(request.GET, "height", {str(usual): ""} | heights)
    line = format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" '
        'sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"></iframe>',
        settings.SITE_URL + path,
        name,
        height,
    )
    context = {
        "asked": asked | {"language": language, "height": height},
        "path": path,
        "name": name,
        "height": height,
        "line": line,
        "choices": {
            # Translators: the name of a choice.
            "language": (_("Language"), languages),
            "view": (_("What it shows"), VIEWS),
            "theme": (_("Theme"), {"": _("all themes")} | dict(Theme.choices)),
            "country": (
                _("Country"),
                {"": _("all countries")} | {country.code: country.name for country in countries},
            ),
            # Translators: the name of a choice; the head of a column.
            "city": (_("City"), {"": _("all cities")} | cities_of(countries)),
            # Translators: the name of a choice: light or dark.
            "scheme": (_("Colours"), SCHEMES),
            # Translators: the name of a choice.
            "height": (_("Height"), heights),
        },
    }
    return render(request, "widget/builder.html", context)


def told(height, view, height_of_map):
    """Return what a frame of a height shows at once, in words."""
    if view == "list":
        count = min((height - HEIGHT_ABOVE) // HEIGHT_OF_PRACTICE, MOST_LISTED)
        message = ngettext(
            "about %(count)d practice (%(height)d px)",
            "about %(count)d practices (%(height)d px)",
            count,
        )
        return message % {"height": height, "count": count}
    if height < height_of_map:
        return gettext("a part of the map (%(height)d px)") % {"height": height}
    return gettext("the whole map (%(height)d px)") % {"height": height}


def cities_of(countries):
    found = City.objects.published().filter(country__in=countries).alphabetically()
    return {city.slug: city.name for city in found}
