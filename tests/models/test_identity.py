"""Identifiers: given once, the same on every site, and leading to the record for good."""

import csv
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cities.importing.resources import CityResource, PracticeResource
from cities.importing.table_files import tabulated
from cities.management.commands.load_programme import DATA
from cities.models import City, Country, LoadedColumn, Practice, Source
from cities.models.identity import first_identifier

pytestmark = [pytest.mark.database, pytest.mark.django_db]

BEFORE = [("cities", "0010_counting_indexes")]  # the release that had no identifiers


@pytest.mark.parametrize(
    ("language", "address"),
    [("pl", "/pl/miasta/wzorowo/"), ("en", "/en/cities/wzorowo/"), ("fr", "/pl/miasta/wzorowo/")],
)
def test_an_identifier_leads_to_the_page(client, deed, language, address):
    response = client.get(f"/id/{deed.city.uuid}", headers={"Accept-Language": language})
    assert (response.status_code, response.url) == (302, address)
    assert response.headers["Vary"] == "Accept-Language"


def test_an_identifier_outlives_the_address(client, deed):
    City.objects.filter(pk=deed.city.pk).update(slug="inaczej")
    assert client.get(f"/id/{deed.city.uuid}").url == "/pl/miasta/inaczej/"


@pytest.mark.parametrize("make", [uuid4, lambda: Practice.objects.get().uuid])
def test_what_visitors_do_not_see_has_no_page(client, deed, make):
    Practice.objects.update(status="draft")
    assert client.get(f"/id/{make()}").status_code == 404


@pytest.mark.parametrize("kind", ["country", "city", "practice", "topic", "journey", "event"])
def test_the_files_give_the_identifiers_that_an_upgrade_gives(kind):
    name = {"country": "countries", "city": "cities"}.get(kind, f"{kind}s")
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    slug = "code" if kind == "country" else "slug"
    assert [UUID(row["uuid"]) for row in rows] == [first_identifier(kind, r[slug]) for r in rows]


def test_an_import_finds_a_record_by_its_identifier_before_its_address(deed):
    uuid = deed.city.uuid
    table = tabulated([(1, ["uuid", "slug", "local_name"]), (2, [str(uuid), "nowe-wzorowo", "N"])])
    assert not list(CityResource().import_data(table).faults())
    city = City.objects.get()
    assert (city.uuid, city.slug, city.local_name) == (uuid, "nowe-wzorowo", "N")


def test_an_import_changes_no_identifier(deed):
    table = tabulated([(1, ["uuid", "slug", "stage"]), (2, [str(uuid4()), deed.slug, "planned"])])
    assert not list(PracticeResource().import_data(table).faults())
    assert [(p.uuid, p.stage) for p in Practice.objects.all()] == [(deed.uuid, "planned")]


def test_the_release_before_can_still_insert(make_country):
    texts = "name_pl, name_en, partner, partner_url, text_pl, text_en, sort_pl, sort_en"
    blank = ", ".join(["''"] * 8)
    with connection.cursor() as cursor:
        for code in ("xx", "yy"):
            statement = f"INSERT INTO cities_country (code, {texts}) VALUES (%s, {blank})"  # noqa: S608
            cursor.execute(statement, [code])
    first, second = Country.objects.filter(code__in=["xx", "yy"])
    assert first.uuid != second.uuid


@pytest.mark.parametrize(
    ("path", "find"),
    [
        ("/pl/share/city/{}.png", "city"),
        ("/pl/share/practice/{}.png", "practice"),
        ("/pl/widget/?city={}", "city"),
    ],
)
def test_pictures_and_widgets_know_a_record_by_its_former_address(client, deed, path, find):
    record = deed if find == "practice" else deed.city
    before = client.get(path.format(record.slug)).content
    former, record.slug = record.slug, "nowy-adres"
    record.save()
    after = client.get(path.format(former))
    assert after.status_code == 200
    if "png" in path:
        assert after.content == before
    else:
        assert "/pl/miasta/nowy-adres/" in after.text


@pytest.fixture
def upgraded(transactional_db):
    """Upgrade a site of the release before, on which somebody has edited what it had loaded."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    old = executor.loader.project_state(BEFORE).apps
    country = old.get_model("cities", "Country").objects.create(code="pl", name_pl="Polska")
    city = {"latitude": 53, "longitude": 18, "changed_on": "2020-01-31", "role": "precursor"}
    for slug, website in (("bydgoszcz", "https://example.org"), ("sztum", "")):
        old.get_model("cities", "City").objects.create(
            country=country, slug=slug, name_pl=f"{slug} po redakcji", website=website, **city
        )
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


# Columns that came after that release, and in how many of the two towns they are told.
OFFICES = {"office_pl": 2, "office_en": 2, "email": 1, "telephone": 2, "contact_page": 2}
OFFICES |= {"study_visits": 1}


def filled_in(**counts):
    return ", ".join(f"{count} of {column} filled in" for column, count in counts.items())


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_an_upgrade_keeps_what_was_edited_and_fills_what_is_new_once(upgraded, capsys):
    call_command("load_programme", new=True)
    assert [city.name_pl for city in City.objects.order_by("slug")] == [
        "bydgoszcz po redakcji",
        "sztum po redakcji",
    ]
    assert City.objects.get(slug="sztum").uuid == first_identifier("city", "sztum")
    assert capsys.readouterr().out.splitlines() == [
        f"countries: {filled_in(office_pl=1, office_en=1, contact_page=1)}",
        "topics: 34 new",
        f"cities: {filled_in(**OFFICES)}",
        "journeys: 11 new",
        "journey_stops: 61 left out, for they lead to what is not here",
        "events: 8 new, 38 left out, for they lead to what is not here",
        "library: 8 new, 52 left out, for they lead to what is not here",
        "elsewhere: 5 new, 26 left out, for they lead to what is not here",
        "synonyms: 182 new",
    ]

    LoadedColumn.objects.filter(table="cities", column="website").delete()
    LoadedColumn.objects.filter(table="countries").delete()
    for _time in (1, 2):
        call_command("load_programme", new=True)
        City.objects.filter(slug="sztum", website="").update(website="")
    sites = dict(City.objects.values_list("slug", "website"))
    assert sites["bydgoszcz"] == "https://example.org"
    assert sites["sztum"].startswith("http")
    assert Country.objects.count() == 7
    assert capsys.readouterr().out.splitlines() == [
        "countries: 6 new",
        f"cities: {filled_in(website=1)}",
    ]
    assert Source.objects.count() == 0  # known already, so whoever deleted them is left in peace
    assert settings.PAGE_CACHE_TABLES  # LoadedColumn is none of what visitors see
