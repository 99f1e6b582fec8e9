"""Text as it comes in: one function cleans it, and every column and every request asks it."""

import re
import unicodedata

from django.core.validators import MaxLengthValidator
from django.db import models

from .addresses import web_address

LONGEST_TEXT = 20_000  # characters, of a summary or a cell of a table
MOST_MARKS = 30  # on one letter, as Unicode’s stream-safe format (UAX #15) has it

BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Other controls, halves of characters, what Unicode will never give a meaning; then what nobody
# sees: soft hyphens, zero-width spaces, marks of direction, the place of an object left behind.
UNWANTED = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"
    "\U000e0000-\U000e007f]"
)
JOINERS = "\u200c\u200d"
JOINED = re.compile("[\u0590-\u1dff\u2190-\U0010ffff]")  # Persian, Indian scripts, emoji
MANY_SIGNS = re.compile(rf"[^\w\s]{{{MOST_MARKS + 1},}}")


def cleaned(text):
    """Return text without what no reader sees and no file holds: NFC, and \\n as its only break."""
    text = composed(UNWANTED.sub("", BREAK.sub("\n", text)))
    return composed(_without_needless_joiners(text))


def _without_needless_joiners(text):
    """Return text without joiners that only hide, as after a Latin letter, whatever its marks."""
    if not any(joiner in text for joiner in JOINERS):
        return text
    kept, is_needed = [], False
    for sign in text:
        is_joiner = sign in JOINERS
        if is_needed or not is_joiner:
            kept.append(sign)
        if is_joiner or not unicodedata.combining(sign):
            is_needed = bool(JOINED.match(sign))  # one is enough
    return "".join(kept)


def has_unseen(text):
    """Tell whether cleaning takes more from a text than its kind of line ends and of accents."""
    return cleaned(text) != composed(re.sub("\r\n?", "\n", text))


def composed(text):
    """Return text in NFC. To sort marks by thousands takes Python seconds, so they are few."""
    return unicodedata.normalize("NFC", MANY_SIGNS.sub(_with_few_marks, text))


def _with_few_marks(signs):
    kept, marks = [], 0
    for sign in signs[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def in_one_line(text):
    return cleaned(text).replace("\n", " ")


class CleanText:
    """A column whose text is clean, however it got there."""

    purify = staticmethod(cleaned)

    def to_python(self, value):
        """Clean what forms, tables, updates and lookups give: Django asks here for them all."""
        value = super().to_python(value)
        return self.purify(value) if isinstance(value, str) else value

    def pre_save(self, instance, add):
        value = super().pre_save(instance, add)
        if isinstance(value, str):  # and no expression
            value = self.to_python(value)
            setattr(instance, self.attname, value)
        return value

    def deconstruct(self):
        """Be the column of Django that it is in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{type(self).__name__}", args, kwargs


class CharField(CleanText, models.CharField):
    purify = staticmethod(in_one_line)


class SlugField(CleanText, models.SlugField):
    pass


class URLField(CleanText, models.URLField):
    @staticmethod
    def purify(text):
        return web_address(cleaned(text))


class EmailField(CleanText, models.EmailField):
    pass


class TextField(CleanText, models.TextField):
    default_validators = [MaxLengthValidator(LONGEST_TEXT)]


class CleanRequests:
    """Clean what is asked and what forms send, before any view reads it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.GET:
            request.GET = cleaned_values(request.GET)
        if request.method == "POST":
            request.POST = cleaned_values(request.POST)


def cleaned_values(sent):
    """Return a QueryDict with clean values, except passwords: those are what they are."""
    values = sent.copy()
    for name, several in values.lists():
        if "password" not in name:
            values.setlist(name, [cleaned(value) for value in several])
    values._mutable = False
    return values
