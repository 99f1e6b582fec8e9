"""Migrations: a release may be rolled while the one before still serves, and rolled back."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

UNIQUE_OF_NEW = "0014_topics"
ours = {
    name: migration
    for (app, name), migration in MigrationLoader(None).disk_migrations.items()
    if app == "cities"
}


@pytest.mark.parametrize("name", sorted(ours))
def test_every_migration_can_be_undone(name):
    assert [step for step in ours[name].operations if not step.reversible] == []


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.skipif("sqlite" in connection.vendor, reason="SQLite writes whole tables anew")
def test_no_migration_breaks_the_release_before_it(settings):
    linter = MigrationLinter(
        settings.BASE_DIR,
        include_apps=["cities"],
        # Its unique index is of a column that is new, so that no row can be against it.
        ignore_name=[UNIQUE_OF_NEW],
        no_cache=True,
        # An index over twenty thousand rows is made in some 15 ms and dropped in less.
        exclude_migration_tests=["CREATE_INDEX", "CREATE_INDEX_EXCLUSIVE", "DROP_INDEX"],
    )
    linter.lint_all_migrations()
    assert (linter.nb_erroneous, linter.nb_valid) == (0, len(ours) - 1)
