"""What the release before this one searches in; the next may drop it."""

from django.db import models

from ..text.cleaning import CharField, TextField
from .city import City
from .practice import Practice


class SearchText(models.Model):
    city = models.ForeignKey(City, models.CASCADE, null=True, related_name="search_texts")
    practice = models.ForeignKey(Practice, models.CASCADE, null=True, related_name="search_texts")
    language = CharField(max_length=10)
    title = TextField()
    text = TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "language"], name="city_searched_once"),
            models.UniqueConstraint(fields=["practice", "language"], name="practice_searched_once"),
        ]

    def __str__(self):
        return self.title
