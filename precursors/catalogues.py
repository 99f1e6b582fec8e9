"""Catalogues: how the translators' .po files become what a running site reads."""

import gettext
import io
import logging
import re
import struct
from functools import cache
from pathlib import Path

import django
import polib
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.urls import clear_url_caches, get_resolver
from django.utils.translation import to_language, to_locale, trans_real

log = logging.getLogger(__name__)

# What Python raises on reading a .mo file that is cut off, empty or another kind of file.
UNREADABLE = (OSError, ValueError, LookupError, struct.error)


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
        self.seen = None

    def __call__(self, request):
        path = stamp()
        changed = path.stat().st_mtime_ns if path.exists() else None
        if changed != self.seen:
            self.seen = changed
            forget()
        return self.get_response(request)


def forget():
    """Let Django read its catalogues anew, and the addresses that are in them.

    As its own autoreloader does, but requests under way keep the language that they have.
    """
    gettext._translations = {}
    trans_real._translations = {}
    trans_real._default = None
    clear_url_caches()
    _forget_addresses(get_resolver())


def _forget_addresses(resolver):
    for pattern in resolver.url_patterns:
        pattern.pattern._regex_dict = {}
        if hasattr(pattern, "url_patterns"):
            pattern._reverse_dict = {}
            _forget_addresses(pattern)


class EnglishFirst(trans_real.DjangoTranslation):
    """A language whose missing texts are English; Django's own would be Polish, the default.

    A damaged file is left out: no command would start else, nor the one that compiles it anew.
    """

    def _new_gnu_trans(self, localedir, use_null_fallback=True):
        try:
            return super()._new_gnu_trans(localedir, use_null_fallback)
        except UNREADABLE as error:
            log.error("The words in %s are damaged, and left out: %s", localedir, error)
            return gettext.NullTranslations()

    def _add_fallback(self, localedirs=None):
        if self.language() != "en":
            self.add_fallback(trans_real.translation("en"))


def fall_back_to_english():
    trans_real.DjangoTranslation = EnglishFirst
