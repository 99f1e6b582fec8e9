"""What columns may be called: by their names, or as forms call them in any language."""

import pytest
from django.utils import translation

from cities.importing import headings
from cities.importing.resources import CityResource, EventResource, PhotoResource, PracticeResource
from cities.models import City


@pytest.mark.parametrize(
    ("resource", "heading", "column"),
    [
        (CityResource, "name_pl", "name_pl"),
        (CityResource, "nazwa [pl]", "name_pl"),
        (CityResource, "NAZWA  pl", "name_pl"),
        (CityResource, "Name[en]", "name_en"),
        (CityResource, "Population of the\xa0year", "population_year"),
        (CityResource, "uuid", "uuid"),
        (PracticeResource, "Zagadnienia", "topics"),
        (PracticeResource, "topics", "topics"),
        (PracticeResource, "Payers", "payers"),
        (PracticeResource, "kto zapłacił", "payers"),
        (EventResource, "miasta", "cities"),
        (EventResource, "miasto", "city"),
        (EventResource, "themes", "themes"),
        (EventResource, "Tematy", "themes"),
        (PhotoResource, "plik zdjęcia", "image"),
    ],
)
def test_a_column_is_known_by_its_name_and_as_forms_call_it(resource, heading, column):
    found = headings.known(resource())
    assert found.get(heading, found.get(headings.spelt(heading))) == column


@pytest.mark.parametrize(
    ("resource", "language", "called"),
    [
        (CityResource, "pl", {"slug": "adres", "name_pl": "nazwa [pl]", "country": "kraj"}),
        (CityResource, "en", {"slug": "address", "name_pl": "name [pl]", "country": "country"}),
        (
            PracticeResource,
            "pl",
            {"topics": "zagadnienia", "payers": "Kto zapłacił", "city": "miasto"},
        ),
        (EventResource, "en", {"cities": "cities", "city": "city", "themes": "themes"}),
    ],
)
def test_a_column_is_called_as_in_forms_of_the_readers_language(resource, language, called):
    with translation.override(language):
        assert {column: headings.label(resource(), column) for column in called} == called


def test_what_two_columns_are_called_neither_is(monkeypatch):
    monkeypatch.setattr(City._meta.get_field("website"), "verbose_name", "nazwa [pl]")
    found = headings.known(CityResource())
    assert "nazwa pl" not in found
    assert (found["name_pl"], found["website"]) == ("name_pl", "website")
