"""What this site takes from within Django is still there, and still does what it is taken for."""

import gettext
import sys

import pytest
from django.contrib.admin import site
from django.core.serializers.base import DeserializationError
from django.core.serializers.python import Deserializer
from django.urls import get_resolver, reverse
from django.utils import translation
from django.utils.translation import trans_real

from precursors.django_internals import EnglishFirst, RowsOfRelease, forget_catalogues


def test_the_admin_runs_without_what_leaflet_would_have_needed_gdal_for():
    assert site._registry  # autodiscovery is over
    assert vars(sys.modules["leaflet.admin"]).keys().isdisjoint({"LeafletGeoAdmin"})


def test_catalogues_are_read_anew_once_they_are_forgotten():
    with translation.override("pl"):
        translation.gettext("Cities")
        before = trans_real._translations["pl"]
        assert isinstance(before, EnglishFirst)
        assert any("locale" in str(key) for key in gettext._translations)
        forget_catalogues()
        translation.gettext("Cities")
        assert trans_real._translations["pl"] is not before


def test_addresses_are_kept_where_they_are_forgotten():
    resolver = next(r for r in get_resolver().url_patterns if getattr(r, "app_name", 1) is None)
    with translation.override("pl"):
        assert reverse("cities") == "/pl/miasta/"
        resolver.pattern.regex  # noqa: B018
        assert "pl" in resolver._reverse_dict
        forget_catalogues()
    assert resolver._reverse_dict == {}


def test_what_is_overridden_in_a_catalogue_is_of_django():
    overridden = {name for name in vars(EnglishFirst) if name[:1] == "_" and name[:2] != "__"}
    assert overridden == {"_new_gnu_trans", "_add_fallback"}
    assert overridden <= vars(EnglishFirst.__base__).keys()


def test_what_is_overridden_in_the_reading_of_rows_is_of_django():
    overridden = {name for name in vars(RowsOfRelease) if name[:1] == "_" and name[:2] != "__"}
    assert len(overridden) == 3
    assert overridden <= vars(Deserializer).keys()

    class Registry:
        def get_model(self, name):
            raise LookupError(f"asked for {name}")

    with pytest.raises(DeserializationError, match=r"asked for a\.b"):
        list(RowsOfRelease('{"model": "a.b", "fields": {}}', Registry()))
