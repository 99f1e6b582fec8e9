import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.db import connection
from openpyxl import load_workbook

from cities.importing.resources import PracticeResource
from cities.models import Practice, Source, publications
from cities.publishing.tables import FILES, TABLES

pytestmark = pytest.mark.database


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
        sheet = load_workbook(BytesIO(response.content)).worksheets[0]
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
        extension: client.get(
            reverse_in(language, "data_file", file=f"good-practices.{extension}") + query
        )
        for extension in ("csv", "xlsx", "json", "geojson")
    }
    assert [slug_of(row["url"]) for row in rows(ask["csv"])] == shown
    assert [slug_of(row["url"]) for row in rows(ask["xlsx"])] == shown
    assert [slug_of(row["url"]) for row in ask["json"].json()["practices"]] == shown
    assert [slug_of(f["properties"]["url"]) for f in ask["geojson"].json()["features"]] == shown


@pytest.mark.parametrize(("language", "city"), [("pl", "Wiedeń"), ("en", "Vienna")])
def test_formats_tell_the_same_values(client, settings, practices, reverse_in, language, city):
    query = "?country=at&theme=mobility"
    url = reverse_in(language, "data_file", file="good-practices.json") + query
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
            "url": record["url"],
            "changed_on": record["changed_on"],
        }
    ]
    [feature] = client.get(url.replace(".json", ".geojson")).json()["features"]
    assert feature["geometry"]["coordinates"] == [record["longitude"], record["latitude"]]
    same = {name: record[name] for name in feature["properties"]}
    assert feature["properties"] == same
    flat = {name: "" if value is None else value for name, value in record.items()}
    flat["data_licence"] = "https://creativecommons.org/licenses/by/4.0/"
    for extension in ("csv", "xlsx"):
        [row] = rows(client.get(url.replace(".json", f".{extension}")))
        told = row | {"changed_on": row["changed_on"][:10]}
        assert told == {name: str(flat[name]) for name in row}
    [figure] = csv.DictReader(
        StringIO(
            client.get(reverse_in(language, "data_file", file="indicators.csv")).content.decode(
                "utf-8-sig"
            )
        )
    )
    assert (figure["practice"], figure["value"], figure["unit"]) == (record["id"], "9.5", "km")


def test_spreadsheets_run_no_text(client, practices, reverse_in):
    for extension in ("csv", "xlsx"):
        found = rows(client.get(reverse_in("pl", "data_file", file=f"good-practices.{extension}")))
        assert "'=Ciepło" in [row["title"] for row in found]


@pytest.mark.parametrize("name", [*FILES, "feed.atom", "events.ics"])
def test_files_are_open_to_other_sites_and_not_sent_twice(client, practices, name):
    url = f"/en/{name}"
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    asked_first = client.options(url)
    assert (asked_first.status_code, asked_first.content) == (204, b"")
    assert asked_first.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "If-None-Match" in asked_first.headers["Access-Control-Allow-Headers"]
    for answer in (first, again, asked_first):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_dictionary_explains_every_column(visit, client, practices, reverse_in, language):
    explained = visit(reverse_in(language, "data")).texts("th", inside="dictionary")
    for table in TABLES:
        url = reverse_in(language, "data_file", file=f"{table.name}.csv")
        columns = next(csv.reader(StringIO(client.get(url).content.decode("utf-8-sig"))))
        assert set(columns) <= set(explained)
    [feature, *_] = client.get(reverse_in(language, "data_file", file="cities.geojson")).json()[
        "features"
    ]
    assert set(feature["properties"]) <= set(explained)


@pytest.fixture
def whole_site(
    make_country,
    make_city,
    make_practice,
    make_indicator,
    make_journey,
    make_topic,
    make_event,
    make_material,
):
    """Make one of each kind, in Austria, and return the day of their last change."""
    make_country("at", name_pl="Austria", name_en="Austria")
    city = make_city("at", slug="linz", profile_en="<p>Long.</p>")
    Source.objects.create(city=city, title="Register")
    practice = make_practice("energy", city=city)
    make_indicator(practice=practice)
    make_topic(slug="heat")
    make_journey(city, practice)
    make_event(country=city.country)
    make_material()
    day = date(2026, 5, 3)
    for kind in publications():
        kind.objects.update(changed_on=day)
    return day


