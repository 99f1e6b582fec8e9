"""The real programme in the test database, loaded once and then copied."""

import os
import sqlite3
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection
from reversion.models import Revision

from cities.models import City, Country, Event, Journey, LoadedColumn, Material, Synonym, Topic
from precursors.page_cache import version


@pytest.fixture(scope="session")
def loaded(tmp_path_factory, worker_id):
    """Return where a SQLite database with the programme stands, once a worker has made it."""
    own = tmp_path_factory.getbasetemp()
    return (own if worker_id == "master" else own.parent) / "programme.sqlite3"


@pytest.fixture(scope="module")
def programme(django_db_setup, django_db_blocker, loaded):
    """Load the real programme for all tests of a module."""
    with django_db_blocker.unblock():
        # Without @pytest.mark.django_db there is no test database, and this would be the site's.
        assert not City.objects.exists()
        yield from copied(loaded) if connection.vendor == "sqlite" else written()


def written():
    call_command("load_programme", verbosity=0)
    yield
    Revision.objects.all().delete()
    Event.objects.all().delete()
    Material.objects.all().delete()
    City.objects.all().delete()
    for model in (Topic, Journey, Country, Synonym, LoadedColumn):
        model.objects.all().delete()


def copied(loaded):
    """Load the programme once for all workers, then copy: that takes no time."""
    database = connection.connection
    with closing(sqlite3.connect(":memory:")) as empty:
        database.backup(empty)
        if loaded.exists():
            with closing(sqlite3.connect(loaded)) as source:
                source.backup(database)
            version.bump()
        else:
            call_command("load_programme", verbosity=0)
            own = loaded.with_suffix(f".{os.getpid()}")
            with closing(sqlite3.connect(own)) as target:
                database.backup(target)
            own.rename(loaded)
        yield
        empty.backup(database)
        version.bump()
