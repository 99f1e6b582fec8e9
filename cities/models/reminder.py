"""Which of the staff have had their mail of a day."""

from django.conf import settings
from django.db import models


class Reminder(models.Model):
    """The day on which somebody was last told by mail what waits for them."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()

    def __str__(self):
        return f"{self.user}: {self.day}"
