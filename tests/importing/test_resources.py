import pytest

from cities.importing.resources import CityResource
from cities.models import City

pytestmark = pytest.mark.database


@pytest.mark.parametrize("start", ["=1+1", "+48", "-5", "@A1", "\t=1"])
def test_a_spreadsheet_gets_no_formula_and_the_site_keeps_the_text(make_city, start):
    city = make_city(name_pl=start, slug="torun")
    table = CityResource().export()
    assert table["name_pl"] == [f"'{start}"]
    City.objects.filter(pk=city.pk).update(name_pl="Toruń")
    CityResource().import_data(table)
    assert City.objects.get().name_pl == start
