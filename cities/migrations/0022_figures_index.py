"""Find figures by what they measure, and measured results, by indexes that hold all of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cities', '0021_drafts'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='indicator',
            name='indicator_measures',
        ),
        migrations.AddIndex(
            model_name='indicator',
            index=models.Index(fields=['measure', 'practice', 'canonical'], name='indicator_measures'),
        ),
        migrations.AddIndex(
            model_name='indicator',
            index=models.Index(condition=models.Q(('about', 'result'), ('evidence', 'measured')), fields=['practice'], name='indicator_measured_results'),
        ),
    ]
