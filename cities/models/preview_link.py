"""Links by which people without an account see what is not published yet."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from ..text.cleaning import CharField

LIFE = timedelta(days=14)


class PreviewLinkQuerySet(models.QuerySet):
    def live(self):
        return self.filter(date_created__gt=timezone.now() - LIFE)

    def opened_by(self, token):
        """Return the live link that has a token, or None."""
        return self.live().filter(token_hash=hashed(token)).first()


class PreviewLink(models.Model):
    """A link to the preview of one page; only who was given it knows its token."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    page = GenericForeignKey()
    token_hash = CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="preview_links"
    )
    date_created = models.DateTimeField(default=timezone.now)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-date_created", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="preview_link_of_page")]

    def __str__(self):
        return f"{self.page}: {self.date_created}"

    @property
    def ends_at(self):
        return self.date_created + LIFE

    @classmethod
    def make(cls, page, user):
        """Make a link to a page, forget those that have ended, and return its token."""
        cls.objects.filter(date_created__lte=timezone.now() - LIFE).delete()
        token = token_urlsafe(32)  # of 43 letters, which no log keeps: deploy/nginx.conf
        cls.objects.create(page=page, token_hash=hashed(token), user=user)
        return token


def hashed(token):
    """Return what is stored of a token: so random a one needs no salt and no slow hash."""
    return sha256(token.encode()).hexdigest()
