"""Links that are given to somebody without an account: their token is all the right they need."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..text.cleaning import CharField


class GivenLinkQuerySet(models.QuerySet):
    def live(self):
        return self.filter(date_created__gt=timezone.now() - self.model.LIFE)

    def ended(self):
        return self.filter(date_created__lte=timezone.now() - self.model.LIFE)

    def opened_by(self, token):
        """Return the live link that has a token, or None."""
        return self.live().filter(token_hash=hashed(token)).first()


class GivenLink(models.Model):
    LIFE = timedelta()

    token_hash = CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    date_created = models.DateTimeField(default=timezone.now)

    objects = GivenLinkQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-date_created", "-pk"]

    @property
    def ends_at(self):
        return self.date_created + self.LIFE


def make_link(links, user):
    """Make a link among those of a page, forget those that have ended, and return its token."""
    links.model.objects.ended().delete()
    token = token_urlsafe(32)  # of 43 letters, which no log keeps: deploy/nginx.conf
    links.create(token_hash=hashed(token), user=user)
    return token


def hashed(token):
    """Return what is stored of a token: so random a one needs no salt and no slow hash."""
    return sha256(token.encode()).hexdigest()
