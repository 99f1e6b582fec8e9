"""Pages of which a city itself has said that all of it is true."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Confirmed(models.Model):
    confirmed_on = models.DateField(
        # Translators: the day on which the city itself said that its page is true.
        _("checked by the city on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which the city said that all of the page is true. It is filled in when you "
            "accept that answer."
        ),
    )

    class Meta:
        abstract = True
