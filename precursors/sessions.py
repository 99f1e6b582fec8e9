"""Sessions of the staff: over after twelve hours without use; each person sees and ends theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.utils import timezone

NOTED_EVERY = timedelta(minutes=5)


@dataclass
class StaffSession:
    key: str
    begun: datetime | None
    used: datetime | None

    @property
    def name(self):
        """Return what a form calls it: whoever has the key has the session."""
        return sha256(self.key.encode()).hexdigest()[:16]


@receiver(user_logged_in)
def begin(request, **kwargs):
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    request.session["begun"] = request.session["used"] = now.isoformat()


def note_use(request):
    """Let the session last from now on; not at every request, since each note is a write."""
    now = timezone.now()
    if request.session.get("used", "") < (now - NOTED_EVERY).isoformat():
        request.session["used"] = now.isoformat()


def sessions_of(user):
    """Return the sessions of a person that are not over, the last used first."""
    found = []
    for stored in Session.objects.filter(expire_date__gt=timezone.now()).order_by("-expire_date"):
        data = stored.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk):
            moments = (data.get(name) for name in ("begun", "used"))
            begun, used = (moment and datetime.fromisoformat(moment) for moment in moments)
            found.append(StaffSession(stored.session_key, begun, used))
    return found


def end(user, name="others", *, but):
    """End a person's session of this name, or all but that with this key; return how many."""
    chosen = [
        one.key for one in sessions_of(user) if one.key != but and name in ("others", one.name)
    ]
    Session.objects.filter(session_key__in=chosen).delete()
    return len(chosen)
