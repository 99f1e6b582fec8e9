from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("cities", "0004_former_addresses")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="changed_on",
            field=models.DateField(
                blank=True, default=timezone.localdate, editable=False, verbose_name="changed on"
            ),
            preserve_default=False,
        )
        for model in ("city", "practice")
    ]
