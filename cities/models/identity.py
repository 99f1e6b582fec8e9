"""Identifiers that never change, whatever becomes of names and addresses."""

from uuid import NAMESPACE_URL, uuid4, uuid5

from django.db import models


class RandomUUID(models.Func):
    """A random UUID, made by the database for releases that do not know the column yet."""

    function = "gen_random_uuid"
    arity = 0
    output_field = models.UUIDField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="lower(hex(randomblob(16)))", **context)


class Identified(models.Model):
    """Something that others cite: `/id/<uuid>` leads to it for good."""

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)

    class Meta:
        abstract = True


def first_identifier(kind, slug):
    """Return the UUID that a record got when identifiers came: each site gives it the same."""
    return uuid5(NAMESPACE_URL, f"precursor-cities/{kind}/{slug}")
