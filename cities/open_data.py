"""The site's content for machines."""

from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from .finder import Question
from .models import Country


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
