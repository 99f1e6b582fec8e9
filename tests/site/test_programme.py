"""The real programme: as it was loaded, written out and read in again."""

import csv

import pytest
from django.core.management import call_command
from import_export.formats.base_formats import XLSX

from cities.importing.resources import RESOURCES
from cities.importing.table_files import MarkedCSV, read
from cities.management.commands.load_programme import DATA
from cities.models import (
    City,
    CityWords,
    Country,
    Finding,
    Indicator,
    Practice,
    PracticeWords,
    Source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("programme")]


def test_the_whole_programme_was_loaded_in_both_languages(capsys):
    assert (Country.objects.count(), City.objects.count(), Practice.objects.count()) == (7, 37, 67)
    for name, model in [("indicators", Indicator), ("sources", Source)]:
        with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
            assert model.objects.count() == len(list(csv.DictReader(file)))
    assert City.objects.published().precursors().count() == 16
    assert City.objects.published().count() == 37
    assert Practice.objects.published().count() == 67
    assert City.objects.precursors().in_country("pl").count() == 3
    for model, names in [
        (Country, ["name", "text"]),
        (City, ["name", "role_note", "summary", "profile"]),
        (Practice, ["title", "summary", "description"]),
        (Indicator, ["label"]),
    ]:
        for name in names:
            for language in ("pl", "en"):
                assert not model.objects.filter(**{f"{name}_{language}": ""}).exists(), name
    assert set(Practice.objects.filter(sources=None)) == set(City.objects.filter(sources=None))
    call_command("load_programme", new=True)
    assert capsys.readouterr().out == ""


def test_a_load_writes_what_follows_once_for_each_page():
    """Its history too: see tests/editing/test_history.py."""
    pages = City.objects.count() + Practice.objects.count()
    assert CityWords.objects.count() + PracticeWords.objects.count() == pages
    assert Finding.objects.filter(rule="source").count() == 0


@pytest.mark.parametrize("file_format", [MarkedCSV(), XLSX()], ids=["csv", "xlsx"])
@pytest.mark.parametrize("resource_class", RESOURCES.values(), ids=RESOURCES)
def test_what_was_exported_imports_without_a_change(resource_class, file_format):
    file = file_format.export_data(resource_class().export())
    table = read(file.encode() if isinstance(file, str) else file)
    result = resource_class().import_data(table)
    assert result.totals["skip"] == resource_class._meta.model.objects.count() > 0
    assert sum(result.totals.values()) == result.totals["skip"]
