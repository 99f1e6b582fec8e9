"""Whom one asks about a place: an office and its public address, never a person."""

import re

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..text.cleaning import CharField, EmailField, URLField
from ..text.translation import Translated


class Contact(models.Model):
    office = Translated(
        CharField(
            _("office to ask"),
            max_length=200,
            blank=True,
            default="",
            db_default="",
            help_text=_("The name of an office, unit or body, never of a person."),
        )
    )
    email = EmailField(
        # Translators: the address of an office.
        _("e-mail"),
        blank=True,
        default="",
        db_default="",
        help_text=_("The address that the office itself makes public; no address of a person."),
    )
    telephone = CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        default="",
        db_default="",
        validators=[
            RegexValidator(
                r"^\+\d[\d\s]{4,}\d$",
                _("Type + and the code of the country, then digits: +48 22 123 45 67."),
            )
        ],
        help_text=_("With the code of the country: +48 22 123 45 67."),
    )
    contact_page = URLField(
        # Translators: the page on which an office tells how to reach it.
        _("page of the office"),
        blank=True,
        default="",
        db_default="",
        help_text=_("The page on which the office says how to reach it."),
    )
    contact_checked_on = models.DateField(
        # Translators: the day on which somebody checked the address of an office.
        _("checked on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which somebody last made sure that all this is true. Leave it blank until "
            "then."
        ),
    )

    class Meta:
        abstract = True

    @property
    def called(self):
        """What one asks is called, whether or not an office is named."""
        return self.office or self.name

    @property
    def telephone_link(self):
        return "tel:+" + re.sub(r"\D", "", self.telephone)

    @property
    def page_to_ask(self):
        return self.contact_page

    @property
    def is_reachable(self):
        return bool(self.email or self.telephone or self.page_to_ask)
