"""All rows or none, what somebody must agree to, and what is told in history."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.utils import translation
from reversion.models import Revision

from cities.importing.resources import CityResource, IndicatorResource, PracticeResource
from cities.importing.table_files import tabulated
from cities.models import City, Indicator, Practice

pytestmark = pytest.mark.django_db


def table(header, *rows):
    return tabulated(enumerate([header.split(","), *(row.split(",") for row in rows)], 1))


def faults(resource, *lines):
    with translation.override("en"):
        return list(resource.import_data(table(*lines)).faults())


@pytest.mark.parametrize(
    ("lines", "asked", "noted"),
    [
        (["elk,26"], {"file_name": "miasta.csv"}, ["Imported from %(file)s"]),
        (["elk,26"], {}, []),
        (["elk,26"], {"file_name": "miasta.csv", "dry_run": True}, []),
        (["elk,26", "elk,27"], {"file_name": "miasta.csv"}, []),
    ],
)
def test_history_tells_of_an_import_that_was_stored(make_city, publisher, lines, asked, noted):
    make_city(slug="elk", population=25)
    rows = table("slug,population", *lines)
    CityResource().import_data(rows, user=publisher, **asked)
    told = [(json.loads(each.comment), each.user) for each in Revision.objects.all()]
    wanted = [([{"noted": [msgid, {"file": "miasta.csv"}]}], publisher) for msgid in noted]
    assert told == wanted


def test_a_row_that_fails_takes_the_others_back_and_leaves_no_history(make_indicator):
    figure = make_indicator(value=25)
    name = f"{figure.practice.slug},{figure.label_pl}"
    rows = table("practice,label_pl,value", f"{name},26", "nic,x,1")
    assert len(list(IndicatorResource().import_data(rows, file_name="x.csv").faults())) == 1
    assert Indicator.objects.get().value == 25
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("column", "value", "erased"),
    [
        ("first_year", "", 1),
        ("lessons_pl", "", 1),
        ("led_by_pl", "", 0),  # which is blank already
        ("payers", "", 1),
        ("topics", "", 1),
        ("lessons_pl", "New", 0),
        ("spatial", "0", 0),
    ],
)
def test_blank_cells_that_erase_are_counted(make_practice, make_topic, column, value, erased):
    practice = make_practice("energy spatial", first_year=2019, lessons_pl="A", payers=["eu"])
    make_topic(practice)
    rows = table(f"slug,stage,{column}", f"{practice.slug},planned,{value}")
    result = PracticeResource(agreed={"erased": erased}).import_data(rows)
    assert (list(result.faults()), result.erased, result.older) == ([], erased, 0)
    assert result.totals["update"] == 1


@pytest.mark.parametrize(
    ("agreed", "told"),
    [
        (None, []),
        ({"erased": 2, "older": 1}, []),
        ({"erased": 1, "older": 1}, ["This would erase values: 2. Say that you agree."]),
        (
            {},
            [
                "This would erase values: 2. Say that you agree.",
                "Rows that are older than what is on the site: 1. Say that you agree.",
            ],
        ),
    ],
)
def test_nothing_is_erased_or_outdated_without_consent(make_city, agreed, told):
    make_city(slug="elk", population=25, region_pl="Mazury", changed_on="2026-05-01")
    lines = "slug,population,region_pl,changed_on", "elk,,,2026-04-30"
    assert faults(CityResource(agreed=agreed), *lines) == [(1, "", reason) for reason in told]
    assert City.objects.filter(population=25).exists() is bool(told)


def test_a_blank_day_of_change_leaves_the_day_that_the_site_knows(make_city):
    City.objects.filter(pk=make_city(slug="elk", population=25).pk).update(changed_on="2026-05-01")
    result = CityResource().import_data(table("slug,population,changed_on", "elk,25,"))
    assert (list(result.faults()), result.totals["skip"], result.erased) == ([], 1, 0)
    assert City.objects.get().changed_on == date(2026, 5, 1)


NEW = "slug,country,name_pl,role,latitude,longitude"
ROW = "torun,pl,Toruń,committed,53.25,18"


@pytest.mark.parametrize("column", ["country", "name_pl", "role", "latitude", "longitude"])
def test_a_new_row_wants_what_a_form_wants(make_country, column):
    make_country()
    cells = dict(zip(NEW.split(","), ROW.split(","), strict=True))
    del cells[column]
    ((line, name, _reason),) = faults(CityResource(), ",".join(cells), ",".join(cells.values()))
    assert (line, name) == (2, column)
    assert not City.objects.exists()


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("slug,rolle,name", "There is no column “rolle”, “name”. There are: uuid, slug, country, "),
        ("slug,Adres", "The heading “slug” stands twice."),
        ("slug,id", "There is no column “id”. There are: uuid, "),
        ("slug,data_licence", "There is no column “data_licence”. There are: uuid, "),
        ("name_pl,status", "The column “slug” is missing; it tells the records apart."),
    ],
)
def test_a_header_that_is_not_understood_is_told(header, reason):
    ((line, column, told),) = faults(CityResource(), header)
    assert (line, column, told[: len(reason)]) == (1, "", reason)


def test_cells_with_characters_that_nobody_sees_are_counted(make_city):
    make_city(slug="elk")
    rows = table("slug,name_pl,name_en", "elk,E\u200błk,Ly\xadck\x07")
    result = CityResource().import_data(rows)
    assert (result.unseen, City.objects.get().name_en) == (2, "Lyck")


def test_a_new_record_takes_the_identifier_of_its_file_and_keeps_it(make_country):
    make_country()
    first, second = str(uuid4()), str(uuid4())
    assert faults(CityResource(), f"uuid,{NEW}", f"{first},{ROW}") == []
    assert str(City.objects.get().uuid) == first
    assert faults(CityResource(), "uuid,slug,name_pl", f"{second},torun,Thorn") == []
    city = City.objects.get()
    assert (str(city.uuid), city.name_pl) == (first, "Thorn")
    assert faults(CityResource(), "uuid,slug,name_pl", f"{first},thorn,Thorn") == []
    assert City.objects.get().slug == "thorn"
    ((_line, column, reason),) = faults(CityResource(), "uuid,slug", "x,thorn")
    assert (column, reason) == ("", "“x” is no identifier. Leave it blank for a new record.")
    assert faults(CityResource(), f"uuid,{NEW}", f",{ROW}") == []
    assert City.objects.get(slug="torun").uuid


def test_parts_of_a_page_are_written_as_a_row_names_them(make_practice, make_topic):
    practice = make_practice()
    topics = [make_topic(practice, slug=slug) for slug in ("las", "woda")]
    lines = "slug,topics", f"{practice.slug},woda|las"
    assert faults(PracticeResource(), *lines) == []
    chosen = Practice.objects.get().chosen_topics.order_by("pk")
    assert [each.topic for each in chosen] == topics[::-1]
    assert PracticeResource().import_data(table(*lines)).totals["skip"] == 1


def test_what_is_already_there_can_be_kept_and_is_counted_where_it_differs(make_city):
    make_city(slug="elk", population=25)
    make_city(slug="torun", population=25)
    resource = CityResource(keep_existing=True)
    result = resource.import_data(table("slug,population", "elk,26", "torun,25"))
    assert (resource.differing, result.totals["skip"], result.erased) == (1, 2, 0)
    assert not City.objects.filter(population=26).exists()
