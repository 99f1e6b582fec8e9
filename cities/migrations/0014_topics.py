"""Topics: what practices are about; they have addresses and findings as other pages have."""

import cities.models.identity
import datetime
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cities', '0013_words'),
        ('reversion', '0002_add_index_on_version_for_content_type_and_db'),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(db_default=cities.models.identity.RandomUUID(), default=uuid.uuid4, editable=False, unique=True)),
                ('sort_pl', models.CharField(blank=True, db_index=True, editable=False, max_length=250)),
                ('sort_en', models.CharField(blank=True, db_index=True, editable=False, max_length=250)),
                ('status', models.CharField(choices=[('draft', 'draft'), ('review', 'in review'), ('published', 'published')], default='draft', max_length=10, verbose_name='status')),
                ('publish_at', models.DateTimeField(default=django.utils.timezone.now, help_text='A published text shows from this moment on.', verbose_name='publish at')),
                ('review_by', models.DateField(blank=True, help_text='The day on which somebody should check whether all this is still true.', null=True, verbose_name='review by')),
                ('changed_on', models.DateField(blank=True, db_default=datetime.date(2026, 11, 25), default=None, editable=False, verbose_name='changed on')),
                ('made_from', models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, editable=False)),
                ('slug', models.SlugField(blank=True, help_text='The last part of the page’s address. Left blank, it is made from the name. When you change it, the old one leads readers to the new one.', max_length=80, unique=True, verbose_name='address')),
                ('name_pl', models.CharField(max_length=80, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='name')),
                ('theme', models.CharField(choices=[('energy', 'energy'), ('mobility', 'mobility'), ('spatial', 'spatial planning')], help_text='The one under which it stands first; its practices may join others too.', max_length=10, verbose_name='theme')),
                ('intro_pl', models.TextField(blank=True, help_text='What the practices do about it, and what the sources do not tell: 40 to 80 words.', verbose_name='introduction')),
                ('intro_en', models.TextField(blank=True, help_text='What the practices do about it, and what the sources do not tell: 40 to 80 words.', verbose_name='introduction')),
                ('synonyms_pl', models.TextField(blank=True, help_text='Other words that people look for, with commas between them.', verbose_name='synonyms')),
                ('synonyms_en', models.TextField(blank=True, help_text='Other words that people look for, with commas between them.', verbose_name='synonyms')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['sort_pl'],
            },
        ),
        migrations.CreateModel(
            name='PracticeTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chosen_topics', to='cities.practice', verbose_name='good practice')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chosen_for', to='cities.topic', verbose_name='topic')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('practice', 'topic'), name='topic_chosen_once', violation_error_message='This practice has this topic already.')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='formeraddress',
            name='former_address_belongs_to_one',
        ),
        migrations.RemoveConstraint(
            model_name='photo',
            name='photo_belongs_to_one',
        ),
        migrations.RemoveConstraint(
            model_name='source',
            name='source_belongs_to_one',
        ),
        migrations.AlterField(
            model_name='finding',
            name='rule',
            field=models.CharField(choices=[('translation', 'missing translation'), ('outdated', 'outdated translation'), ('source', 'missing source'), ('topic', 'missing topic'), ('position', 'position outside the country'), ('figure', 'figure without a unit'), ('photo', 'photo without a description'), ('link', 'dead link'), ('link_text', 'link that does not say where it leads'), ('heading', 'heading that skips a level'), ('sentence', 'sentence of more than 30 words')], db_index=True, max_length=20, verbose_name='what to do'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('city__isnull', False), ('practice__isnull', True)), models.Q(('city__isnull', True), ('practice__isnull', False)), _connector='OR'), name='photo_belongs_to_one', violation_error_message='Choose a city or a practice, one of the two.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('city__isnull', False), ('practice__isnull', True)), models.Q(('city__isnull', True), ('practice__isnull', False)), _connector='OR'), name='source_belongs_to_one', violation_error_message='Choose a city or a practice, one of the two.'),
        ),
        migrations.AddField(
            model_name='topic',
            name='checked',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='reversion.version'),
        ),
        migrations.AddField(
            model_name='finding',
            name='topic',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='cities.topic'),
        ),
        migrations.AddField(
            model_name='formeraddress',
            name='topic',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='cities.topic'),
        ),
        migrations.AddField(
            model_name='practice',
            name='topics',
            field=models.ManyToManyField(related_name='practices', through='cities.PracticeTopic', to='cities.topic'),
        ),
        migrations.AddConstraint(
            model_name='formeraddress',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('city__isnull', False), ('topic__isnull', True), ('practice__isnull', True)), models.Q(('city__isnull', True), ('topic__isnull', False), ('practice__isnull', True)), models.Q(('city__isnull', True), ('topic__isnull', True), ('practice__isnull', False)), _connector='OR'), name='former_address_belongs_to_one', violation_error_message='Choose a city or a practice, one of the two.'),
        ),
        migrations.AddConstraint(
            model_name='formeraddress',
            constraint=models.UniqueConstraint(condition=models.Q(('topic__isnull', False)), fields=('slug',), name='topic_had_it_last'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='topic_has_an_address'),
        ),
    ]
