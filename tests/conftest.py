import io
import itertools
import json
import logging
import os
import subprocess
import sys
from datetime import date
from functools import partial

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice
from html_page import Page
from PIL import Image
from workers import Worker

from cities.editing import history
from cities.models import (
    City,
    Country,
    Event,
    Indicator,
    Journey,
    Material,
    Photo,
    Practice,
    Source,
    Stop,
    Topic,
)
from precursors.page_cache import version
from precursors.request_log import JsonLines

pytest_plugins = ["loading"]
number = itertools.count(1)


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Serve static files under their own names: no test needs collectstatic."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _files_in_tmp(settings, tmp_path):
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    caches["bounds"]._dir = str(tmp_path / "bounds")


@pytest.fixture(autouse=True)
def _polish():
    """Start in Polish: a page asked for in another language leaves that language behind."""
    with translation.override("pl"):
        yield


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
def log_in():
    """Return a client of somebody who has logged in, with a second factor unless told not to."""

    def log_in(user, *, second_factor=True):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        if second_factor:
            device, _made = StaticDevice.objects.get_or_create(user=user, name="recovery")
            session = client.session
            session[DEVICE_ID_SESSION_KEY] = device.persistent_id
            session.save()
        return client

    return log_in


@pytest.fixture
def admin_client(admin_user, log_in):
    return log_in(admin_user)


@pytest.fixture
def make_editor(django_user_model, make_country):
    """Make somebody of a role, an editor of Poland unless told otherwise."""

    def make(role="editor", countries=("pl",), **fields):
        fields = {"username": f"{role}-{next(number)}", "is_staff": True} | fields
        user = django_user_model.objects.create_user(**fields)
        user.groups.add(Group.objects.get(name=role))
        user.countries.add(*(make_country(code) for code in countries))
        return user

    return make


@pytest.fixture
def reverse_in():
    def reverse_in(language, name, **kwargs):
        with translation.override(language):
            return reverse(name, kwargs=kwargs)

    return reverse_in


@pytest.fixture
def make_material(db):
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


@pytest.fixture
def visit(client):
    """Ask for a page as a visitor and return what it holds."""

    def visit(url, status=200, **headers):
        response = client.get(url, headers=headers)
        assert response.status_code == status, url
        return Page(response)

    return visit


@pytest.fixture
def python(settings, tmp_path):
    """Run Python with an environment and a var/ of its own, as a server would."""

    def python(*arguments, folder=settings.BASE_DIR, **environment):
        kept = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")}
        return subprocess.run(  # noqa: S603
            [sys.executable, *arguments],
            cwd=folder,
            env=kept | environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return python


@pytest.fixture
def deed(make_city, make_practice, make_topic, make_journey, make_event):
    """Make a practice that joins all, in a town of Poland, its topic, a journey and an event."""
    practice = make_practice(
        "energy mobility spatial",
        city=make_city(slug="wzorowo", name_pl="Wzorowo", name_en="Musterton"),
        slug="wzorczyn",
        title_pl="Wzorczyn",
        title_en="Musterdeed",
    )
    make_topic(practice, slug="wzory", name_pl="Wzory", name_en="Patterns")
    way = {"slug": "droga", "title_pl": "Droga", "title_en": "The way"}
    make_journey(practice.city, practice, **way)
    meeting = {"slug": "narada", "title_pl": "Narada", "title_en": "The meeting"}
    make_event(practice.city, day=date(2020, 9, 9), city=practice.city, **meeting)
    return practice


@pytest.fixture
def own_version(tmp_path, monkeypatch):
    """Let this test's workers be told of changes by nobody else."""
    value = version.MappedVersion(tmp_path / "generation")
    monkeypatch.setattr(version, "_version", lambda: value)


@pytest.fixture
def worker(own_version):
    return Worker()


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Return a block at whose end its changes count as committed."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
def editor(make_editor):
    return make_editor()


@pytest.fixture
def desk(editor, log_in):
    """What an editor of Poland sees and posts."""
    return log_in(editor)


@pytest.fixture
def publisher(make_editor):
    return make_editor("publisher", countries=[])


@pytest.fixture
def foreign(make_city, make_practice, make_indicator):
    """A German city with all that hangs on it, of which an editor of Poland may change nothing."""
    city = make_city("de", name_pl="Ulm", status="draft")
    indicator = make_indicator(practice=make_practice(city=city, status="draft"))
    source = Source.objects.create(city=city, title="Bericht")
    history.record([city, indicator.practice], None, "")
    return {"city": city, "practice": indicator.practice, "indicator": indicator, "source": source}


@pytest.fixture
def log_lines():
    """Collect what the site logs, as it writes it."""

    class Collector(logging.Handler):
        def emit(self, record):
            lines.append(json.loads(self.format(record)))

    lines, collector = [], Collector()
    collector.setFormatter(JsonLines())
    logging.getLogger().addHandler(collector)
    yield lines
    logging.getLogger().removeHandler(collector)
