"""What of the programme's own files an installed site has taken up."""

from django.db import models

from ..text.cleaning import CharField


class LoadedColumn(models.Model):
    """A column of a table of the programme that has been loaded once; see importing.upgrading."""

    table = CharField(max_length=40)
    column = CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "column"], name="column_loaded_once")
        ]

    def __str__(self):
        return f"{self.table}.{self.column}"
