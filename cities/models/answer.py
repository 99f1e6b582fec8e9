"""What the office of a city says of its pages, asked item by item through a link of its own."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..text.cleaning import CharField, TextField
from .city import City
from .given_link import GivenLink
from .practice import Practice
from .publication import year_validators

LONGEST_ANSWER = 2_000  # characters


class OfficeLink(GivenLink):
    """A link by which the office of a city says what is still true."""

    LIFE = timedelta(days=60)

    city = models.ForeignKey(City, models.CASCADE, related_name="office_links")

    def __str__(self):
        return f"{self.city}: {self.date_created}"


class Answer(models.Model):
    """What a city says of one item; kept until somebody has decided on it, and no longer."""

    class Verdict(models.TextChoices):
        TRUE = "true", pgettext_lazy("answer", "still true")
        WRONG = "wrong", pgettext_lazy("answer", "no longer true")
        FIGURE = "figure", pgettext_lazy("answer", "there is a better figure")

    city = models.ForeignKey(City, models.CASCADE, related_name="answers")
    practice = models.ForeignKey(Practice, models.CASCADE, null=True, related_name="answers")
    item = CharField(max_length=60)  # as editing.items names it
    said = TextField()  # by the site, when the city answered
    verdict = CharField(max_length=6, choices=Verdict.choices, blank=True)
    text = TextField(blank=True, validators=[MaxLengthValidator(LONGEST_ANSWER)])
    year = models.PositiveSmallIntegerField(null=True, blank=True, validators=year_validators)
    source = CharField(max_length=500, blank=True)
    language = CharField(max_length=10)
    date_created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["city", "item"], name="item_answered_once"),
        ]

    def __str__(self):
        return f"{self.page}: {self.get_verdict_display()}"

    @property
    def page(self):
        return self.practice or self.city

    def clean(self):
        if self.verdict == self.Verdict.WRONG and not self.text:
            raise ValidationError({"text": _("Say in a few words what is right instead.")})
        if self.verdict == self.Verdict.FIGURE and not self.text:
            raise ValidationError({"text": _("Give the better figure.")})
        if self.verdict == self.Verdict.FIGURE and not self.source:
            raise ValidationError({"source": _("Say where the figure can be read.")})
