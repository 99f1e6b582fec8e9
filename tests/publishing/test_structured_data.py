import json
from datetime import UTC, datetime

import pytest

from cities.models import Practice, Source
from cities.publishing.structured_data import TERRITORIES

pytestmark = pytest.mark.django_db


@pytest.fixture
def deed(make_city, make_practice):
    town = make_city(
        slug="wzorowo",
        name_pl="Wzorowo",
        name_en="Musterton",
        latitude="53.12",
        longitude="18",
        website="https://wzorowo.example/",
    )
    return make_practice(
        "energy spatial",
        city=town,
        slug="wzorczyn",
        title_pl="Wzorczyn </script><b>&amp;",
        title_en="",
    )


def data(page):
    """Return what the page tells: a list of its JSON-LD, each with all its nodes."""
    scripts = page.html.split('<script type="application/ld+json">')[1:]
    return [json.loads(script.partition("</script>")[0]) for script in scripts]


def test_a_practice_is_an_article_about_a_city(settings, deed, visit):
    settings.OPERATOR_NAME = "Gmina Wzorowo"
    Practice.objects.update(publish_at=datetime(2025, 2, 3, 12, tzinfo=UTC))
    Source.objects.create(practice=deed, title="A", url="https://example.org/a")
    Source.objects.create(practice=deed, title="B")
    site, url = settings.SITE_URL, f"{settings.SITE_URL}/en/good-practices/wzorczyn/"
    image = f"{site}/en/share/practice/wzorczyn.png"
    operator = {"@type": "Organization", "name": "Gmina Wzorowo"}
    told, trail = data(visit("/en/good-practices/wzorczyn/"))
    assert told == {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "WebPage",
                "@id": url,
                "url": url,
                "name": "Wzorczyn </script><b>&amp;",
                "description": "What was done.",
                "inLanguage": "en",
                "isPartOf": {
                    "@type": "WebSite",
                    "@id": f"{site}/#site",
                    "url": f"{site}/",
                    "name": "Precursor Cities",
                    "publisher": operator,
                },
                "primaryImageOfPage": {
                    "@type": "ImageObject",
                    "url": image,
                    "width": 1200,
                    "height": 630,
                },
                "mainEntity": {"@id": f"{url}#record"},
            },
            {
                "@type": "Article",
                "@id": f"{url}#record",
                "headline": "Wzorczyn </script><b>&amp;",
                "description": "What was done.",
                "inLanguage": "pl",
                "author": operator,
                "datePublished": "2025-02-03",
                "dateModified": deed.changed_on.isoformat(),
                "license": "https://creativecommons.org/licenses/by/4.0/",
                "keywords": ["energy", "spatial planning"],
                "about": {
                    "@type": "City",
                    "name": "Musterton",
                    "url": f"{site}/en/cities/wzorowo/",
                },
                "publisher": operator,
                "citation": ["https://example.org/a"],
                "image": image,
            },
        ],
    }
    assert [(step["name"], step.get("item")) for step in trail["itemListElement"]] == [
        ("Home", f"{site}/en/"),
        ("Good practices", f"{site}/en/good-practices/"),
        ("Musterton", f"{site}/en/cities/wzorowo/"),
        ("Wzorczyn </script><b>&amp;", None),
    ]


def test_a_city_tells_where_it_is(settings, deed, visit):
    site, url = settings.SITE_URL, f"{settings.SITE_URL}/pl/miasta/wzorowo/"
    told, trail = data(visit("/pl/miasta/wzorowo/"))
    assert told["@graph"][1] == {
        "@type": "City",
        "@id": f"{url}#record",
        "name": "Wzorowo",
        "description": "Krótki opis.",
        "geo": {"@type": "GeoCoordinates", "latitude": 53.12, "longitude": 18.0},
        "containedInPlace": {
            "@type": "Country",
            "name": "Polska",
            "url": f"{site}/pl/kraje/pl/",
        },
        "sameAs": "https://wzorowo.example/",
        "image": f"{site}/pl/share/city/wzorowo.png",
    }
    assert [step["position"] for step in trail["itemListElement"]] == [1, 2, 3, 4]


