import csv

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cities.importing import table_files
from cities.importing.resources import (
    RESOURCES,
    TABLES,
    CityResource,
    EventResource,
    MaterialResource,
    PhotoResource,
    PracticeResource,
    TopicResource,
)
from cities.importing.table_files import tabulated
from cities.management.commands.load_programme import DATA
from cities.models import City, PracticeTopic, Source

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("text", "exported"),
    [
        ("=1+1", "'=1+1"),
        ("+48", "'+48"),
        ("-5", "'-5"),
        ("@A1", "'@A1"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t'=1"),
        ("a;=1", "a;'=1"),
        ('a;"=1', "a;\"'=1"),
        ("a,+1\n-2\t@B", "a,'+1\n'-2\t'@B"),
        ("'=SUM(1)", "''=SUM(1)"),
        ("od 3 – do 5; a=b, x-y", "od 3 – do 5; a=b, x-y"),
    ],
)
def test_a_spreadsheet_gets_no_formula_and_the_site_keeps_the_text(make_city, text, exported):
    city = make_city(summary_pl=text, slug="torun")
    table = CityResource().export()
    assert table["summary_pl"] == [exported]
    City.objects.filter(pk=city.pk).update(summary_pl="")
    CityResource().import_data(table)
    assert City.objects.get().summary_pl == text


PUBLIC = {"cities": CityResource, "good-practices": PracticeResource, "topics": TopicResource}
PUBLIC |= {"events": EventResource, "library": MaterialResource}


@pytest.fixture
def visible(make_city, make_practice, make_topic, make_event, make_material):
    """Make one of each, named by what visitors do not see too, and texts in one language alone."""
    city = make_city(latitude="53.12", population=405, role_note_pl="=1+1")
    practice = make_practice("energy", city=city, payers=["own", "eea"], first_year=2019)
    draft = make_topic(slug="draft", status="draft")
    PracticeTopic.objects.create(practice=practice, topic=make_topic(slug="heat"))
    PracticeTopic.objects.create(practice=practice, topic=draft)
    make_event(city, city=city, country=city.country, online=True, text_en="")
    make_material(
        practice, topics=[draft], url="https://example.org/tool", licence="CC0", year=2020
    )


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("name", PUBLIC)
def test_a_file_of_the_open_data_is_imported_without_a_change(client, visible, language, name):
    for extension in ("csv", "xlsx"):
        table = table_files.read(client.get(f"/{language}/{name}.{extension}").content)
        result = PUBLIC[name]().import_data(table, dry_run=True, agreed={})
        assert (list(result.faults()), result.totals["skip"]) == ([], len(table))
        assert result.totals["update"] == result.totals["new"] == 0
        assert "url" in result.unread


def test_a_changed_cell_of_the_open_data_is_taken_up(client, visible):
    text = client.get("/en/cities.csv").text.replace(",405,", ",406,")
    result = CityResource().import_data(table_files.read(text.encode()))
    assert (list(result.faults()), result.totals["update"]) == ([], 1)
    assert City.objects.get().population == 406


KEYS = {name: ["slug"] for name in ("topics", "cities", "practices", "journeys", "events")}
KEYS |= {"countries": ["code"], "library": ["slug"], "photos": ["image"]}
KEYS |= {
    "journey_stops": ["journey", "city", "practice"],
    "indicators": ["practice", "label_pl"],
    "sources": ["city", "practice", "title", "url"],
    "elsewhere": ["city", "url"],
    "synonyms": ["language", "said"],
}


@pytest.mark.parametrize("name", RESOURCES)
def test_a_table_has_the_columns_of_the_programmes_own_file(name):
    resource = RESOURCES[name]()
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert resource.export(resource._meta.model.objects.none()).headers == header


def test_a_table_of_photos_tells_all_but_the_picture_itself(make_photo):
    photo = make_photo(decorative=True)
    told = PhotoResource().export()
    assert [*zip(told.headers, told[0], strict=True)] == [
        ("image", photo.image.name),
        ("city", photo.city.slug),
        ("practice", ""),
        ("position", 0),
        ("alt_pl", "Rynek"),
        ("alt_en", "The market square"),
        ("decorative", "1"),
        ("credit", "Anna Nowak"),
        ("licence", "CC BY 4.0"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "key"), [(name, key) for name in TABLES for key in KEYS[name]])
def test_without_a_column_of_its_key_a_table_is_refused(name, key):
    resource = TABLES[name]()
    header = [column for column in resource._meta.fields if column != key]
    with translation.override("en"):
        ((line, column, reason),) = resource.import_data(tabulated([(1, header)])).faults()
    assert (line, column) == (1, "")
    assert reason == f"The column “{key}” is missing; it tells the records apart."


@pytest.fixture
def one_of_each(
    make_practice, make_topic, make_event, make_material, make_indicator, make_photo, make_journey
):
    """Return a function that makes one more of each kind of record."""

    def one_of_each():
        practice = make_practice()
        topic = make_topic(practice)
        make_event(practice.city, city=practice.city)
        make_material(practice, topics=[topic], country=practice.city.country)
        make_indicator(practice=practice)
        make_photo(city=practice.city)
        make_journey(practice)
        Source.objects.create(practice=practice, title="PNEC")

    return one_of_each


@pytest.mark.parametrize("name", sorted(TABLES.keys() - {"countries", "elsewhere", "synonyms"}))
def test_an_export_asks_no_more_queries_for_more_records(one_of_each, name):
    asked = []
    for _ in range(2):
        one_of_each()
        with CaptureQueriesContext(connection) as queries:
            exported = len(TABLES[name]().export())
        asked.append((exported, len(queries)))
    assert asked == [(1, asked[0][1]), (2, asked[0][1])]
