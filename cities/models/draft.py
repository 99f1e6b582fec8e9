"""Drafts: what is to become of a published page, while visitors see it as it is."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from ..text.cleaning import CharField, TextField
from .vocabulary import Status


class DraftState(models.TextChoices):
    DRAFT = "draft", Status.DRAFT.label
    REVIEW = "review", Status.REVIEW.label
    SCHEDULED = "scheduled", pgettext_lazy("status", "scheduled")
    FORMER = "former", pgettext_lazy("status", "former")  # published, dropped, or saved anew


class DraftQuerySet(models.QuerySet):
    def current(self):
        """Keep those that still count: one of a page at most."""
        return self.exclude(state=DraftState.FORMER)


class Draft(models.Model):
    """A page and its parts as somebody left them, in the words of a revision that is not applied.

    Every save makes a new one; the former ones tell what changed meanwhile.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    page = GenericForeignKey()
    records = models.TextField()  # editing.drafts reads and writes them
    base = models.ForeignKey(
        "reversion.Version", models.SET_NULL, null=True, related_name="+"
    )  # of the page, from which it was made
    state = CharField(max_length=10, choices=DraftState.choices, default=DraftState.DRAFT)
    publish_at = models.DateTimeField(null=True)  # where it is scheduled
    # What history is to say of where its words come from.
    note = TextField(default="", db_default="")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="drafts"
    )
    date_created = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["content_type", "object_id"], name="draft_of_page")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=~Q(state=DraftState.FORMER),
                name="one_draft_of_a_page",
            )
        ]

    def __str__(self):
        return f"{self.page}: {self.get_state_display()}"
