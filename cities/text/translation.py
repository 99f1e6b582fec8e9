"""Texts in several languages: plain columns, and one rule for the missing ones."""

from django.conf import settings
from django.utils.translation import get_language, pgettext
from translated_fields import TranslatedField, to_attribute


def in_best_language(record, name):
    """Return (text, language): the page's language, else English, Polish, then any."""
    languages = [get_language() or settings.LANGUAGE_CODE, "en", "pl"]
    languages += [code for code, _ in settings.LANGUAGES]
    for language in languages:
        if text := getattr(record, to_attribute(name, language), ""):
            return text, language
    return "", languages[0]


def columns(name):
    """Return the names of a text's columns, one a language."""
    return [to_attribute(name, code) for code, _ in settings.LANGUAGES]


def language_of(column):
    """Return the language of a column by its name, or None: “name_pl” is in “pl”."""
    ends = ((code, to_attribute("", code)) for code, _ in settings.LANGUAGES)
    return next((code for code, end in ends if column.endswith(end)), None)


def label_of(field):
    """Return the name of a column as forms show it: “summary [pl]”."""
    language = language_of(field.name)
    return f"{field.verbose_name} [{language}]" if language else str(field.verbose_name)


def in_every_language(record, name):
    """Return the text of a translated column in each language, blank where missing."""
    return [getattr(record, column) for column in columns(name)]


def in_a_sentence(words):
    """Join words as a sentence does: “energy, mobility and spatial planning”."""
    *first, last = map(str, words)
    if not first:
        return last
    # Translators: the end of a list: “energy, mobility and spatial planning”.
    pattern = pgettext("list", "%(words)s and %(last)s")
    return pattern % {"words": ", ".join(first), "last": last}


def _getter(name, field):
    return lambda record: in_best_language(record, name)[0]


def Translated(field, *, required=False):
    """Return a column of this kind for each language; only Polish may be required.

    The columns of further languages fill themselves, so that a server on which
    MORE_LANGUAGES is not set yet may go on writing.
    """
    specific = {} if required else {settings.LANGUAGE_CODE: {"blank": True}}
    others = {code: {"blank": True} for code, _ in settings.LANGUAGES}
    others.pop(settings.LANGUAGE_CODE)
    for code in settings.MORE_LANGUAGES:
        others[code] |= {"default": "", "db_default": ""}
    return TranslatedField(field, specific | others, attrgetter=_getter)
