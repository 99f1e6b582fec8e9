from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cities", "0004_former_addresses")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="changed_on",
            field=models.DateField(
                blank=True,
                db_default=date(2026, 11, 25),
                default=None,
                editable=False,
                verbose_name="changed on",
            ),
        )
        for model in ("city", "practice")
    ]
