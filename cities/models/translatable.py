"""Translations that know from which text they were made."""

from functools import cache
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.utils.translation import pgettext_lazy
from translated_fields import to_attribute

from ..text.translation import language_of
from .constraints import Constrained


class Freshness(models.TextChoices):
    FRESH = "fresh", pgettext_lazy("translation", "fresh")
    OUTDATED = "outdated", pgettext_lazy("translation", "outdated")
    MISSING = "missing", pgettext_lazy("translation", "missing")


def digest(text):
    return sha256(text.encode()).hexdigest()[:12]


class Translatable(Constrained):
    """A record in several languages, of which Polish is the original.

    `made_from` holds for each other language and text the digests of the translation and of
    the original from which it was made; and that original itself, once it has changed.
    """

    made_from = models.JSONField(
        default=dict, db_default=Value({}, models.JSONField()), editable=False
    )
    # Set before saving: the translations are as good as they were, all or those in a language.
    is_small_change = False

    class Meta:
        abstract = True

    @classmethod
    @cache
    def original_columns(cls):
        """Return the column of the original of every text, by the text's name."""
        language = settings.LANGUAGE_CODE
        return {
            field.name.removesuffix(to_attribute("", language)): field.name
            for field in cls._meta.fields
            if language_of(field.name) == language and field.editable
        }

    def compare_translations(self, stored):
        """Note of each translation whether its original is still that from which it was made.

        `stored` is the record as the database has it, or None.
        """
        old, self.made_from = self.made_from, {}
        for language in other_languages():
            notes = self.made_from[language] = {}
            for name, column in self.original_columns().items():
                text, original = self._kept(to_attribute(name, language)), self._kept(column)
                if not text:
                    continue
                now = {"text": digest(text), "original": digest(original)}
                note = old.get(language, {}).get(name, now)
                for part, words in (("text", text), ("original", original)):
                    if note[part] == digest(words.replace("\n", "\r\n")):  # as forms once sent it
                        note = note | {part: now[part]}
                still_holds = self.is_small_change in (True, language)
                if still_holds or note["text"] != now["text"]:
                    note = now  # somebody has just looked at it
                elif note["original"] == now["original"]:
                    note = now
                elif "was" not in note:
                    note["was"] = getattr(stored, column, "")
                notes[name] = note

    def _kept(self, column):
        """Return a text as it will be stored: a long one is cleaned on its way."""
        return self._meta.get_field(column).pre_save(self, add=False)

    def freshness(self, language):
        if any(
            getattr(self, column) and not getattr(self, to_attribute(name, language))
            for name, column in self.original_columns().items()
        ):
            return Freshness.MISSING
        return Freshness.OUTDATED if self.outdated(language) else Freshness.FRESH

    def outdated(self, language):
        """Return {name: the original from which it was made} for each outdated translation."""
        notes = self.made_from.get(language, {})
        return {name: note["was"] for name, note in notes.items() if "was" in note}


def other_languages():
    """Return the languages into which the original is translated."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
