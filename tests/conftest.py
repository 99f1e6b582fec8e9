import itertools
import json
import logging
import os
import shutil
import subprocess
import sys
from datetime import date
from functools import partial

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice
from html_page import Page
from workers import Worker

from cities.editing import history
from cities.editing.saving import saving
from cities.models import (
    Source,
)
from precursors.page_cache import version
from precursors.request_log import JsonLines

pytest_plugins = ["loading", "making"]
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
def copy(settings, tmp_path):
    """Return a copy of the site that a language can be added to."""
    copy = tmp_path / "site"
    for folder in ("cities", "locale", "precursors", "static", "templates"):
        shutil.copytree(settings.BASE_DIR / folder, copy / folder)
    for file in ("manage.py", "pyproject.toml"):
        shutil.copy(settings.BASE_DIR / file, copy)
    return copy


@pytest.fixture
def manage(copy, python):
    def manage(*arguments, fails=False, **environment):
        run = python("manage.py", *arguments, folder=copy, DEBUG="1", **environment)
        assert run.returncode == fails, run.stderr
        return run.stderr if fails else run.stdout

    return manage


@pytest.fixture
@saving()
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
