"""Migrations: a release may be rolled while the one before still serves, and rolled back."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

from cities.editing import upkeep
from cities.models import City, Indicator
from cities.models.translatable import digest

UNIQUE_OF_NEW = [
    "0014_topics",
    "0020_journeys",
    "0025_events",
    "0027_elsewhere",
    "0029_library",
    "0032_answers",
]
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
        # Their unique indexes are of columns that are new, so that no row can be against them.
        ignore_name=UNIQUE_OF_NEW,
        no_cache=True,
        # An index over twenty thousand rows is made in some 15 ms and dropped in less.
        exclude_migration_tests=["CREATE_INDEX", "CREATE_INDEX_EXCLUSIVE", "DROP_INDEX"],
    )
    linter.lint_all_migrations()
    assert (linter.nb_erroneous, linter.nb_valid) == (0, len(ours) - len(UNIQUE_OF_NEW))


def written_before(record, **texts):
    """Write what no column takes any more."""
    table = connection.ops.quote_name(record._meta.db_table)
    with connection.cursor() as cursor:
        for column, text in texts.items():
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [text, record.pk])  # noqa: S608


@pytest.mark.database
@pytest.mark.django_db
def test_texts_from_before_they_were_cleaned_are_cleaned_once(make_city, make_practice):
    city, clean = make_city(name_en="Elk"), make_city()
    figure = Indicator.objects.create(
        practice=make_practice(), label_pl="Emisje", value=1, unit="km"
    )
    notes = {
        "summary": {"text": digest("A short summary."), "original": digest("Kr\u00f3t\xadki.")}
    }
    City.objects.filter(pk=city.pk).update(made_from={"en": notes})
    written_before(
        city, summary_pl="Kr\u00f3t\xadki.", name_pl="E\x0b\u0142k", profile_pl="<p>a\u200bb</p>"
    )
    written_before(figure, label_pl="Emi\x07sje")
    changed_on = City.objects.get(pk=city.pk).changed_on
    import_module("cities.migrations.0019_clean_texts").clean(apps, None)
    upkeep.take_up(lambda done, count: None)
    city.refresh_from_db()
    assert (city.name_pl, city.summary_pl, city.profile_pl) == (
        "E \u0142k",
        "Kr\u00f3tki.",
        "<p>ab</p>",
    )
    assert (city.outdated("en"), city.changed_on) == ({}, changed_on)
    assert Indicator.objects.get().label_pl == "Emisje"
    assert "pl3krotk" in city.words.words
    assert City.objects.get(pk=clean.pk).name_pl == clean.name_pl


@pytest.mark.database
@pytest.mark.django_db
def test_text_that_is_another_record_s_when_clean_is_left(make_practice):
    practice = make_practice()
    first = Indicator.objects.create(practice=practice, label_pl="Emisje", value=1, unit="km")
    other = Indicator.objects.create(practice=practice, label_pl="Inne", value=1, unit="km")
    written_before(other, label_pl="Emi\xadsje")
    import_module("cities.migrations.0019_clean_texts").clean(apps, None)
    assert set(Indicator.objects.values_list("pk", "label_pl")) == {
        (first.pk, "Emisje"),
        (other.pk, "Emi\xadsje"),
    }
