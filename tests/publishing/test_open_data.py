import csv
import json
from datetime import date
from io import BytesIO, StringIO
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook

from cities.importing.resources import PracticeResource
from cities.models import City, Practice

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("language", "name", "office"),
    [
        ("pl", "Wiedeń", "Magistrat, wydział klimatu"),
        ("en", "Vienna", "Town hall, climate department"),
    ],
)
def test_a_city_is_a_feature_of_rfc_7946(
    settings, client, make_country, make_city, make_practice, reverse_in, language, name, office
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
        population=1897000,
        office_pl="Magistrat, wydział klimatu",
        office_en="Town hall, climate department",
        email="klima@example.at",
        telephone="+43 1 4000",
        contact_page="https://example.at/klima",
        contact_checked_on=date(2026, 5, 3),
        study_visits="yes",
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
                "id": str(city.uuid),
                "geometry": {"type": "Point", "coordinates": [16.37208, 48.20849]},
                "properties": {
                    "name": name,
                    "country": "at",
                    "country_name": "Austria",
                    "role": "precursor",
                    "themes": ["energy", "spatial"],
                    "integrated": False,
                    "population": 1897000,
                    "office": office,
                    "email": "klima@example.at",
                    "telephone": "+43 1 4000",
                    "contact_page": "https://example.at/klima",
                    "contact_checked_on": "2026-05-03",
                    "study_visits": "yes",
                    "url": settings.SITE_URL + reverse_in(language, "city", slug="vienna"),
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
        ("?theme=wind", 3),
        ("?country=AT", 1),
        ("?country=nl", 3),
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


@pytest.fixture
def practices(make_country, make_city, make_practice, make_indicator):
    """Make two practices of Vienna, one with a figure, one of Poland and a draft."""
    make_country("at", name_pl="Austria", name_en="Austria")
    vienna = make_city("at", slug="vienna", name_pl="Wiedeń", name_en="Vienna")
    tram = make_practice("mobility", city=vienna, slug="tram", title_pl="Tramwaj", title_en="Tram")
    make_indicator(practice=tram, label_pl="Trasa", label_en="Track", value="9.5", unit="km")
    make_practice("energy", city=vienna, slug="heat", title_pl="=Ciepło", first_year=2012)
    make_practice("energy", slug="boilers", title_pl="Kotły", changed_on=date(2020, 1, 31))
    make_practice("energy", slug="draft", status="draft")


def slug_of(url):
    return url.rstrip("/").rpartition("/")[2]


def rows(response):
    """Return the rows of a table of practices, with everything as text."""
    if response.headers["Content-Type"].startswith("text/csv"):
        table = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(BytesIO(response.content))["good-practices"]
        table = [
            ["" if value is None else str(value) for value in line]
            for line in sheet.iter_rows(values_only=True)
        ]
    return [dict(zip(table[0], line, strict=True)) for line in table[1:]]


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("query", ["", "?country=AT", "?theme=energy&country=at", "?q=nowhere"])
def test_every_format_holds_the_practices_that_the_page_shows(
    client, visit, practices, reverse_in, language, query
):
    shown = [
        slug_of(link)
        for card in [visit(reverse_in(language, "practices") + query)]
        for link in card.links()
        if link.startswith(reverse_in(language, "practices"))
        and link != reverse_in(language, "practices")
    ]
    ask = {
        extension: client.get(reverse_in(language, "practices_data", extension=extension) + query)
        for extension in ("csv", "xlsx", "json", "geojson")
    }
    assert [slug_of(row["url"]) for row in rows(ask["csv"])] == shown
    assert [slug_of(row["url"]) for row in rows(ask["xlsx"])] == shown
    assert [slug_of(row["url"]) for row in ask["json"].json()["practices"]] == shown
    assert [slug_of(f["properties"]["url"]) for f in ask["geojson"].json()["features"]] == shown


@pytest.mark.parametrize(("language", "city"), [("pl", "Wiedeń"), ("en", "Vienna")])
def test_formats_tell_the_same_values(client, settings, practices, reverse_in, language, city):
    query = "?country=at&theme=mobility"
    url = reverse_in(language, "practices_data", extension="json") + query
    [record] = client.get(url).json()["practices"]
    assert record["city_name"] == city
    assert record["url"] == settings.SITE_URL + reverse_in(language, "practice", slug="tram")
    assert record["indicators"] == [
        {
            "practice": str(Practice.objects.get(slug="tram").uuid),
            "label": {"pl": "Trasa", "en": "Track"}[language],
            "measure": "",
            "value": 9.5,
            "value_to": None,
            "qualifier": "exact",
            "unit": "km",
            "counted": "",
            "canonical": None,
            "canonical_unit": "",
            "about": "result",
            "evidence": "reported",
            "year": None,
        }
    ]
    [feature] = client.get(url.replace(".json", ".geojson")).json()["features"]
    assert feature["geometry"]["coordinates"] == [record["longitude"], record["latitude"]]
    same = {name: record[name] for name in feature["properties"]}
    assert feature["properties"] == same
    flat = {name: "" if value is None else value for name, value in record.items()}
    for extension in ("csv", "xlsx"):
        [row] = rows(client.get(url.replace(".json", f".{extension}")))
        assert {name: str(flat[name]) for name in row} == {
            **row,
            "latitude": str(float(row["latitude"])),
            "longitude": str(float(row["longitude"])),
            "changed_on": row["changed_on"][:10],
        }
    [figure] = csv.DictReader(
        StringIO(client.get(reverse_in(language, "indicators_csv")).content.decode("utf-8-sig"))
    )
    assert (figure["practice"], figure["value"], figure["unit"]) == (record["id"], "9.5", "km")


def test_spreadsheets_run_no_text(client, practices, reverse_in):
    for extension in ("csv", "xlsx"):
        found = rows(client.get(reverse_in("pl", "practices_data", extension=extension)))
        assert "'=Ciepło" in [row["title"] for row in found]


@pytest.mark.parametrize("name", ["csv", "xlsx", "json", "geojson", "feed", "cities_geojson"])
def test_files_are_open_to_other_sites_and_not_sent_twice(client, practices, reverse_in, name):
    is_practices = name in ("csv", "xlsx", "json", "geojson")
    url = (
        reverse_in("en", "practices_data", extension=name)
        if is_practices
        else reverse_in("en", name)
    )
    first = client.get(url)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_dictionary_explains_every_column(visit, client, practices, reverse_in, language):
    explained = visit(reverse_in(language, "data")).texts("th", inside="dictionary")
    for url in (
        reverse_in(language, "practices_data", extension="csv"),
        reverse_in(language, "indicators_csv"),
    ):
        columns = next(csv.reader(StringIO(client.get(url).content.decode("utf-8-sig"))))
        assert set(columns) <= set(explained)
    [feature, *_] = client.get(reverse_in(language, "cities_geojson")).json()["features"]
    assert set(feature["properties"]) <= set(explained)


@pytest.fixture
def damaged(practices):
    """Put into one practice what no column takes any more, as an older release let it in."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cities_practice SET title_en = 'A\x0bB\ufffe' WHERE slug = 'tram'")


@pytest.mark.parametrize("name", ["csv", "xlsx", "json", "geojson", "feed"])
def test_a_record_that_no_file_can_hold_is_left_out_and_logged(
    client, damaged, reverse_in, caplog, name
):
    extension = {} if name == "feed" else {"extension": name}
    url = reverse_in("en", "feed" if name == "feed" else "practices_data", **extension)
    response = client.get(url)
    told = str(rows(response)) if name in ("csv", "xlsx") else response.text
    slugs = ["boilers", "heat", "tram"]
    assert [slug for slug in slugs if f"/{slug}/" in told] == ["boilers", "heat"]
    pk = Practice.objects.get(slug="tram").pk
    told = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert told == [f"Left out of a file, practice {pk}: ValueError('holds U+000B')"]


def test_the_staffs_own_table_holds_it_cleaned(damaged):
    assert "A\nB" in PracticeResource().export()["title_en"]