def test_a_city_and_a_country_tell_of_the_office_that_answers(deed, visit):
    def offices(page):
        return data(page)[0]["@graph"][2:]

    assert offices(visit("/pl/miasta/wzorowo/")) == offices(visit("/pl/kraje/pl/")) == []
    town, country = deed.city, deed.city.country
    town.office_en, town.email, town.telephone = "Town hall", "um@example.org", "+48 22 123 45 67"
    country.partner, country.partner_url = "PNEC", "https://example.org/pnec"
    for record in (town, country):
        record.save()
    (told,) = offices(visit("/en/cities/wzorowo/"))
    contact = {"@type": "ContactPoint", "email": "um@example.org", "telephone": "+48 22 123 45 67"}
    assert told.pop("areaServed")["@id"].endswith("/en/cities/wzorowo/#record")
    assert told == {
        "@type": "GovernmentOrganization",
        "name": "Town hall",
        "contactPoint": contact,
    }
    (told,) = offices(visit("/pl/kraje/pl/"))
    assert (told["@type"], told["name"]) == ("Organization", "PNEC")
    assert told["contactPoint"] == {"@type": "ContactPoint", "url": "https://example.org/pnec"}


def test_home_tells_of_the_site_and_names_no_operator_that_is_not_given(settings, deed, visit):
    (told,) = data(visit("/pl/"))
    (page,) = told["@graph"]
    assert page["isPartOf"]["name"] == "Miasta prekursorzy"
    assert "publisher" not in page["isPartOf"]


def test_open_graph_says_the_same_in_plain_words(settings, deed, visit):
    page = visit("/pl/dobre-praktyki/wzorczyn/")
    told = {
        e.attributes["property"]: e.attributes["content"] for e in page.find("meta", property=True)
    }
    assert told == {
        "og:site_name": "Miasta prekursorzy",
        "og:locale": "pl_PL",
        "og:type": "article",
        "og:url": f"{settings.SITE_URL}/pl/dobre-praktyki/wzorczyn/",
        "og:title": "Wzorczyn </script><b>&amp;",
        "og:description": "Co zrobiono.",
        "og:image": f"{settings.SITE_URL}/pl/share/practice/wzorczyn.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Wzorczyn </script><b>&amp;",
    }


def test_a_language_has_a_country_for_open_graph():
    asked = {"en": "GB", "de": "DE", "uk": "UA", "cs": "CZ", "eo": None}
    assert {language: TERRITORIES.get(language) for language in asked} == asked


def test_a_page_that_does_not_exist_tells_machines_nothing(db, visit):
    page = visit("/pl/nowhere/", status=404)
    assert data(page) == []
    assert page.find("meta", property=True) == []


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_download_is_a_dataset(settings, deed, client, visit, reverse_in, language):
    Practice.objects.update(first_year=2019, last_year=2021)
    page = visit(reverse_in(language, "data"))
    found = [node for told in data(page) for node in told.get("@graph", [])]
    datasets = [node for node in found if node["@type"] == "Dataset"]
    files = [file for told in datasets for file in told["distribution"]]
    paths = [file["contentUrl"].removeprefix(settings.SITE_URL) for file in files]
    assert len(datasets) == 7
    assert len(paths) == 24
    for path, file in zip(paths, files, strict=True):
        assert client.get(path).headers["Content-Type"] == file["encodingFormat"]
        assert path in page.links()
    for told in datasets:
        words = {"pl": ["energia", "Polska"], "en": ["energy", "Poland"]}[language]
        assert set(words) <= set(told["keywords"])
        assert told["spatialCoverage"]["geo"]["box"] == "53.12 18.0 53.12 18.0"
        assert told["temporalCoverage"] == "2019/2021"
    assert {told["dateModified"] for told in datasets} == {deed.changed_on.isoformat()}
    assert {told["license"] for told in datasets} == {
        "https://creativecommons.org/licenses/by/4.0/"
    }