@pytest.fixture
def damaged(practices):
    """Put into one practice what no column takes any more, as an older release let it in."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cities_practice SET title_en = 'A\x0bB\ufffe' WHERE slug = 'tram'")


@pytest.mark.parametrize("name", ["csv", "xlsx", "json", "geojson", "feed"])
def test_a_record_that_no_file_can_hold_is_left_out_and_logged(client, damaged, caplog, name):
    response = client.get("/en/feed.atom" if name == "feed" else f"/en/good-practices.{name}")
    told = str(rows(response)) if name in ("csv", "xlsx") else response.text
    slugs = ["boilers", "heat", "tram"]
    assert [slug for slug in slugs if f"/{slug}/" in told] == ["boilers", "heat"]
    pk = Practice.objects.get(slug="tram").pk
    told = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert told == [f"Left out of a file, practice {pk}: ValueError('holds U+000B')"]


def test_whole_numbers_are_whole(client, make_indicator):
    make_indicator(value=405, value_to=Decimal("500.5"), unit="km", measure="")
    for extension in ("csv", "xlsx"):
        [row] = rows(client.get(f"/en/indicators.{extension}"))
        assert (row["value"], row["value_to"]) == ("405", "500.5")
    assert '"value":405,"value_to":500.5' in client.get("/en/indicators.json").text


TERMS = ["licence", "source", "changed_on"]


@pytest.mark.parametrize("file", FILES)
def test_every_file_tells_licence_source_and_day(client, settings, whole_site, file):
    """In a spreadsheet each row does: it has the address and the day of its record."""
    asked = "?country=at&utm_source=letter" if "country" in FILES[file][0].takes else ""
    asked = asked or "?utm_source=letter"
    response = client.get(f"/pl/{file}{asked}")
    licence = "https://creativecommons.org/licenses/by/4.0/"
    day = whole_site.isoformat()
    if file.endswith("json"):
        source = f"{settings.SITE_URL}/pl/{file}" + ("?country=at" if "country" in asked else "")
        told = response.json()
        assert [told[name] for name in TERMS] == [licence, source, day]
    else:
        found = rows(response)
        assert found
        for row in found:
            assert row["data_licence"] == licence
            assert row["url"].startswith(f"{settings.SITE_URL}/pl/")
            assert row["changed_on"][:10] == day
    stem, _, extension = file.partition(".")
    words = f"{stem}-pl-country-at" if "country" in asked else f"{stem}-pl"
    name = f"{words}-{day}.{extension}"
    assert response.headers["Content-Disposition"] == f'inline; filename="{name}"'


@pytest.mark.parametrize(
    "query",
    [
        *("country=nl", "country=at&country=xx", "theme=wind", "theme=energy&theme=wind"),
        *("topic=none", "stage=1", "size=9", "payer=me", "measure=luck", "tells=x", "visits=no"),
        *("role=mayor", "role=committed"),
    ],
)
def test_what_nobody_has_is_in_no_file(client, whole_site, query):
    for file in ("good-practices.csv", "good-practices.xlsx", "indicators.csv"):
        assert rows(client.get(f"/en/{file}?{query}")) == []
    assert client.get(f"/en/good-practices.json?{query}").json()["practices"] == []
    assert client.get(f"/en/cities.json?{query}").json()["cities"] == []
    assert "<entry" not in client.get(f"/en/feed.atom?{query}").text


def test_events_are_those_of_a_country_or_the_one_asked_for(client, whole_site):
    asked = {"": 1, "?country=at": 1, "?country=nl": 0, "?event=none": 0, "?utm_source=x": 1}
    found = {query: len(rows(client.get(f"/en/events.csv{query}"))) for query in asked}
    assert found == asked


def test_a_city_is_told_with_its_long_text_and_sources(client, whole_site):
    [told] = client.get("/en/cities.json").json()["cities"]
    assert told["profile"] == "<p>Long.</p>"
    assert [source["title"] for source in told["sources"]] == ["Register"]
    book = load_workbook(BytesIO(client.get("/en/cities.xlsx").content))
    assert book.sheetnames == ["cities", "sources", "about"]
    [_header, source] = book["sources"].iter_rows(values_only=True)
    assert source[:2] == (told["id"], "Register")


def test_the_staffs_own_table_holds_it_cleaned(damaged):
    assert "A\nB" in PracticeResource().export()["title_en"]
