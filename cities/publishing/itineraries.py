"""Journeys for machines: their routes as lines, their stops as a table."""

from functools import partial

from django.http import JsonResponse

from ..models import Journey
from . import columns
from .columns import row, written
from .open_data import COMPACT, LICENCE, csv_table, geojson, open_data


def asked_for(request):
    """Return the journeys to serve: the one that a query names, or all."""
    journeys = Journey.objects.published().with_stops().order_by("slug")
    slug = request.GET.get("journey")
    return journeys.filter(slug=slug) if slug else journeys


@open_data
def journeys_geojson(request):
    """Serve the routes of journeys as GeoJSON lines (RFC 7946), in the page's language."""
    return geojson(line, [journey for journey in asked_for(request) if len(journey.route) > 1])


@open_data
def journeys_csv(request):
    """Serve the stops of journeys, one a row, in their order."""
    return csv_table(columns.STOP, [s for journey in asked_for(request) for s in journey.route])


@open_data
def journeys_json(request):
    """Serve journeys with their stops."""
    journeys = list(written(whole_journey, asked_for(request)))
    return JsonResponse({"licence": LICENCE, "journeys": journeys}, json_dumps_params=COMPACT)


def line(journey):
    values = row(columns.JOURNEY, journey)
    return {
        "type": "Feature",
        "id": values.pop("id"),
        "geometry": {
            "type": "LineString",
            "coordinates": [
                [float(stop.place.longitude), float(stop.place.latitude)] for stop in journey.route
            ],
        },
        "properties": values | {"stops": [str(stop) for stop in journey.route]},
    }


def whole_journey(journey):
    stops = list(written(partial(row, columns.STOP), journey.route))
    return row(columns.JOURNEY, journey) | {"stops": stops}
