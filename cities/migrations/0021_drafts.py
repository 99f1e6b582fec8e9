import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def accept(apps, schema_editor):
    """Accept what editors changed on published pages, and say on which."""
    for kind in ("City", "Topic", "Practice", "Journey"):
        pages = apps.get_model("cities", kind).objects.exclude(checked=None)
        for page in pages:
            name = getattr(page, "title_pl", None) or page.name_pl
            print(f"Accepted what editors changed: {name} ({kind.lower()} {page.slug})")
        pages.update(checked=None)


class Migration(migrations.Migration):

    dependencies = [
        ('cities', '0020_journeys'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('reversion', '0002_add_index_on_version_for_content_type_and_db'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(accept, migrations.RunPython.noop),
        # The columns stay, for the release before this one; the next may drop them.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(model_name=kind, name='checked')
                for kind in ('city', 'practice', 'topic', 'journey')
            ],
        ),
        migrations.AddField(
            model_name='country',
            name='trusted',
            field=models.ManyToManyField(blank=True, help_text='Editors of this country who put their pages on the site themselves.', related_name='trusted_in', to=settings.AUTH_USER_MODEL, verbose_name='editors who publish'),
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('records', models.TextField()),
                ('state', models.CharField(choices=[('draft', 'draft'), ('review', 'in review'), ('scheduled', 'scheduled'), ('former', 'former')], default='draft', max_length=10)),
                ('publish_at', models.DateTimeField(null=True)),
                ('date_created', models.DateTimeField(default=django.utils.timezone.now)),
                ('base', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='reversion.version')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='drafts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='draft_of_page')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'former'), _negated=True), fields=('content_type', 'object_id'), name='one_draft_of_a_page')],
            },
        ),
    ]
