"""What stands in the cells of a table: read leniently where it is clear, never guessed."""

import re
from datetime import date
from decimal import Decimal
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import widgets

from ..editing import roles

YES = {"1", "true", "yes", "x", "tak", "prawda"}
LONGEST_NUMBER = 40  # characters
NO = {"", "0", "false", "no", "nie", "fałsz"}


class Key(widgets.CachedForeignKeyWidget):
    """A record named by its key; a wrong one is told as such, and so is one of another's."""

    user = None  # whose rights count, where somebody imports

    def get_queryset(self, *args, **kwargs):
        records = super().get_queryset(*args, **kwargs)
        return roles.editable(records, self.user) if self.user else records

    def clean(self, value, row=None, **kwargs):
        try:
            return super().clean(value.lower(), row, **kwargs)
        except self.model.DoesNotExist as error:
            message = _("There is no %(kind)s “%(key)s”.")
            if self.user and not roles.may_publish(self.user):
                message = _("There is no %(kind)s “%(key)s” among what is yours to edit.")
            kind = self.model._meta.verbose_name
            raise ValueError(message % {"kind": kind, "key": value}) from error


class Number(widgets.DecimalWidget):
    """A number with a point or a comma, whatever the language of who writes it."""

    def __init__(self):
        super().__init__(coerce_to_string=False)

    def clean(self, value, row=None, **kwargs):
        digits = re.sub(r"\s", "", str(value).replace("\N{MINUS SIGN}", "-"))
        if not digits:
            return None
        if len(digits) > LONGEST_NUMBER:
            raise ValueError(forms.DecimalField.default_error_messages["invalid"])
        if re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", digits):
            whole, point = digits.replace(",", ""), digits.replace(",", ".")
            message = _("“%(number)s” can be read in two ways: write %(whole)s or %(point)s.")
            raise ValueError(message % {"number": value, "whole": whole, "point": point})
        if not re.fullmatch(r"-?(?:\d+(?:[.,]\d+)?|[.,]\d+)", digits):
            raise ValueError(forms.DecimalField.default_error_messages["invalid"])
        return Decimal(digits.replace(",", "."))


class WholeNumber(Number):
    def clean(self, value, row=None, **kwargs):
        number = super().clean(value, row, **kwargs)
        if number is not None and number != int(number):
            raise ValueError(forms.IntegerField.default_error_messages["invalid"])
        return number if number is None else int(number)


class Tick(widgets.BooleanWidget):
    def clean(self, value, row=None, **kwargs):
        word = value.casefold()
        if word not in YES | NO:
            raise ValueError(_("“%(word)s” is neither 1 nor 0.") % {"word": value})
        return word in YES


class Day(widgets.DateWidget):
    def clean(self, value, row=None, **kwargs):
        if isinstance(value, date):
            return value
        try:
            return forms.DateField(required=False).clean(value)
        except ValidationError as error:
            raise ValueError(*error.messages) from error


class Identifier(widgets.Widget):
    """A UUID, as the site's own files have it."""

    def clean(self, value, row=None, **kwargs):
        try:
            return UUID(str(value)) if value else None
        except ValueError as error:
            message = _("“%(word)s” is no identifier. Leave it blank for a new record.")
            raise ValueError(message % {"word": value}) from error

    def render(self, value, obj=None, **kwargs):
        return str(value)
