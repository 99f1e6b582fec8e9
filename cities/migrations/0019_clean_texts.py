"""Clean what was written before the site cleaned every text."""

from django.conf import settings
from django.db import IntegrityError, migrations, models, transaction
from translated_fields import to_attribute

from cities.models.translatable import digest
from cities.text.cleaning import cleaned, in_one_line

MODELS = ["Country", "Topic", "City", "Practice", "Indicator", "Source", "Photo", "Synonym"]


def clean(apps, schema_editor):
    """Clean all texts; where one was not clean, `prepare` looks at every page anew."""
    found = [record for name in MODELS for record in unclean(apps.get_model("cities", name))]
    for record, columns in found:
        try:
            with transaction.atomic():
                record.save(update_fields=columns)
        except IntegrityError:
            pass  # another record has that name already: saving by hand will say so
    if found:
        for name in ("CityWords", "PracticeWords"):
            apps.get_model("cities", name).objects.update(kind=0)


def unclean(model):
    """Yield (record, columns) for each record with a text that is not clean, cleaned."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField)) and field.name != "image"
    ]
    for record in model.objects.iterator():
        before, after = {}, {}
        for field in fields:
            text = getattr(record, field.name) or ""
            is_line = type(field) is models.CharField
            pure = in_one_line(text) if is_line else cleaned(text)
            if pure != text:
                before[field.name], after[field.name] = text, pure
                setattr(record, field.name, pure)
        if after:
            keep_translations(record, before, after)
            yield record, [*after, *(["made_from"] if hasattr(record, "made_from") else [])]


def keep_translations(record, before, after):
    """Let no translation be outdated because a text has become clean."""
    for language, notes in getattr(record, "made_from", {}).items():
        for name, note in notes.items():
            for part, code in (("text", language), ("original", settings.LANGUAGE_CODE)):
                column = to_attribute(name, code)
                if column in after and note[part] == digest(before[column]):
                    note[part] = digest(after[column])


class Migration(migrations.Migration):

    dependencies = [
        ('cities', '0018_address_of_a_practice'),
    ]

    operations = [
        migrations.RunPython(clean, migrations.RunPython.noop),
    ]
