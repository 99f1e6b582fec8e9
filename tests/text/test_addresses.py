import pytest

from cities.models import Source
from cities.text.addresses import link_address, web_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("www.gus.pl", "https://www.gus.pl"),
        (" bydgoszcz.pl ", "https://bydgoszcz.pl"),
        ("łódź.pl/plan?rok=2020#cel", "https://łódź.pl/plan?rok=2020#cel"),
        ("gus.pl:8080", "https://gus.pl:8080"),
        ("http://gus.pl", "http://gus.pl"),
        ("/pl/miasta/", "/pl/miasta/"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("jutro", "jutro"),
        ("ul. Długa 1", "ul. Długa 1"),
        ("", ""),
    ],
)
def test_web_address_is_whole(typed, meant):
    assert web_address(typed) == link_address(typed) == meant


def test_link_to_a_mail_address_opens_a_letter():
    assert link_address(" urzad@sztum.pl") == "mailto:urzad@sztum.pl"
    assert web_address("urzad@sztum.pl") == "urzad@sztum.pl"


@pytest.mark.django_db
def test_columns_hold_whole_addresses_however_they_were_saved(make_city):
    source = Source.objects.create(city=make_city(), title="GUS", url="www.gus.pl/raport")
    assert Source.objects.values_list("url", flat=True).get(pk=source.pk) == (
        "https://www.gus.pl/raport"
    )
