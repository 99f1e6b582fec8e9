import json
from urllib.parse import urlsplit

import pytest

from cities.models import City

pytestmark = pytest.mark.database


@pytest.mark.parametrize(("language", "name"), [("pl", "Wiedeń"), ("en", "Vienna")])
def test_a_city_is_a_feature_of_rfc_7946(
    settings, client, make_country, make_city, make_practice, reverse_in, language, name
):
    make_country("at", name_pl="Austria", name_en="Austria")
    city = make_city(
        "at",
        slug="vienna",
        name_pl="Wiedeń",
        name_en="Vienna",
        latitude="48.20849",
        longitude="16.37208",
        population=1897000,
    )
    make_practice("energy spatial", city=city)
    response = client.get(reverse_in(language, "cities_geojson"))
    assert response.headers["Content-Type"] == "application/geo+json"
    assert name in response.text  # not as an escape sequence
    assert json.loads(response.content) == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "vienna",
                "geometry": {"type": "Point", "coordinates": [16.37208, 48.20849]},
                "properties": {
                    "name": name,
                    "country": "at",
                    "country_name": "Austria",
                    "role": "precursor",
                    "themes": ["energy", "spatial"],
                    "integrated": False,
                    "population": 1897000,
                    "url": settings.SITE_URL + reverse_in(language, "city", slug="vienna"),
                },
            }
        ],
    }


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("?theme=energy&theme=mobility", 1),
        ("?theme=wind", 3),
        ("?country=AT", 1),
        ("?role=committed", 1),
        ("?q=nowhere", 0),
        ("?q=miasto", 3),
    ],
)
def test_the_file_holds_the_cities_that_the_page_shows(
    client, visit, make_country, make_city, make_practice, reverse_in, language, query, count
):
    make_country("at", name_pl="Austria", name_en="Austria")
    make_practice("energy mobility")
    make_practice("energy", city=make_city("at"))
    make_city(role="committed")
    make_city(status="draft")
    data = client.get(reverse_in(language, "cities_geojson") + query).json()
    page = visit(reverse_in(language, "cities") + query)
    cards = [link for link in page.links() if link.startswith(reverse_in(language, "cities"))]
    told = {urlsplit(feature["properties"]["url"]).path for feature in data["features"]}
    shown = {link for link in cards if link != reverse_in(language, "cities")}
    assert told == shown
    assert len(data["features"]) == count
    assert City.objects.count() == 4


@pytest.mark.parametrize("count", [1, 5])
def test_the_file_costs_the_same_queries_for_any_number_of_cities(
    client, make_practice, reverse_in, django_assert_num_queries, count
):
    for _ in range(count):
        make_practice()
    with django_assert_num_queries(2):
        client.get(reverse_in("en", "cities_geojson"))


@pytest.mark.parametrize(("language", "name"), [("pl", "Wiedeń"), ("en", "Vienna")])
def test_the_map_reads_cities_in_columns(
    client, make_country, make_city, make_practice, reverse_in, language, name
):
    make_country("at", name_pl="Austria", name_en="Austria")
    vienna = {"slug": "vienna", "name_pl": "Wiedeń", "name_en": "Vienna", "population": 1897000}
    city = make_city("at", latitude="48.20849", longitude="16.37208", **vienna)
    make_practice("energy spatial", city=city)
    make_city(role="committed", status="draft")
    data = client.get(reverse_in(language, "map_cities")).json()
    roles = data.pop("roles")
    assert data == {
        "slug": ["vienna"],
        "name": [name],
        "x": [3522.2],
        "y": [3730.3],
        "country": ["at"],
        "role": ["precursor"],
        "size": ["over-100k"],
        "joined": [0b110011],  # nothing, energy, spatial, both
        "countries": {"at": "Austria"},
    }
    assert list(roles) == ["precursor", "committed"]


def test_the_map_reads_what_its_page_asks_for(
    client, make_country, make_city, make_practice, reverse_in
):
    make_country("at", name_pl="Austria", name_en="Austria")
    make_practice("energy mobility", city=make_city("at", slug="linz"))
    make_city(slug="sztum", name_pl="Sztum")
    feed = reverse_in("pl", "map_cities")
    asked = {"": ["linz", "sztum"], "?country=at": ["linz"], "?theme=mobility": ["linz"]}
    asked |= {"?q=sztum": ["sztum"], "?q=nowhere": []}
    found = {query: sorted(client.get(feed + query).json()["slug"]) for query in asked}
    assert found == asked
