"""Private parts of Django and Python on which this site leans, each with its reason.

tests/precursors/test_django_internals.py fails when one of them changes.
"""

import gettext
import logging
import struct
import sys
import types

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
        if self.language() != "en":
            self.add_fallback(trans_real.translation("en"))


def fall_back_to_english():
    trans_real.DjangoTranslation = EnglishFirst
