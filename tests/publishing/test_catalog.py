"""What catalogues and programs are told of the files."""

import csv
import re
from datetime import date
from io import StringIO

import pytest

from cities.publishing.tables import FILES

pytestmark = pytest.mark.database

READ = {
    "boolean": lambda cell: {"True": True, "False": False}[cell],
    "date": date.fromisoformat,
    "integer": int,
    "number": float,
    "string": str,
}


@pytest.fixture
def site(make_city, make_practice, make_indicator, make_journey, make_topic, make_event):
    city = make_city(latitude="53.12", longitude="18", population=405, population_year=2020)
    practice = make_practice("energy", city=city, first_year=2019, last_year=2021)
    make_indicator(practice=practice, value="9.5", year=2020)
    make_topic()
    make_journey(city, practice)
    make_event(city, day=date(2024, 5, 6))


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_package_describes_every_file_beside_it(client, site, language):
    told = client.get(f"/{language}/datapackage.json").json()
    assert [resource["path"] for resource in told["resources"]] == list(FILES)
    assert told["licenses"][0]["name"] == "CC-BY-4.0"
    for resource in told["resources"]:
        assert re.fullmatch("[a-z0-9._-]+", resource["name"])
        response = client.get(f"/{language}/{resource['path']}")
        assert response.headers["Content-Type"].startswith(resource["mediatype"])


def test_every_cell_is_of_its_columns_type(client, site):
    package = client.get("/en/datapackage.json").json()
    tables = [resource for resource in package["resources"] if resource["format"] == "csv"]
    for resource in tables:
        text = client.get(f"/en/{resource['path']}").text.removeprefix("\ufeff")
        header, *lines = csv.reader(StringIO(text))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        for line in lines:
            for field, cell in zip(fields, line, strict=True):
                assert not cell or READ[field["type"]](cell) is not None


def test_whatever_is_no_text_has_a_type(client, site):
    """Ask the JSON files, whose values have types of their own."""
    package = client.get("/en/datapackage.json").json()
    kinds = {bool: "boolean", int: "integer", float: "number"}
    for resource in package["resources"]:
        if resource["format"] != "csv":
            continue
        types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        content = client.get(f"/en/{resource['path'].replace('.csv', '.json')}").json()
        (records,) = (value for value in content.values() if isinstance(value, list))
        for name, value in (pair for record in records for pair in record.items()):
            if name in types and type(value) in kinds:
                assert types[name] in (kinds[type(value)], "number"), name


def test_rows_lead_to_rows_of_other_files(client, site):
    package = client.get("/en/datapackage.json").json()
    tables = {resource["name"]: resource for resource in package["resources"]}

    def column(name, column):
        text = client.get(f"/en/{name}").text.removeprefix("\ufeff")
        return {row[column] for row in csv.DictReader(StringIO(text))}

    for name in ("indicators.csv", "good-practices.csv"):
        (key,) = tables[name]["schema"]["foreignKeys"]
        other = key["reference"]
        assert column(name, key["fields"]) <= column(other["resource"], other["fields"])
    assert tables["indicators.xlsx"]["schema"]["foreignKeys"][0]["reference"]["resource"] == (
        "good-practices.xlsx"
    )


def test_the_catalogue_tells_what_dcat_ap_asks_for(client, settings, site):
    response = client.get("/data/catalog.jsonld")
    assert response.headers["Content-Type"] == "application/ld+json"
    told = response.json()
    assert told["@type"] == "dcat:Catalog"
    assert {text["@language"] for text in told["dct:title"]} == {"pl", "en"}
    files = []
    for node in [told, *told["dcat:dataset"]]:
        for name in ("dct:title", "dct:description", "dct:publisher"):
            assert node[name]
    for dataset in told["dcat:dataset"]:
        assert dataset["dct:spatial"]["dcat:bbox"]["@value"].startswith("POLYGON((18.0 53.12, ")
        period = dataset["dct:temporal"]
        years = [period[f"dcat:{end}Date"]["@value"] for end in ("start", "end")]
        assert years == ["2019", "2021"]
        words = {(word["@language"], word["@value"]) for word in dataset["dcat:keyword"]}
        assert {("pl", "energia"), ("en", "energy"), ("pl", "Polska")} <= words
        files += [found["dcat:downloadURL"]["@id"] for found in dataset["dcat:distribution"]]
    expected = {f"{settings.SITE_URL}/{code}/{file}" for code in ("pl", "en") for file in FILES}
    assert (set(files), len(files)) == (expected, len(expected))


def test_an_empty_site_tells_of_no_place_nor_time(client, db):
    for dataset in client.get("/data/catalog.jsonld").json()["dcat:dataset"]:
        assert {"dct:spatial", "dct:temporal", "dct:modified"} & set(dataset) == set()
    assert "version" not in client.get("/pl/datapackage.json").json()
