"""The tables of the real programme, written out and read in again."""

import pytest
from import_export.formats.base_formats import XLSX

from cities.importing.resources import RESOURCES
from cities.importing.table_files import MarkedCSV, read

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("programme")]


@pytest.mark.parametrize("file_format", [MarkedCSV(), XLSX()], ids=["csv", "xlsx"])
@pytest.mark.parametrize("resource_class", RESOURCES.values(), ids=RESOURCES)
def test_what_was_exported_imports_without_a_change(resource_class, file_format):
    file = file_format.export_data(resource_class().export())
    table = read(file.encode() if isinstance(file, str) else file)
    result = resource_class().import_data(table)
    assert result.totals["skip"] == resource_class._meta.model.objects.count() > 0
    assert sum(result.totals.values()) == result.totals["skip"]
