import uuid

import cities.models.identity
from django.db import migrations, models

CHUNK = 500
# What the release before has loaded into a site that it has set up.
LOADED = {
    "countries": "code name_pl name_en partner partner_url text_pl text_en",
    "cities": "slug country name_pl name_en local_name role role_note_pl role_note_en latitude "
    "longitude region_pl region_en population population_year population_source website "
    "summary_pl summary_en profile_pl profile_en status changed_on",
    "practices": "slug city title_pl title_en energy mobility spatial first_year last_year stage "
    "summary_pl summary_en description_pl description_en lessons_pl lessons_en status changed_on",
    "indicators": "practice position label_pl label_en value value_to qualifier unit counted_pl "
    "counted_en about evidence year headline",
    "sources": "city practice position title url accessed_on",
}


def identifier(model):
    field = models.UUIDField(
        db_default=cities.models.identity.RandomUUID(),
        default=uuid.uuid4,
        editable=False,
        unique=True,
    )
    return migrations.AddField(model, "uuid", field)


def identify(apps, schema_editor):
    """Give records the identifiers that the programme's files have for them."""
    Country = apps.get_model("cities", "Country")
    City = apps.get_model("cities", "City")
    Practice = apps.get_model("cities", "Practice")
    fill(Country.objects, "country", "code")
    fill(City.objects, "city", "slug")
    fill(Practice.objects, "practice", "slug")


def fill(records, kind, named_by):
    known = list(records.only("pk", named_by))
    for record in known:
        name = getattr(record, named_by)
        record.uuid = cities.models.identity.first_identifier(kind, name)
    records.bulk_update(known, ["uuid"], batch_size=CHUNK)


def remember(apps, schema_editor):
    """Note what a site that is in use has taken up already."""
    City = apps.get_model("cities", "City")
    LoadedColumn = apps.get_model("cities", "LoadedColumn")
    if City.objects.exists():
        LoadedColumn.objects.bulk_create(
            LoadedColumn(table=table, column=column)
            for table, columns in LOADED.items()
            for column in columns.split()
        )


class Migration(migrations.Migration):
    dependencies = [("cities", "0011_position_finding")]

    operations = [
        *map(identifier, ("country", "city", "practice")),
        migrations.CreateModel(
            name="LoadedColumn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=40)),
                ("column", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("table", "column"), name="column_loaded_once")
                ],
            },
        ),
        migrations.RunPython(identify, migrations.RunPython.noop),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
