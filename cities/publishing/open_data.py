"""The site's content for machines: the same answers as on the screen, as files."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import conditional_page, require_safe

from ..finder.filters import Filters
from ..mapping.projection import project
from ..models import (
    Country,
    Genre,
    Held,
    Indicator,
    Language,
    Occasion,
    Payer,
    Precision,
    Role,
    Stage,
    Visits,
)
from ..text.alphabet import slugify
from ..text.measures import Measure
from ..text.translation import columns as columns_of
from ..text.units import Qualifier, Unit
from . import columns
from .changes import last_change
from .columns import LICENCE
from .coverage import box, keywords, years
from .formats import COMPACT, WRITERS
from .tables import FILES, TABLES, asked

KEPT = "precursors.kept"  # in a request of an archive: the records that it asked for last
LONGEST_NAME = 120  # characters, of a file, without its day and how it ends
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Link": f'<{LICENCE}>; rel="license"',
}
ASKED_FIRST = {  # by browsers, before a script of another site asks whether something has changed
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


def open_data(view):
    """Serve for reading only, with an ETag, to the scripts of any site."""
    safe = require_safe(conditional_page(view))

    @wraps(view)
    def serve(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=OPEN | ASKED_FIRST)
        response = safe(request, *args, **kwargs)
        for name, value in OPEN.items():
            response.headers[name] = value
        return response

    return serve


@open_data
def data_file(request, file):
    """Serve what a query asks for of a table, in the page's language."""
    table, kind = FILES[file]
    wanted = asked(request.GET, table.takes)
    query = f"?{urlencode(wanted)}" if wanted else ""
    source = settings.SITE_URL + request.path + query
    # An archive asks for every kind of file: what is read for one of them serves the others.
    kept, key = request.META.get(KEPT, {}), (table.name, get_language(), *wanted)
    if key not in kept:
        kept.clear()
        kept[key] = table.records(request.GET)
    response, day = WRITERS[kind](table, kept[key], source)
    words = [table.name, get_language(), *(f"{name}-{slugify(value)}" for name, value in wanted)]
    name = "-".join(words)[:LONGEST_NAME] + (f"-{day}" if day else "")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.{kind}"'
    return response


@require_safe
def map_cities(request):
    """Serve the cities that a query asks for as the map reads them (static/js/live-map.js).

    In columns, half the weight of GeoJSON: places in base map units, filter_values as the
    filters ask for them, names in the page's language.
    """
    countries = Country.objects.with_cities()
    filters = Filters.read(request.GET, countries)
    names = ("slug", "name", "x", "y", "country", "role", "size", "visits", "mask")
    table = {name: [] for name in names}
    read = ("slug", *columns_of("name"), "latitude", "longitude", "population", "role")
    read += ("study_visits", "country__code")
    for city in filters.cities().for_cards().only(*read).iterator():
        x, y = project(city.latitude, city.longitude)
        place = {"x": round(x, 1), "y": round(y, 1)}
        values = {"slug": city.slug, "name": city.name} | place | city.filter_values
        for name, column in table.items():
            column.append(values[name])
    table["countries"] = {country.code: country.name for country in countries}
    table["roles"] = dict(Role.choices)
    return JsonResponse(table, json_dumps_params=COMPACT)


@require_safe
def data_page(request):
    codes = [
        ("stage", Stage.choices),
        ("role", Role.choices),
        ("study_visits", Visits.choices),
        ("qualifier", Qualifier.choices),
        ("payers", Payer.choices),
        ("measure", Measure.choices),
        ("about", Indicator.About.choices),
        ("evidence", Indicator.Evidence.choices),
        ("unit", Unit.choices),
        ("kind", [*Occasion.choices, *Genre.choices]),
        ("language", Language.choices),
        ("precision", Precision.choices),
        ("held", Held.choices),
    ]
    described = [(table.title, table.columns) for table in TABLES if table.name != "journeys"]
    described += [
        (gettext("Journeys"), columns.JOURNEY),
        (gettext("Stops of journeys"), columns.STOP),
        (gettext("Sources"), columns.CITED),
        (gettext("Every table"), columns.TERMS),
    ]
    context = {
        "tables": TABLES,
        "described": described,
        "codes": codes,
        "countries": Country.objects.with_cities(),
        "event_countries": Country.objects.with_events().alphabetically(),
        "last_change": last_change(),
        "coverage": {"keywords": keywords(), "box": box(), "years": years()},
    }
    return render(request, "pages/data.html", context)
