"""On PostgreSQL, index words by what they cost, where the index was made before that was told."""

from django.db import migrations

from cities.models.search_index import STATEMENTS


def index_anew(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in ("cities_citywords", "cities_practicewords"):
        for statement in ["DROP INDEX IF EXISTS {table}_index", *STATEMENTS["postgresql"]]:
            schema_editor.execute(statement.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("cities", "0022_figures_index")]
    operations = [migrations.RunPython(index_anew, migrations.RunPython.noop)]
