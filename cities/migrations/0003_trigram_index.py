"""Let PostgreSQL find a part of a word by an index; SQLite reads the narrow table through."""

from django.db import migrations


def on_postgresql(*statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("cities", "0002_photos")]

    operations = [
        migrations.RunPython(
            on_postgresql(
                # A trusted extension since PostgreSQL 13: the database's owner may create it.
                "CREATE EXTENSION IF NOT EXISTS pg_trgm",
                "CREATE INDEX cities_searchtext_trigrams"
                " ON cities_searchtext USING gin (text gin_trgm_ops)",
            ),
            on_postgresql("DROP INDEX cities_searchtext_trigrams"),
        )
    ]
