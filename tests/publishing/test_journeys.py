"""What others take of journeys: lines, tables, a feed, what machines are told, and a picture."""

import csv
import io
import json
import re

import pytest

from cities.models import City

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_a_journey_is_a_line_through_its_stops(client, deed, make_city, make_journey):
    far = make_city(latitude="60.5", longitude="10.25")
    journey = make_journey(far, deed, title_pl="Dal", slug="dal")
    make_journey(far, slug="punkt")  # no line goes through one point
    City.objects.filter(pk=deed.city_id).update(latitude=50, longitude=20)
    found = client.get("/pl/journeys.geojson").json()["features"]
    assert [line["properties"]["title"] for line in found] == ["Dal", "Droga"]
    assert found[0]["id"] == str(journey.uuid)
    assert found[0]["geometry"] == {
        "type": "LineString",
        "coordinates": [[10.25, 60.5], [20.0, 50.0]],
    }
    assert len(client.get("/pl/journeys.geojson?journey=droga").json()["features"]) == 1


@pytest.mark.parametrize(("language", "name"), [("pl", "Wzorczyn"), ("en", "Musterdeed")])
def test_stops_are_a_table(client, deed, language, name):
    text = client.get(f"/{language}/journeys.csv").text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["number"] for row in rows] == ["1", "2"]
    assert (rows[1]["name"], rows[1]["record"]) == (name, str(deed.uuid))
    assert rows[1]["url"].endswith("/wzorczyn/?journey=droga")
    told = client.get(f"/{language}/journeys.json").json()["journeys"]
    assert [[stop["name"] for stop in journey["stops"]] for journey in told] == [
        [row["name"] for row in rows]
    ]


def test_drafts_are_in_no_file(client, deed, make_journey):
    make_journey(deed, deed.city, title_pl="Szkic", status="draft")
    for name in ("journeys.geojson", "journeys.csv", "journeys.json", "journeys.atom"):
        text = client.get(f"/pl/{name}").text
        assert ("Droga" in text, "Szkic" in text) == (True, False)


def test_machines_are_told_the_stops_in_their_order(visit, deed):
    html = visit("/en/journeys/droga/").html
    written = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1]
    listed = json.loads(written)["@graph"][1]["itemListElement"]
    assert [(item["position"], item["name"]) for item in listed] == [
        (1, "Musterton"),
        (2, "Musterdeed"),
    ]


def test_a_journey_has_a_picture_of_its_own(client, deed):
    one = client.get("/pl/share/journey/droga.png")
    assert one.headers["Content-Type"] == "image/png"
    assert one.content != client.get("/pl/share/page/journeys.png").content
