"""Databases of tests, with the real programme and with nothing: made once and then copied."""

import os
import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from cities.models import City
from precursors.page_cache import version


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory, worker_id):
    """Return a folder for what one worker makes for all."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def make_tables(django_db_setup, django_db_blocker):
    """Put a database of no records in a folder, for a process to which migrating takes seconds.

    It migrates where there is no test database: where none of the tests that run needs one.
    """

    def make(folder):
        folder.mkdir(exist_ok=True)
        told = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite" and connection.creation.is_in_memory_db(told):
            with django_db_blocker.unblock():
                connection.ensure_connection()
            with closing(sqlite3.connect(folder / "site.sqlite3")) as target:
                connection.connection.backup(target)
                target.execute("DELETE FROM sqlite_sequence")  # its first record is number 1
                target.commit()

    return make


@pytest.fixture
def tables(make_tables, tmp_path):
    """Let `python` find all tables."""
    make_tables(tmp_path / "var")


@pytest.fixture(scope="session")
def loaded(shared_folder):
    """Return where a SQLite database with the programme stands, once a worker has made it."""
    return shared_folder / "programme.sqlite3"


@pytest.fixture(scope="module")
def programme(django_db_setup, django_db_blocker, request):
    """Load the real programme for all tests of a module."""
    with django_db_blocker.unblock():
        # Without @pytest.mark.django_db there is no test database, and this would be the site's.
        assert not City.objects.exists()
        if connection.vendor == "sqlite":
            yield from copied(request.getfixturevalue("loaded"))
        else:
            with connected_to(request.getfixturevalue("loaded_beside")):
                yield


@pytest.fixture(scope="session")
def loaded_beside(django_db_setup, django_db_blocker):
    """Return the name of a PostgreSQL database with the programme, once a worker has made it."""
    creation = connection.creation
    with django_db_blocker.unblock():
        creation.clone_test_db("programme", verbosity=0)
        name = creation.get_test_db_clone_settings("programme")["NAME"]
        with connected_to(name):
            call_command("load_programme", verbosity=0)
    yield name
    with django_db_blocker.unblock():
        creation.destroy_test_db(suffix="programme", verbosity=0)


@contextmanager
def connected_to(name):
    """Run a block in another database of the same server."""
    own = connection.settings_dict["NAME"]
    connect_to(name)
    yield
    connect_to(own)


def connect_to(name):
    connection.close()
    connection.settings_dict["NAME"] = name
    forget()


def forget():
    """Forget what is known of the database that was here before."""
    ContentType.objects.clear_cache()
    version.bump()


def copied(loaded):
    """Load the programme once for all workers, then copy: that takes no time."""
    database = connection.connection
    with closing(sqlite3.connect(":memory:")) as empty:
        database.backup(empty)
        if loaded.exists():
            with closing(sqlite3.connect(loaded)) as source:
                source.backup(database)
            forget()
        else:
            call_command("load_programme", verbosity=0)
            own = loaded.with_suffix(f".{os.getpid()}")
            with closing(sqlite3.connect(own)) as target:
                database.backup(target)
            own.rename(loaded)
        yield
        empty.backup(database)
        forget()
