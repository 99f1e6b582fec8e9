"""Setting up: twice at once, and killed on the way."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from cities.management.commands.prepare import alone

pytestmark = pytest.mark.database


@pytest.fixture
def environment(settings, tmp_path, django_db_blocker):
    """Return an environment with a var/ and an empty database of its own."""
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")}
    if connection.vendor != "postgresql":
        yield environment
        return
    there = connection.settings_dict
    name = f"{there['NAME']}_empty"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    account = f"{there['USER']}:{there['PASSWORD']}@{there['HOST']}:{there['PORT']}"
    yield environment | {"DATABASE_URL": f"postgres://{account}/{name}"}
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def start(settings, environment):
    def start(*arguments):
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def faults(errors):
    """Return what a run complains of, but for the log: a busy machine has slow queries."""
    return [line for line in errors.splitlines() if not line.startswith("{")]


def count(start):
    code = (
        "from reversion.models import Version; from cities.models import *;"
        "print(City.objects.count(), Practice.objects.count(),"
        " Version.objects.get_for_model(City).count(), PracticeWords.objects.count())"
    )
    return start("shell", "--no-imports", "--command", code).communicate()[0].split()


@pytest.mark.long
def test_two_at_once_on_an_empty_database_make_one_site(start):
    both = [start("prepare") for _ in range(2)]
    told = [run.communicate(timeout=120) for run in both]
    assert [run.returncode for run in both] == [0, 0]
    assert [faults(errors) for _, errors in told] == [[], []]
    said = [words for words, _ in told]
    assert sum("Another process is preparing it; waiting …" in words for words in said) == 1
    assert sum("cities: 37 new" in words for words in said) == 1
    assert count(start) == ["37", "67", "37", "67"]


@pytest.mark.long
def test_what_was_killed_is_finished_by_the_next(start):
    first = start("prepare")
    time.sleep(2.5)  # among the migrations, or a little after
    first.send_signal(signal.SIGKILL)
    first.communicate()
    again = start("prepare")
    assert faults(again.communicate(timeout=120)[1]) == []
    assert count(start) == ["37", "67", "37", "67"]


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_where_nobody_prepares(tmp_path, monkeypatch):
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / "site.sqlite3")
    told = []
    for _ in range(2):
        with alone(lambda: told.append("waiting")):
            pass
    assert told == []
