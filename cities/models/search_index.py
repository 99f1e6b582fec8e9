"""By which words cities and practices are found: an index of our own tokens on either database.

A token is a language, a level and the stem of a word, or of two that stand together: “pl1kotl”.
Levels tell where the word stands, the best first; what stands on one counts for all below it.
"""

import re

from django.db import migrations, models
from django.db.models import Func, Value

from .city import City
from .practice import Practice

KIND = 1  # of tokens: raise it when they are made otherwise, and `prepare` makes them anew
OPERATORS = {"&": "AND", "|": "OR"}


class Words(models.Model):
    """All tokens of one record, in every language, with spaces between."""

    words = models.TextField()
    kind = models.PositiveSmallIntegerField(default=KIND)

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.pk)


class CityWords(Words):
    record = models.OneToOneField(City, models.CASCADE, primary_key=True, related_name="words")


class PracticeWords(Words):
    record = models.OneToOneField(Practice, models.CASCADE, primary_key=True, related_name="words")


class Word(models.Model):
    """A word as it is written somewhere, and its stem; one written word may have several."""

    language = models.CharField(max_length=10)
    form = models.CharField(max_length=80, db_index=True)
    stem = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "form", "stem"], name="word_known_once")
        ]

    def __str__(self):
        return self.form


class Holding(Func):
    """The keys of the records whose words hold what is asked: “pl1kotl & (pl4gaz | pl4wegl)”."""

    def __init__(self, words, asked):
        super().__init__(Value(asked))
        self.table = words._meta.db_table

    def as_sqlite(self, compiler, connection, **context):
        asked = re.sub(r"[^\s&|()]+", r'"\g<0>"', self.source_expressions[0].value)
        asked = re.sub("[&|]", lambda sign: OPERATORS[sign[0]], asked)
        index = f"{self.table}_index"
        return f"(SELECT rowid FROM {index} WHERE {index} MATCH %s)", [asked]  # noqa: S608

    def as_postgresql(self, compiler, connection, **context):
        asked = re.sub(r"[^\s&|()]+", r"'\g<0>'", self.source_expressions[0].value)
        where = "vector @@ %s::tsquery"
        return f"(SELECT record_id FROM {self.table} WHERE {where})", [asked]  # noqa: S608


FORGET = (
    "INSERT INTO {table}_index({table}_index, rowid, words)"
    " VALUES ('delete', old.record_id, old.words);"
)
LEARN = "INSERT INTO {table}_index(rowid, words) VALUES (new.record_id, new.words);"
STATEMENTS = {
    "postgresql": [
        # Stored, since to read the words anew takes ten times as long as to look at them.
        "ALTER TABLE {table} ADD COLUMN vector tsvector"
        " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
        "CREATE INDEX {table}_index ON {table} USING gin (vector)",
    ],
    "sqlite": [
        # To the tokenizer “ascii” every letter that is none is part of a word.
        "CREATE VIRTUAL TABLE {table}_index USING fts5(words, content='{table}',"
        " content_rowid='record_id', detail=none, tokenize=ascii)",
        f"CREATE TRIGGER {{table}}_added AFTER INSERT ON {{table}} BEGIN {LEARN} END",
        f"CREATE TRIGGER {{table}}_gone AFTER DELETE ON {{table}} BEGIN {FORGET} END",
        f"CREATE TRIGGER {{table}}_changed AFTER UPDATE ON {{table}} BEGIN {FORGET} {LEARN} END",
    ],
}


def indexing(table):
    """Return the migration that keeps the words of a table in an index."""

    def make(apps, schema_editor):
        for statement in STATEMENTS[schema_editor.connection.vendor]:
            schema_editor.execute(statement.format(table=table))

    def unmake(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TABLE {table}_index")
        else:
            schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN vector")

    return migrations.RunPython(make, unmake)
