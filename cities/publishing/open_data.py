"""The site's content for machines: the same answers as on the screen, as files."""

import csv
import re
from functools import partial, wraps
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe
from openpyxl import Workbook

from ..finder.filters import Filters
from ..mapping.projection import project
from ..models import (
    Country,
    Event,
    Genre,
    Held,
    Indicator,
    Language,
    Material,
    Occasion,
    Payer,
    Precision,
    Role,
    Stage,
    Topic,
    Visits,
)
from ..text.formulas import as_in_xlsx, escaped
from ..text.measures import Measure
from ..text.units import Qualifier, Unit
from . import columns
from .changes import last_change
from .columns import row, written

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
COMPACT = {"ensure_ascii": False, "separators": (",", ":")}
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def open_data(view):
    """Serve for reading only, with an ETag, to the scripts of any site."""
    conditional = conditional_page(view)

    @require_safe
    @wraps(view)
    def serve(request, *args, **kwargs):
        response = conditional(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return serve


# Cities


@open_data
def cities_geojson(request):
    """Serve the cities that a query asks for, as GeoJSON (RFC 7946), in the page's language."""
    filters = Filters.read(request.GET, Country.objects.with_cities())
    return geojson(
        lambda city: feature(city, city, row(columns.CITY, city)),
        filters.cities().for_cards(),
    )


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
    for city in filters.cities().for_cards():
        x, y = project(city.latitude, city.longitude)
        place = {"x": round(x, 1), "y": round(y, 1)}
        values = {"slug": city.slug, "name": city.name} | place | city.filter_values
        for name, column in table.items():
            column.append(values[name])
    table["countries"] = {country.code: country.name for country in countries}
    table["roles"] = dict(Role.choices)
    return JsonResponse(table, json_dumps_params=COMPACT)


# Practices


@open_data
def practices_data(request, extension):
    """Serve the practices that a query asks for, in the page's language."""
    filters = Filters.read(request.GET, Country.objects.with_cities())
    found = filters.practices().select_related("city__country").with_topics()
    return WRITERS[extension](found)


@open_data
def topics_csv(request):
    """Serve the topics, in the page's language; no filter applies to them."""
    return csv_table(columns.TOPIC, Topic.objects.published().alphabetically())


@open_data
def events_csv(request):
    """Serve the events, in the page's language; no filter applies to them."""
    events = Event.objects.published().with_places().with_participants()
    return csv_table(columns.EVENT, events.latest_first())


@open_data
def library_csv(request):
    """Serve what the library holds, in the page's language; no filter applies to it."""
    return csv_table(columns.MATERIAL, Material.objects.published().with_origins().alphabetically())


@open_data
def library_json(request):
    materials = Material.objects.published().with_origins().alphabetically()
    records = list(written(partial(row, columns.MATERIAL), materials))
    return JsonResponse({"licence": LICENCE, "library": records}, json_dumps_params=COMPACT)


@open_data
def indicators_csv(request):
    """Serve the figures of the practices that a query asks for, one a row."""
    filters = Filters.read(request.GET, Country.objects.with_cities())
    return csv_table(columns.INDICATOR, indicators(filters.practices(), filters.measure))


def indicators(practices, measure=""):
    """Yield the figures of practices, in their order, all or those of one measure."""
    for practice in practices.prefetch_related("indicators"):
        for indicator in practice.indicators.all():
            if measure in ("", indicator.measure):
                yield indicator


def practices_geojson(practices):
    return geojson(
        lambda practice: feature(practice, practice.city, row(columns.PRACTICE, practice)),
        practices,
    )


def practices_json(practices):
    """Serve all that the pages tell: long texts as HTML, figures and sources with each practice."""
    found = practices.prefetch_related("indicators", "sources")
    records = list(written(whole_practice, found))
    return JsonResponse({"licence": LICENCE, "practices": records}, json_dumps_params=COMPACT)


def whole_practice(practice):
    return row(columns.PRACTICE, practice) | {
        "description": practice.description,
        "lessons": practice.lessons,
        "indicators": list(written(partial(row, columns.INDICATOR), practice.indicators.all())),
        "sources": [
            {
                "title": source.title,
                "language": source.language,
                "url": source.url,
                "accessed_on": source.accessed_on,
                "archived_url": source.archived_url,
            }
            for source in practice.sources.all()
        ],
    }


def practices_csv(practices):
    return csv_table(columns.PRACTICE, practices)


def practices_xlsx(practices):
    book = Workbook(write_only=True)
    tables = [
        ("good-practices", columns.PRACTICE, practices),
        ("indicators", columns.INDICATOR, indicators(practices)),
    ]
    for name, table, records in tables:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        sheet.append([column.name for column in table])
        for values in written(partial(row, table), records):
            sheet.append([as_in_xlsx(plain(value)) for value in values.values()])
    file = BytesIO()
    book.save(file)
    return HttpResponse(undated(file), content_type=MEDIA_TYPES["xlsx"])


WRITERS = {
    "geojson": practices_geojson,
    "csv": practices_csv,
    "xlsx": practices_xlsx,
    "json": practices_json,
}


# Formats


def feature(record, city, values):
    properties = {k: v for k, v in values.items() if k not in ("id", "latitude", "longitude")}
    place = [float(city.longitude), float(city.latitude)]
    return {
        "type": "Feature",
        "id": str(record.uuid),
        "geometry": {"type": "Point", "coordinates": place},
        "properties": properties,
    }


def geojson(as_feature, records):
    return JsonResponse(
        {"type": "FeatureCollection", "features": list(written(as_feature, records))},
        content_type=MEDIA_TYPES["geojson"],
        json_dumps_params={"ensure_ascii": False},
    )


def csv_table(table, records):
    """Return a table as CSV; the mark at its beginning tells Excel that it is UTF-8."""
    file = StringIO("\ufeff", newline="")
    file.seek(0, 2)
    writer = csv.writer(file)
    writer.writerow(column.name for column in table)
    for values in written(partial(row, table), records):
        writer.writerow(map(plain, values.values()))
    return HttpResponse(file.getvalue(), content_type=MEDIA_TYPES["csv"])


def plain(value):
    """Return a value that no spreadsheet runs."""
    return escaped(value) if isinstance(value, str) else value


def undated(file):
    """Return a workbook without the time of its making: the same content, the same bytes."""
    made = BytesIO()
    with ZipFile(file) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"<dcterms:(\w++)[^<>]*>[^<]*</dcterms:\1>", b"", part)
            target.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return made.getvalue()


# The page that tells about all this


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
    tables = [
        (gettext("Good practices"), columns.PRACTICE),
        (gettext("Figures"), columns.INDICATOR),
        (gettext("Topics"), columns.TOPIC),
        (gettext("Journeys"), columns.JOURNEY),
        (gettext("Stops of journeys"), columns.STOP),
        (gettext("Events"), columns.EVENT),
        (gettext("Library"), columns.MATERIAL),
        (gettext("Cities"), columns.CITY),
    ]
    context = {
        "tables": tables,
        "codes": codes,
        "countries": Country.objects.with_cities(),
        "event_countries": Country.objects.with_events().alphabetically(),
        "last_change": last_change(),
    }
    return render(request, "pages/data.html", context)
