"""What others take of topics: files, feeds, what machines are told, and a picture."""

import csv
import io
import json
import re

import pytest

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def rows(response):
    return list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(("language", "name"), [("pl", "Wzory"), ("en", "Patterns")])
def test_topics_are_a_file_that_practices_refer_to(client, deed, make_topic, language, name):
    make_topic(deed, name_pl="Zieleń", name_en="Zieleń", slug="zielen")
    make_topic(deed, status="draft")
    found = rows(client.get(f"/{language}/topics.csv"))
    assert [(row["slug"], row["name"]) for row in found] == [("wzory", name), ("zielen", "Zieleń")]
    found = rows(client.get(f"/{language}/good-practices.csv?topic=zielen&topic=wzory"))
    assert [row["topics"] for row in found] == ["wzory|zielen"]


def test_a_file_leaves_out_practices_of_other_topics(client, deed, make_practice, make_topic):
    make_topic(make_practice(), slug="inne")
    found = rows(client.get("/pl/good-practices.csv?topic=wzory"))
    assert [row["title"] for row in found] == ["Wzorczyn"]


@pytest.mark.parametrize(("language", "name"), [("pl", "Wzory"), ("en", "Patterns")])
def test_a_feed_names_topics_and_takes_them(client, deed, language, name):
    feed = client.get(f"/{language}/feed.atom?topic=wzory").text
    assert f'<category term="{name}"' in feed
    assert f": {name}</title>" in feed


def test_machines_are_told_what_a_topic_means(visit, make_topic):
    topic = make_topic(slug="rower", name_pl="Rower", synonyms_pl="jednoślad, cykl")
    html = visit(topic.get_absolute_url()).html
    told = re.search(r'<script type="application/ld\+json">(.*"@graph".*)</script>', html)
    graph = json.loads(told[1])["@graph"]
    assert graph[0]["@type"] == "CollectionPage"
    assert {k: graph[1][k] for k in ("@type", "name", "description", "alternateName")} == {
        "@type": "DefinedTerm",
        "name": "Rower",
        "description": "O czym to jest.",
        "alternateName": ["jednoślad", "cykl"],
    }


def test_a_topic_has_a_picture_to_share_also_under_its_former_address(client, deed):
    topic = deed.topics.get()
    before = client.get("/pl/share/topic/wzory.png")
    assert before.headers["Content-Type"] == "image/png"
    topic.slug = "nowe"
    topic.save()
    assert client.get("/pl/share/topic/wzory.png").content == before.content
