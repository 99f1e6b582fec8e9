"""What a record that one source tells of says of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..text.cleaning import CharField, URLField


class OneSource(models.Model):
    source_title = CharField(
        _("source"),
        max_length=250,
        blank=True,
        help_text=_("Its title or publisher, in the language of the source."),
    )
    source_url = URLField(
        _("address of the source"),
        max_length=500,
        blank=True,
        help_text=_("Leave blank when the page is gone or its site is no longer to be trusted."),
    )

    class Meta:
        abstract = True
