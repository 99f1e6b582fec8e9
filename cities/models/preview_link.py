"""Links by which people without an account see what is not published yet."""

from datetime import timedelta

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .given_link import GivenLink


class PreviewLink(GivenLink):
    """A link to the preview of one page; only who was given it knows its token."""

    LIFE = timedelta(days=14)

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    page = GenericForeignKey()

    class Meta(GivenLink.Meta):
        indexes = [models.Index(fields=["content_type", "object_id"], name="preview_link_of_page")]

    def __str__(self):
        return f"{self.page}: {self.date_created}"
