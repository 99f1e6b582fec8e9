"""Catalogues: how the translators' .po files become what a running site reads."""

import gettext
import io
import re
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path

import django
import polib
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import to_language, to_locale

from .django_internals import UNREADABLE, forget_catalogues

ORIGINAL = "en"  # in which the code has its texts; its catalogue only puts some otherwise


# A line of a .po file; polib takes more than that, and cuts off what is not closed.
LINE = re.compile(r'\s*(#.*|((msgctxt|msgid(_plural)?|msgstr(\[\d\])?)\s+)?"([^"\\]|\\.)*"\s*)?')
CONFLICT = re.compile(r"(<<<<<<<|=======|>>>>>>>)( .*)?")


class BrokenCatalogueError(Exception):
    """A file that cannot be read; says where, and on which line."""


def files():
    """Return the .po files of locale/, by language."""
    source = Path(settings.LOCALE_PATHS[0])
    paths = sorted(source.glob("*/LC_MESSAGES/django.po"))
    return {to_language(path.parts[-3]): path for path in paths}


def source():
    """Return the catalogue of what there is to translate, which no translator edits."""
    return read(Path(settings.LOCALE_PATHS[0]) / "django.pot")


def read(path):
    """Return a file as a catalogue of polib. Raise BrokenCatalogueError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BrokenCatalogueError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BrokenCatalogueError(
            f"{path} (line {line}): letters that are not UTF-8: save the file as UTF-8"
        ) from error
    for line, advice in _damages(text):
        raise BrokenCatalogueError(f"{path} (line {line}): {advice}")
    try:
        catalogue = polib.pofile(str(path), encoding="utf-8")
    except (OSError, ValueError) as error:  # polib names the file and the line
        raise BrokenCatalogueError(str(error).replace("Syntax error in po file ", "")) from error
    if not re.search(r"charset=utf-8$", catalogue.metadata.get("Content-Type", ""), re.I):
        raise BrokenCatalogueError(
            f"{path} (line 1): the header must say “Content-Type: text/plain; charset=UTF-8”"
        )
    return catalogue


def _damages(text):
    """Yield (number, advice) of each line that is none of a catalogue."""
    lines = [*text.splitlines(), ""]
    heads = [number for number, line in enumerate(lines, start=1) if line.startswith("msgid ")]
    for number, line in enumerate(lines, start=1):
        if CONFLICT.fullmatch(line):
            yield number, "two versions meet here: keep one, and delete the marks"
        elif not LINE.fullmatch(line):
            yield number, "words must stand in quotation marks, behind msgid or msgstr"
        elif line == 'msgid ""' and number > heads[0] and lines[number].startswith("msgstr"):
            yield number, "the English is gone: put it back as it was"


def told(language, catalogue):
    """Return how far the words of a language are, in a line."""
    done, count = progress(catalogue)
    if language == ORIGINAL:
        return f"{language}: {count} texts, the original; {done} of them put otherwise"
    return f"{language}: {done} of {count} translated, {done * 100 // (count or 1)}%"


def progress(catalogue):
    """Return (done, count) of the texts that there are to translate."""
    texts = {(entry.msgctxt, entry.msgid) for entry in source()}
    done = sum((e.msgctxt, e.msgid) in texts for e in catalogue.translated_entries())
    return done, len(texts)


@lru_cache(maxsize=8)
def percent(path, changed):
    """Return how much of a file is translated; `changed` is when it was written."""
    try:
        done, count = progress(read(path))
    except BrokenCatalogueError:
        return None
    return done * 100 // (count or 1)


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


def compiled(catalogue, language):
    """Return a catalogue as the bytes of a .mo file that Python is known to read.

    Its plural rule is that of the language, whatever an editor made of the header.
    """
    catalogue.metadata["Plural-Forms"] = plural_rule(language)[1]
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


@contextmanager
def on_trial(folder):
    """Let this process read compiled catalogues from a folder, not from where the site does."""
    at, settings.LOCALE_PATHS = settings.LOCALE_PATHS, [settings.LOCALE_PATHS[0], folder]
    forget_catalogues()
    try:
        yield
    finally:
        settings.LOCALE_PATHS = at
        forget_catalogues()


def stamp():
    """Return the file that is touched whenever what visitors read has changed."""
    return Path(settings.LOCALE_PATHS[1]) / "compiled"


class FreshCatalogues:
    """Take up newly compiled catalogues before a request is answered, in every worker."""

    read = None  # by this process: (path, time) of the stamp

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path = stamp()
        there = (path, path.stat().st_mtime_ns if path.exists() else None)
        if there != self.read:
            FreshCatalogues.read = there
            forget_catalogues()
        return self.get_response(request)
