"""What stands in the cells of a table: read leniently where it is clear, never guessed."""

import re
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from import_export import widgets

from ..editing import roles
from ..text.cleaning import cleaned
from ..text.formulas import unescaped
from ..text.readings import FIELDS, DayField, NumberField, WholeNumberField
from ..text.translation import columns

YES = {"1", "true", "yes", "x", "tak", "prawda"}
NO = {"", "0", "false", "no", "nie", "fałsz"}
# What spreadsheets write where a formula failed, or where a column is too narrow for a number.
FAILED = re.compile(r"#(?:##+|N/?[AV]|N/?D!?|[^\W\d_]+(?:/0)?[!?])|(?:Err|Błąd|Fehler):[0-9]{3}")
CUT = 32_767  # characters, at which spreadsheets cut a text without a word


class Odd(str):
    """A time, or a day with a time, which no column holds."""


class Uncalculated(str):
    """The address of a cell with a formula that no spreadsheet program has calculated."""


KINDS = {"day": date.fromisoformat, "moment": Odd, "time": Odd, "formula": Uncalculated}


def from_json(value):
    """Return a cell as spreadsheets.answer tells it: a text, number, bool, day, or what is odd."""
    if not isinstance(value, dict):
        return value
    ((kind, text),) = value.items()
    return KINDS[kind](text)


def taken(value, widget):
    """Return what stands in a cell for the widget of its column. Raise ValueError if it is odd."""
    if isinstance(value, Uncalculated):
        message = _(
            "The formula in cell %(cell)s was never calculated. Open the table with a spreadsheet "
            "program and save it again."
        )
        raise ValueError(message % {"cell": value})
    if type(value) in getattr(widget, "takes", ()):
        return value
    if isinstance(value, (Odd, bool, date)):
        message = _(
            "A spreadsheet program has made something else of this cell: %(value)s. Turn it into "
            "a text cell and type it again."
        )
        raise ValueError(message % {"value": value})
    return text_in(
        value if isinstance(value, str) else format(value, "f" * isinstance(value, Decimal))
    )


def text_in(value):
    text = cleaned(value).strip()
    if len(text) < CUT and not FAILED.fullmatch(text[:20]):
        return unescaped(text)
    if len(text) < CUT:
        message = _("The formula of this cell has failed: %(value)s.")
    else:
        message = _(
            "This text is cut off: spreadsheet programs keep %(most)d characters of a cell."
        )
    raise ValueError(message % {"value": text, "most": CUT})


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
            if named := self.named(value):
                return named
            message = _("There is no %(kind)s “%(key)s”.")
            if self.user and not roles.may_publish(self.user):
                message = _("There is no %(kind)s “%(key)s” among what is yours to edit.")
            kind = self.model._meta.verbose_name
            raise ValueError(message % {"kind": kind, "key": value}) from error

    def named(self, value):
        """Return the one record that has this name in some language; None of none or several."""
        names = {f"{column}__iexact": value for column in columns(self.model.named_by)}
        found = self.get_queryset(value, None).filter(Q.create([*names.items()], connector=Q.OR))[
            :2
        ]
        return found[0] if len(found) == 1 else None


class Choice(widgets.Widget):
    """One of a closed list, by its key or as forms call it in any language."""

    def __init__(self, choices):
        super().__init__()
        self.choices = dict(choices)
        self.known = keys_by_name(choices)

    def clean(self, value, row=None, **kwargs):
        if not value:
            return value
        try:
            return self.known[value.casefold()]
        except KeyError as error:
            raise unknown(value, self.choices) from error


def keys_by_name(choices):
    """Return {name: key} of a closed list: keys, and labels in every language."""
    known = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {str(label).casefold(): key for key, label in choices}
    return known | {str(key).casefold(): key for key, _label in choices}


def unknown(value, choices):
    """Return the error that tells what may stand in a cell: labels, with keys behind them."""
    told = (f"{label} ({key})" for key, label in choices.items() if key)
    message = _("“%(key)s” is none of: %(keys)s.")
    return ValueError(message % {"key": value, "keys": ", ".join(told)})


class Keys(widgets.Widget):
    """Records named by their keys in a certain order, with “|” between them."""

    def __init__(self, model, field, most):
        super().__init__()
        self.key, self.most = Key(model, field), most

    def clean(self, value, row=None, **kwargs):
        keys = dict.fromkeys(filter(None, map(str.strip, value.split("|"))))
        if len(keys) > self.most:
            message = _("At most %(most)d can stand here, not %(count)d.")
            raise ValueError(message % {"most": self.most, "count": len(keys)})
        return list(dict.fromkeys(self.key.clean(key, row) for key in keys))

    def render(self, value, obj=None, **kwargs):
        return "|".join(self.key.render(record) for record in value or ())


class Choices(widgets.Widget):
    """Keys of a closed list, in its order, with “|” between them."""

    def __init__(self, choices):
        super().__init__()
        self.choices, self.known = choices, keys_by_name(choices.choices)

    def clean(self, value, row=None, **kwargs):
        asked = {key.strip().casefold() for key in value.split("|")} - {""}
        if strange := asked - set(self.known):
            raise unknown(min(strange), dict(self.choices.choices))
        chosen = {self.known[key] for key in asked}
        return [choice for choice in self.choices if choice in chosen]

    def render(self, value, obj=None, **kwargs):
        return "|".join(value or ())


class Asking:
    """A cell read as the admin’s form reads the field of its column."""

    def __init__(self, field=None, **kwargs):
        super().__init__(**kwargs)
        self.field = field or self.form_class(required=False)

    def clean(self, value, row=None, **kwargs):
        try:
            return self.field.clean(value)
        except ValidationError as error:
            raise ValueError(*error.messages) from error


class Number(Asking, widgets.DecimalWidget):
    form_class, takes = NumberField, (int, Decimal)

    def __init__(self, field=None):
        super().__init__(field, coerce_to_string=False)


class WholeNumber(Number):
    form_class = WholeNumberField


class Day(Asking, widgets.DateWidget):
    form_class, takes = DayField, (date,)


class Tick(widgets.BooleanWidget):
    takes = (bool,)

    def clean(self, value, row=None, **kwargs):
        word = str(int(value) if isinstance(value, bool) else value).casefold()
        if word not in YES | NO:
            raise ValueError(_("“%(word)s” is neither 1 nor 0.") % {"word": value})
        return word in YES


def field_for(db_field):
    """Return the form field that reads a column, with what its validators let in."""
    field_class = next(FIELDS[kind] for kind in type(db_field).__mro__ if kind in FIELDS)
    field = db_field.formfield(form_class=field_class, required=False)
    field.column_validators = db_field.validators
    return field


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
