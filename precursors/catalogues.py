"""Catalogues: how the translators' .po files become what a running site reads."""

import gettext
import io
import re
from functools import cache
from pathlib import Path

import django
import polib
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import to_language, to_locale

from .django_internals import UNREADABLE, forget_catalogues

ORIGINAL = "en"  # in which the code has its texts; its catalogue only puts some otherwise


class BrokenCatalogueError(Exception):
    """A file that cannot be read; says where, and on which line."""


def files():
    """Return the .po files of locale/, by language."""
    source = Path(settings.LOCALE_PATHS[0])
    paths = sorted(source.glob("*/LC_MESSAGES/django.po"))
    return {to_language(path.parts[-3]): path for path in paths}


def read(path):
    try:
        return polib.pofile(str(path))
    except (OSError, ValueError) as error:  # polib names the file and the line
        raise BrokenCatalogueError(str(error).replace("Syntax error in po file ", "")) from error


def told(language, catalogue):
    """Return how far the words of a language are, in a line."""
    done, count = len(catalogue.translated_entries()), len(catalogue)
    if language == ORIGINAL:
        return f"{language}: {count} texts, the original; {done} of them put otherwise"
    return f"{language}: {done} of {count} translated, {catalogue.percent_translated()}%"


@cache
def plural_rule(language):
    """Return (number of plural forms, Plural-Forms header) of a language that Django knows.

    Django's own catalogues have CLDR's rules as gettext writes them. Raise LookupError.
    """
    folder = Path(django.__file__).parent / "conf/locale" / to_locale(language)
    path = folder / "LC_MESSAGES/django.po"
    if language not in LANG_INFO or not path.exists():
        raise LookupError(f"Django knows no language “{language}”.")
    header = polib.pofile(str(path)).metadata["Plural-Forms"]
    return int(re.match(r"nplurals=(\d+)", header)[1]), header


def compiled(catalogue):
    """Return a catalogue as the bytes of a .mo file that Python is known to read."""
    content = catalogue.to_binary()
    try:
        gettext.GNUTranslations(io.BytesIO(content))
    except UNREADABLE as error:
        raise BrokenCatalogueError(f"{catalogue.fpath} (line 1): {error}") from error
    return content


def is_whole(path):
    """Tell whether a .mo file is one that Python can read."""
    try:
        gettext.GNUTranslations(io.BytesIO(path.read_bytes()))
    except UNREADABLE:
        return False
    return True


def stamp():
    """Return the file that is touched whenever what visitors read has changed."""
    return Path(settings.LOCALE_PATHS[1]) / "compiled"


class FreshCatalogues:
    """Take up newly compiled catalogues before a request is answered, in every worker."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.compiled_at = None

    def __call__(self, request):
        path = stamp()
        changed = path.stat().st_mtime_ns if path.exists() else None
        if changed != self.compiled_at:
            self.compiled_at = changed
            forget_catalogues()
        return self.get_response(request)
