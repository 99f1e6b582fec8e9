import pytest

from cities.importing import table_files
from cities.importing.resources import (
    CityResource,
    EventResource,
    MaterialResource,
    PracticeResource,
    TopicResource,
)
from cities.models import City, PracticeTopic

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
