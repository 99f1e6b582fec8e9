import os

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(settings, tmp_path):
    """Make a small installation in order, and return what its check tells."""
    settings.VAR_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale", tmp_path / "built"]
    po = tmp_path / "locale/pl/LC_MESSAGES/django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    (tmp_path / "locale/django.pot").write_text(po.read_text())
    call_command("compile_locale", verbosity=0)
    (settings.STATIC_ROOT / "staticfiles.json").touch()
    return lambda: [
        message.msg for message in run_checks(tags=["installation"], include_deployment_checks=True)
    ]


def test_nothing_is_told_of_an_installation_in_order(told):
    assert told() == []


def test_static_files_that_were_not_collected_are_told(told, settings):
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    assert told() == ["The static files have not been collected, so no page can be shown."]


def test_words_changed_since_they_were_built_are_told(told, tmp_path):
    os.utime(tmp_path / "built/pl/LC_MESSAGES/django.mo", (0, 0))
    assert told() == ["The site does not show the words of locale/pl/LC_MESSAGES/django.po yet."]


def test_damaged_words_are_told(told, tmp_path):
    path = tmp_path / "built/pl/LC_MESSAGES/django.mo"
    path.write_bytes(path.read_bytes()[:-9])
    assert told() == [f"The file {path} is damaged."]


def test_a_folder_that_cannot_be_written_is_told(told, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "missing"
    assert told() == [f"The folder {tmp_path}/missing cannot be written."]


@pytest.mark.database
def test_a_database_older_than_the_site_is_told(told):
    MigrationRecorder.Migration.objects.filter(app="cities").last().delete()
    assert told() == ["The database is older than the site."]


def test_a_database_out_of_reach_is_told(told):
    def fail(*args):
        raise DatabaseError("no route\nto host")

    with connection.execute_wrapper(fail):
        assert told() == ["The database cannot be reached: no route to host"]
