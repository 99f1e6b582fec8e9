"""Find by words: their index, the words that occur, and what people say for them."""

import cities.models.synonym
import django.db.models.deletion
from django.db import migrations, models

from cities.models.search_index import indexing


class Migration(migrations.Migration):

    dependencies = [
        ('cities', '0012_identifiers'),
    ]

    operations = [
        migrations.CreateModel(
            name='CityWords',
            fields=[
                ('words', models.TextField()),
                ('kind', models.PositiveSmallIntegerField(default=2)),
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='words', serialize=False, to='cities.city')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PracticeWords',
            fields=[
                ('words', models.TextField()),
                ('kind', models.PositiveSmallIntegerField(default=2)),
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='words', serialize=False, to='cities.practice')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=cities.models.synonym.languages, default='pl', max_length=10, verbose_name='language')),
                ('said', models.CharField(help_text='Words and phrases that mean the same, with commas between: transport publiczny, komunikacja miejska. Who asks for one finds them all.', max_length=250, verbose_name='what people say')),
                ('also', models.CharField(blank=True, help_text='What is found by them as well, but not the other way round: autobus, tramwaj, pociąg.', max_length=500, verbose_name='finds too')),
            ],
            options={
                'verbose_name': 'synonym',
                'verbose_name_plural': 'synonyms',
                'ordering': ['language', 'said'],
                'constraints': [models.UniqueConstraint(fields=('language', 'said'), name='synonym_told_once', violation_error_message='These words stand in the table already.')],
            },
        ),
        migrations.CreateModel(
            name='Unanswered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=cities.models.synonym.languages, default='pl', max_length=10, verbose_name='language')),
                ('words', models.CharField(max_length=100, verbose_name='words')),
                ('number', models.PositiveIntegerField(default=0, verbose_name='how often')),
                ('first_day', models.DateField(auto_now_add=True, verbose_name='first asked')),
                ('last_day', models.DateField(auto_now=True, verbose_name='last asked')),
            ],
            options={
                'verbose_name': 'question without an answer',
                'verbose_name_plural': 'questions without an answer',
                'ordering': ['-number', '-last_day'],
                'constraints': [models.UniqueConstraint(fields=('language', 'words'), name='question_counted_once')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('form', models.CharField(db_index=True, max_length=80)),
                ('stem', models.CharField(db_index=True, max_length=80)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('language', 'form', 'stem'), name='word_known_once')],
            },
        ),
        indexing("cities_citywords"),
        indexing("cities_practicewords"),
    ]
