"""Records made for tests, each with all that it needs, as one save."""

import io
import itertools

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from cities.editing.saving import saving
from cities.models import (
    City,
    Country,
    Event,
    Indicator,
    Journey,
    Material,
    Photo,
    Practice,
    Stop,
    Topic,
)

number = itertools.count(1)


@pytest.fixture
def make_country(db):
    def make(code="pl", **fields):
        fields = {"name_pl": "Polska", "name_en": "Poland"} | fields
        return Country.objects.get_or_create(code=code, defaults=fields)[0]

    return make


@pytest.fixture
def make_city(make_country):
    @saving()
    def make(country="pl", **fields):
        n = next(number)
        defaults = {
            "country": make_country(country),
            "name_pl": f"Miasto {n}",
            "name_en": f"City {n}",
            "role": "precursor",
            "latitude": 50 + n % 10 * 0.25,
            "longitude": 19 + n % 7 * 0.375,
            "summary_pl": "Krótki opis.",
            "summary_en": "A short summary.",
            "status": "published",
        }
        return City.objects.create(**defaults | fields)

    return make


@pytest.fixture
def make_practice(make_city):
    @saving()
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
def make_journey(db):
    @saving()
    def make(*records, **fields):
        """Make a journey that stops at these cities and practices."""
        n = next(number)
        defaults = {
            "title_pl": f"Podróż {n}",
            "title_en": f"Journey {n}",
            "intro_pl": "Dokąd i po co.",
            "intro_en": "Where to, and why.",
            "status": "published",
        }
        journey = Journey.objects.create(**defaults | fields)
        for position, record in enumerate(records, 1):
            Stop.objects.create(
                journey=journey,
                position=position,
                why_pl=f"Powód {position}.",
                why_en=f"Reason {position}.",
                **{record._meta.model_name: record},
            )
        return journey

    return make


@pytest.fixture
def make_topic(db):
    @saving()
    def make(*practices, **fields):
        """Make a topic that these practices are about."""
        n = next(number)
        defaults = {
            "name_pl": f"Zagadnienie {n}",
            "name_en": f"Topic {n}",
            "theme": "energy",
            "intro_pl": "<p>O czym to jest.</p>",
            "intro_en": "<p>What it is about.</p>",
            "status": "published",
        }
        topic = Topic.objects.create(**defaults | fields)
        for practice in practices:
            practice.chosen_topics.create(topic=topic)
        return topic

    return make


@pytest.fixture
def make_event(db):
    @saving()
    def make(*cities, day=None, **fields):
        """Make an event of a day in which these cities took part."""
        n = next(number)
        defaults = {
            "kind": "workshop",
            "title_pl": f"Wydarzenie {n}",
            "title_en": f"Event {n}",
            "text_pl": "O czym mówiono.",
            "text_en": "What was talked about.",
            "source_title": "PNEC",
            "status": "published",
        }
        event = Event(**defaults | ({"first_day": day} if day else {}) | fields)
        event.full_clean()
        event.save()
        for city in cities:
            event.participants.create(city=city)
        return event

    return make


@pytest.fixture
def make_indicator(make_practice):
    @saving()
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
def make_photo(make_city):
    @saving()
    def make(**fields):
        file = io.BytesIO()
        Image.new("RGB", (8, 6)).save(file, "PNG")
        defaults = {
            "image": ContentFile(file.getvalue(), "rynek.PNG"),
            "alt_pl": "Rynek",
            "alt_en": "The market square",
            "credit": "Anna Nowak",
            "licence": "CC BY 4.0",
        }
        if not {"city", "practice"} & set(fields):
            fields["city"] = make_city()
        return Photo.objects.create(**defaults | fields)

    return make


@pytest.fixture
def make_material(db):
    @saving()
    def make(*practices, topics=(), **fields):
        """Make an entry of the library that comes from these practices."""
        n = next(number)
        defaults = {
            "kind": "guide",
            "title_pl": f"Poradnik {n}",
            "title_en": f"Guide {n}",
            "text_pl": "Co w nim jest.",
            "text_en": "What is in it.",
            "source_title": "PNEC",
            "status": "published",
        }
        material = Material(**defaults | fields)
        material.full_clean()
        material.save()
        material.choose("chosen_topics", "topic", topics)
        material.choose("chosen_practices", "practice", practices)
        return material

    return make
