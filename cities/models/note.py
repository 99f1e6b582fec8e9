"""Notes: what a publisher and an editor write to each other about a text until it is published."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from ..text.cleaning import TextField


class NoteQuerySet(models.QuerySet):
    def open(self):
        return self.filter(is_open=True)

    def close(self):
        """End the conversation: what it was about is published, or given up."""
        self.open().update(is_open=False)


class Note(models.Model):
    """What somebody says of a page, or of its draft, to whoever takes it next."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    page = GenericForeignKey()
    text = TextField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="notes"
    )
    returned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="notes_to"
    )  # where the text was returned with it
    is_open = models.BooleanField(default=True)
    date_created = models.DateTimeField(default=timezone.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="note_of_page")]

    def __str__(self):
        return f"{self.page}: {self.text}"
