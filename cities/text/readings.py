"""Numbers and days as people write them; what can be read in two ways is asked, never guessed.

The same fields read forms and the cells of tables. What a column cannot hold is no reading of it:
a latitude of 18.008 is not eighteen thousand.
"""

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import get_format
from django.utils.translation import gettext as _

LONGEST = 40  # characters of a number or a day
PLAIN = re.compile(r"([0-9]*)(?:[.,]([0-9]+))?")
# Thousands apart, by a blank, an apostrophe, a point or a comma; then what is less than one.
GROUPED = [
    re.compile(rf"([1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}})+)(?:[{point}]([0-9]+))?")
    for mark, point in [(" ", ".,"), ("['’]", ".,"), (r"\.", ","), (",", ".")]
]
DAY = re.compile(r"([0-9]{1,4})([-./])([0-9]{1,2})\2([0-9]{1,4})(?:[ T]00:00(?::00)?)?")
CENTURY = 69  # as in POSIX: 69 is 1969, and 68 is 2068


def numbers(text):
    """Return the numbers that a text can mean, the plain one first, without zeros at the end."""
    text = re.sub(r"\s", " ", text.strip()).replace("\N{MINUS SIGN}", "-")
    sign = "-" if text.startswith("-") else ""
    text = text.removeprefix("-").removeprefix("+")
    if len(text) > LONGEST or not re.search("[0-9]", text):
        return []
    found = {}
    for pattern in [PLAIN, *GROUPED]:
        if match := pattern.fullmatch(text):
            whole, rest = re.sub("[^0-9]", "", match[1]), match[2] or ""
            found[Decimal(f"{sign}{whole or 0}.{rest.rstrip('0') or 0}")] = None
    return list(found)


def written(number):
    """Return a number as the reader's language writes it, never so that it has two readings."""
    whole, _point, rest = f"{number:f}".partition(".")
    rest = rest.rstrip("0")
    if len(rest) == 3:  # 1.234 might be a thousand and more
        rest += "0"
    return f"{whole}{get_format('DECIMAL_SEPARATOR')}{rest}" if rest else whole


def days(text):
    """Return the days that a text can mean, sooner ones first."""
    match = DAY.fullmatch(text.strip())
    if not match:
        return []
    first, mark, middle, last = match.groups()
    orders = [(last, middle, first)]  # day, month, year
    if mark != ".":
        orders.append((last, first, middle))
    if len(first) == 4:
        orders = [(first, middle, last)]
    elif len(last) < 3 and mark != ".":
        orders.append((first, middle, last))
    return sorted({day for order in orders for day in [_day(*order)] if day})


def _day(year, month, day):
    century = {4: 0, 2: 1900 if int(year) >= CENTURY else 2000}
    try:
        return date(century[len(year)] + int(year), int(month), int(day))
    except (KeyError, ValueError):
        return None


class Asking:
    """A field that asks where a text has several readings which its column can hold."""

    column_validators = ()

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return self.as_told(value)
        readings = self.readings(value)
        fitting = [reading for reading in readings if self.fits(reading)]
        if not readings:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if len(fitting) > 1:
            message = _(
                "“%(text)s” can be read in at least two ways. Write one of them: %(readings)s."
            )
            values = {"text": value, "readings": "; ".join(map(self.written, fitting))}
            raise ValidationError(message, code="ambiguous", params=values)
        return self.as_told([*fitting, *readings][0])

    def prepare_value(self, value):
        """Return a value as it stands in its input, where it must have one reading."""
        return self.written(value) if isinstance(value, (int, Decimal, date)) else value

    def has_changed(self, initial, data):
        return super().has_changed(self.to_python(initial), data)

    def as_told(self, value):
        return super().to_python(f"{value:f}" if isinstance(value, Decimal) else value)

    def fits(self, reading):
        try:
            value = self.as_told(reading)
            for validator in [*self.validators, *self.column_validators]:
                validator(value)
        except ValidationError:
            return False
        return True


class NumberField(Asking, forms.DecimalField):
    readings, written = staticmethod(numbers), staticmethod(written)


class WholeNumberField(Asking, forms.IntegerField):
    readings, written = staticmethod(numbers), staticmethod(written)


class DayField(Asking, forms.DateField):
    readings, written = staticmethod(days), staticmethod(date.isoformat)


FIELDS = {
    models.DecimalField: NumberField,
    models.IntegerField: WholeNumberField,
    models.DateField: DayField,
}
