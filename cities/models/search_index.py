"""By which words cities and practices are found: an index of our own tokens on either database.

A token is a language, a level and the stem of a word, or of two that stand together: “pl1kotl”.
Levels tell where the word stands, the best first; it has the token of the best alone.
"""

import re

from django.db import connection, migrations, models
from django.db.models import Func, Value

from .city import City
from .practice import Practice

KIND = 2  # of tokens: raise it when they are made otherwise, and `prepare` makes them anew
OPERATORS = {"&": "AND", "|": "OR"}
# In one row, since to read each of thousands takes longer than to find them.
JOINED = {"sqlite": "group_concat(key)", "postgresql": "string_agg(key::text, ',')"}


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
    """The keys of the records whose words hold what is asked: “pl1kotl & (pl4gaz | pl4wegl)”.

    With a limit, any so many of them.
    """

    def __init__(self, words, asked, most=None):
        super().__init__(Value(asked))
        self.table = words._meta.db_table
        self.limit = f" LIMIT {most}" if most else ""

    def as_sqlite(self, compiler, connection, **context):
        asked = re.sub(r"[^\s&|()]+", r'"\g<0>"', self.source_expressions[0].value)
        asked = re.sub("[&|]", lambda sign: OPERATORS[sign[0]], asked)
        index = f"{self.table}_index"
        return f"(SELECT rowid AS key FROM {index} WHERE {index} MATCH %s{self.limit})", [asked]  # noqa: S608

    def as_postgresql(self, compiler, connection, **context):
        asked = re.sub(r"[^\s&|()]+", r"'\g<0>'", self.source_expressions[0].value)
        # By a subquery it does not guess how common they are, and never reads all rows instead.
        where = "cities_tokens(words) @@ (SELECT %s::tsquery)"
        return f"(SELECT record_id AS key FROM {self.table} WHERE {where}{self.limit})", [asked]  # noqa: S608


def keys_of_each(words, several, most=None):
    """Return a set of keys, or of any so many, for each thing that is asked of the words."""
    compile_it, parts, params = f"as_{connection.vendor}", [], []
    for number, asked in enumerate(several):
        sql, its_params = getattr(Holding(words, asked, most), compile_it)(None, connection)
        parts.append(f"SELECT {number}, {JOINED[connection.vendor]} FROM {sql} AS held{number}")  # noqa: S608
        params += its_params
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        found = dict(cursor.fetchall())
    keys = ((found[number] or "").split(",") for number in range(len(several)))
    return [set(map(int, filter(None, some))) for some in keys]


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
