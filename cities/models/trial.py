"""Tables between their trial and their import."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.utils import timezone

KEPT = timedelta(days=1)
MOST = 50


class TableOnTrial(models.Model):
    """A table that somebody has tried to import; any process may be asked for it next."""

    name = models.UUIDField(default=uuid4, unique=True)
    content = models.BinaryField()
    tried_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.name)

    @classmethod
    def keep(cls, content):
        """Keep a table, and no old ones nor too many; return it."""
        young = cls.objects.filter(tried_at__gt=timezone.now() - KEPT).order_by("-pk")
        cls.objects.exclude(pk__in=[*young.values_list("pk", flat=True)[: MOST - 1]]).delete()
        return cls.objects.create(content=content)
