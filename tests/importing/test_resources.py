import pytest

from cities.importing.resources import CityResource
from cities.models import City

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
