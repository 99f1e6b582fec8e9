"""The cities as files, and as the map reads them."""

import json
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from cities.models import City

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("language", "name", "note", "region", "summary", "office"),
    [
        ("pl", "Wiedeń", "Z dokumentu.", "Kraj Wiedeń", "Stolica.", "Magistrat, wydział klimatu"),
        (
            *("en", "Vienna", "From a paper.", "Vienna State", "The capital."),
            "Town hall, climate department",
        ),
    ],
)
def test_a_city_is_a_feature_of_rfc_7946(
    settings,
    client,
    make_country,
    make_city,
    make_practice,
    reverse_in,
    language,
    name,
    note,
    region,
    summary,
    office,
):
    make_country("at", name_pl="Austria", name_en="Austria")
    make_country("nl")  # no city of it takes part
    city = make_city(
        "at",
        slug="vienna",
        name_pl="Wiedeń",
        name_en="Vienna",
        latitude="48.20849",
        longitude="16.37208",
        local_name="Wien",
        role_note_pl="Z dokumentu.",
        role_note_en="From a paper.",
        region_pl="Kraj Wiedeń",
        region_en="Vienna State",
        summary_pl="Stolica.",
        summary_en="The capital.",
        website="https://example.at/",
        population=1897000,
        population_year=2021,
        population_source="Statistik Austria",
        office_pl="Magistrat, wydział klimatu",
        office_en="Town hall, climate department",
        email="klima@example.at",
        telephone="+43 1 4000",
        contact_page="https://example.at/klima",
        contact_checked_on=date(2026, 5, 3),
        confirmed_on=date(2026, 6, 1),
        study_visits="yes",
    )
    make_practice("energy spatial", city=city)
    response = client.get(reverse_in(language, "data_file", file="cities.geojson"))
    assert response.headers["Content-Type"] == "application/geo+json"
    assert name in response.text  # not as an escape sequence
    assert json.loads(response.content) == {
        "type": "FeatureCollection",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "source": settings.SITE_URL + reverse_in(language, "data_file", file="cities.geojson"),
        "changed_on": timezone.localdate().isoformat(),
        "features": [
            {
                "type": "Feature",
                "id": str(city.uuid),
                "geometry": {"type": "Point", "coordinates": [16.37208, 48.20849]},
                "properties": {
                    "slug": "vienna",
                    "name": name,
                    "local_name": "Wien",
                    "country": "at",
                    "country_name": "Austria",
                    "role": "precursor",
                    "role_note": note,
                    "themes": ["energy", "spatial"],
                    "integrated": False,
                    "region": region,
                    "population": 1897000,
                    "population_year": 2021,
                    "population_source": "Statistik Austria",
                    "website": "https://example.at/",
                    "summary": summary,
                    "office": office,
                    "email": "klima@example.at",
                    "telephone": "+43 1 4000",
                    "contact_page": "https://example.at/klima",
                    "contact_checked_on": "2026-05-03",
                    "study_visits": "yes",
                    "url": settings.SITE_URL + reverse_in(language, "city", slug="vienna"),
                    "confirmed_on": "2026-06-01",
                    "changed_on": timezone.localdate().isoformat(),
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
    data = client.get(reverse_in(language, "data_file", file="cities.geojson") + query).json()
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
    with django_assert_num_queries(3):
        client.get(reverse_in("en", "data_file", file="cities.geojson"))


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
        "visits": [""],
        "mask": [0b110011],  # nothing, energy, spatial, both
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
