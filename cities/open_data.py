"""The site's content for machines."""

from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from .finder import Question
from .models import Country, Role
from .projection import project


@require_safe
def cities_geojson(request):
    """Serve the cities that a query asks for, as GeoJSON (RFC 7946), in the page's language."""
    question = Question.read(request.GET, Country.objects.all())
    features = [
        {
            "type": "Feature",
            "id": city.slug,
            "geometry": {
                "type": "Point",
                "coordinates": [float(city.longitude), float(city.latitude)],
            },
            "properties": {
                "name": city.name,
                "country": city.country.code,
                "country_name": city.country.name,
                "role": city.role,
                "themes": city.themes,
                "integrated": city.integrated,
                "population": city.population,
                "url": settings.SITE_URL + city.get_absolute_url(),
            },
        }
        for city in question.cities().for_cards()
    ]
    return JsonResponse(
        {"type": "FeatureCollection", "features": features},
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
def map_cities(request):
    """Serve the cities that a query asks for as the map reads them (static/js/live-map.js).

    In columns, half the weight of GeoJSON: places in base map units, traits as the
    filters ask for them, names in the page's language.
    """
    countries = Country.objects.with_cities()
    question = Question.read(request.GET, countries)
    columns = {name: [] for name in ("slug", "name", "x", "y", "country", "role", "size", "joined")}
    for city in question.cities().for_cards():
        x, y = project(city.latitude, city.longitude)
        place = {"x": round(x, 1), "y": round(y, 1)}
        row = {"slug": city.slug, "name": city.name} | place | city.traits
        for name, column in columns.items():
            column.append(row[name])
    columns["countries"] = {country.code: country.name for country in countries}
    columns["roles"] = dict(Role.choices)
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    return JsonResponse(columns, json_dumps_params=compact)
