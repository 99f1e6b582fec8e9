"""What people say for what is written, and what they asked without finding anything."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..text.cleaning import CharField


def languages():
    return settings.LANGUAGES


def language_column():
    name, default = _("language"), settings.LANGUAGE_CODE
    return CharField(name, max_length=10, choices=languages, default=default)


class Synonym(models.Model):
    language = language_column()
    said = CharField(
        _("what people say"),
        max_length=250,
        help_text=_(
            "Words and phrases that mean the same, with commas between: transport publiczny, "
            "komunikacja miejska. Who asks for one finds them all."
        ),
    )
    also = CharField(
        # Translators: a verb: these words are searched for as well.
        _("finds too"),
        max_length=500,
        blank=True,
        help_text=_(
            "What is found by them as well, but not the other way round: autobus, tramwaj, pociąg."
        ),
    )

    class Meta:
        ordering = ["language", "said"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "said"],
                name="synonym_told_once",
                violation_error_message=_("These words stand in the table already."),
            )
        ]

    def __str__(self):
        return self.said


class Unanswered(models.Model):
    """A question in whose words nothing was found: of nobody, for staff who add synonyms."""

    language = language_column()
    words = CharField(_("words"), max_length=100)
    number = models.PositiveIntegerField(_("how often"), default=0)
    first_day = models.DateField(_("first asked"), auto_now_add=True)
    last_day = models.DateField(_("last asked"), auto_now=True)

    class Meta:
        ordering = ["-number", "-last_day"]
        verbose_name = _("question without an answer")
        verbose_name_plural = _("questions without an answer")
        constraints = [
            models.UniqueConstraint(fields=["language", "words"], name="question_counted_once")
        ]

    def __str__(self):
        return self.words
