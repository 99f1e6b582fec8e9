import itertools

import pytest
from django.urls import reverse
from django.utils import translation

from cities.models import City, Country, Indicator, Practice

number = itertools.count(1)


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Serve static files under their own names: no test needs collectstatic."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def _media_in_tmp(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def make_country(db):
    def make(code="pl", **fields):
        fields = {"name_pl": "Polska", "name_en": "Poland"} | fields
        return Country.objects.get_or_create(code=code, defaults=fields)[0]

    return make


@pytest.fixture
def make_city(make_country):
    def make(country="pl", **fields):
        n = next(number)
        defaults = {
            "country": make_country(country),
            "name_pl": f"Miasto {n}",
            "name_en": f"City {n}",
            "role": "precursor",
            "latitude": 50 + n % 10,
            "longitude": 15 + n % 7,
            "summary_pl": "Krótki opis.",
            "summary_en": "A short summary.",
            "status": "published",
        }
        return City.objects.create(**defaults | fields)

    return make


@pytest.fixture
def make_practice(make_city):
    def make(themes="energy", **fields):
        n = next(number)
        defaults = {
            "title_pl": f"Praktyka {n}",
            "title_en": f"Practice {n}",
            "stage": "operation",
            "summary_pl": "Co zrobiono.",
            "summary_en": "What was done.",
            "status": "published",
        }
        defaults |= dict.fromkeys(themes.split(), True)
        if "city" not in fields:
            fields["city"] = make_city()
        return Practice.objects.create(**defaults | fields)

    return make


@pytest.fixture
def make_indicator(make_practice):
    def make(**fields):
        n = next(number)
        defaults = {
            "label_pl": f"Wskaźnik {n}",
            "label_en": f"Indicator {n}",
            "value": 10,
            "unit": "km",
        }
        if "practice" not in fields:
            fields["practice"] = make_practice()
        return Indicator.objects.create(**defaults | fields)

    return make


@pytest.fixture
def reverse_in():
    def reverse_in(language, name, **kwargs):
        with translation.override(language):
            return reverse(name, kwargs=kwargs)

    return reverse_in
