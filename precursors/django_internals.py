"""Private parts of Django and Python on which this site leans, each with its reason.

tests/precursors/test_django_internals.py fails when one of them changes.
"""

import gettext
import logging
import struct
import sys
import types

from django.apps import apps
from django.conf import settings
from django.core.serializers.jsonl import Deserializer
from django.urls import clear_url_caches, get_resolver
from django.utils.translation import trans_real

log = logging.getLogger(__name__)

# What Python raises on reading a .mo file that is cut off, empty or another kind of file.
UNREADABLE = (OSError, ValueError, LookupError, struct.error)


def leave_out_leaflet_admin():
    """Keep the admin from importing leaflet.admin, which would need GDAL for what we never use."""
    sys.modules.setdefault("leaflet.admin", types.ModuleType("leaflet.admin"))


def forget_catalogues():
    """Let Django read its catalogues anew, and the addresses that are in them.

    Its own autoreloader does so only where it runs; requests under way keep their language.
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
        english = trans_real.translation("en") if self.language() != "en" else None
        if self.language() in settings.MORE_LANGUAGES:
            english = NotedEnglish(english)
        if english:
            self.add_fallback(english)


class NotedEnglish:
    """English for a language that has gaps; keeps what it was asked for."""

    def __init__(self, english):
        self.english, self.texts = english, set()

    def __getattr__(self, name):
        return getattr(self.english, name)

    def gettext(self, message):
        return self.noted(self.english.gettext(message))

    def ngettext(self, singular, plural, number):
        return self.noted(self.english.ngettext(singular, plural, number))

    def noted(self, text):
        self.texts.add(text.rpartition(trans_real.CONTEXT_SEPARATOR)[2])
        return text


def fall_back_to_english():
    trans_real.DjangoTranslation = EnglishFirst


def lacking(language):
    """Return the English texts that pages in a further language have had so far for want of own."""
    if language not in settings.MORE_LANGUAGES:
        return frozenset()
    return frozenset(trans_real.translation(language)._fallback.texts)


class RowsOfRelease(Deserializer):
    """Rows as JSON lines, of models as a release had them; Django's own knows only today's."""

    def __init__(self, stream, registry):
        super().__init__(stream)
        self.registry = registry

    def _get_model_from_node(self, model_identifier):
        return self.registry.get_model(model_identifier)

    def _handle_m2m_field_node(self, field, field_value):
        return super()._handle_m2m_field_node(field, [_key(field, one) for one in field_value])

    def _handle_fk_field_node(self, field, field_value):
        return super()._handle_fk_field_node(field, _key(field, field_value))


def _key(field, named):
    """Return the key of a row that is named by a list, as those of Django's own models are."""
    if not isinstance(named, list):
        return named
    model = apps.get_model(field.remote_field.model._meta.label)  # one of a release has no names
    return model._default_manager.get_by_natural_key(*named).pk
