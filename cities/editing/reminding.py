"""One mail a day to those of the staff for whom something waits."""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Reminder
from .waiting import waiting

SHOWN = 10  # pages of each kind
PATIENCE = 30  # seconds


def remind():
    """Write to those who have had no mail today; return (person, fault) where that failed."""
    today, faults = timezone.localdate(), []
    people = User.objects.filter(is_active=True, is_staff=True).exclude(email="")
    with translation.override(settings.LANGUAGE_CODE):  # nobody's own is known
        for user in people.order_by("pk"):
            letter = letter_to(user)
            if letter is None or not is_claimed(user, today):
                continue
            try:
                letter.send()
            except OSError as fault:
                Reminder.objects.filter(user=user).update(day=date.min)
                faults.append((user, fault))
    return faults


def is_claimed(user, today):
    """Claim the mail of a day before it is sent: of several machines only one can."""
    Reminder.objects.get_or_create(user=user, defaults={"day": date.min})
    return Reminder.objects.filter(user=user, day__lt=today).update(day=today) == 1


def letter_to(user):
    """Return the mail that tells somebody what waits, or None where nothing does."""
    total, lines = 0, []
    for said, _query, pages in waiting(user):
        if count := pages.count():
            total += count
            lines += ["", f"{capfirst(pages.model._meta.verbose_name_plural)}: {said}: {count}"]
            lines += [f"– {page}" for page in pages[:SHOWN]]
            lines += ["– …"] * (count > SHOWN)
    if not total:
        return None
    told = ngettext("%(count)d text waits for you", "%(count)d texts wait for you", total) % {
        "count": total
    }
    address = settings.SITE_URL + reverse("admin:index")
    end = _("You get this mail once a day at most, and only while something waits for you.")
    body = "\n".join([f"{told}:", address, *lines, "", end, ""])
    connection = get_connection(timeout=PATIENCE)
    return EmailMessage(told, body, to=[user.email], connection=connection)
