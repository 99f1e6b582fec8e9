"""By which words cities and practices are found: an index of our own tokens on either database.

A token is a language, a level and the stem of a word, or of two that stand together: “pl1kotl”.
Levels tell where the word stands, the best first; it has the token of the best alone.
"""

import json
import re

from django.db import connection, migrations, models
from django.db.models import Func, Value

from .city import City
from .practice import Practice

KIND = 2  # of tokens: raise it when they are made otherwise, and `prepare` makes them anew
OPERATORS = {"&": "AND", "|": "OR"}
# In one row for a token, since to read each of thousands takes longer than to find them.
KEYS_OF_EACH = {
    "sqlite": """
        SELECT value, (
            SELECT group_concat(rowid) FROM {table}_index
            WHERE {table}_index MATCH '"' || value || '"'
        ) FROM json_each(%s)""",
    "postgresql": """
        SELECT token, (
            SELECT string_agg(record_id::text, ',') FROM {table}
            WHERE cities_tokens(words) @@ ('''' || token || '''')::tsquery
        ) FROM unnest(%s::text[]) AS token""",
}


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
        # By a subquery it does not guess how common they are, and never reads all rows instead.
        where = "cities_tokens(words) @@ (SELECT %s::tsquery)"
        return f"(SELECT record_id FROM {self.table} WHERE {where})", [asked]  # noqa: S608


def keys_holding(words, tokens):
    """Return {token: list of the keys of the records whose words hold it}."""
    tokens = list(tokens)
    asked = json.dumps(tokens) if connection.vendor == "sqlite" else tokens
    with connection.cursor() as cursor:
        cursor.execute(KEYS_OF_EACH[connection.vendor].format(table=words._meta.db_table), [asked])
        return {token: list(map(int, keys.split(","))) if keys else [] for token, keys in cursor}


FORGET = (
    "INSERT INTO {table}_index({table}_index, rowid, words)"
    " VALUES ('delete', old.record_id, old.words);"
)
LEARN = "INSERT INTO {table}_index(rowid, words) VALUES (new.record_id, new.words);"
STATEMENTS = {
    "postgresql": [
        # Said to cost what it does, so that it is never asked of all rows, which takes seconds.
        "CREATE OR REPLACE FUNCTION cities_tokens(words text) RETURNS tsvector LANGUAGE plpgsql"
        " IMMUTABLE STRICT COST 1000 AS"
        " 'BEGIN RETURN array_to_tsvector(string_to_array(words, '' '')); END'",
        "CREATE INDEX {table}_index ON {table} USING gin (cities_tokens(words))",
        # The words stand apart from the rows, so that these are few pages to look keys up in.
        "ALTER TABLE {table} SET (toast_tuple_target = 128)",
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
            schema_editor.execute(f"DROP INDEX {table}_index")

    return migrations.RunPython(make, unmake)
