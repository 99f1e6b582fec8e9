"""Questions in whose words nothing was found, counted for staff: no word of who asked."""

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language

from ..models import Unanswered
from .search import How

MOST = 1000  # questions; the one asked least and longest ago gives way
LONGEST = 100


def count(answer):
    """Count a question that was not answered as asked; one that cannot be counted is let go."""
    words = " ".join(answer.text.casefold().split())
    if answer.how not in (How.ANY, How.NOTHING) or len(words) > LONGEST:
        return
    try:
        with transaction.atomic():
            _count(get_language(), words)
    except DatabaseError:  # which is busy, or takes no writes: the visitor must not wait for this
        return


def _count(language, words):
    today = timezone.localdate()
    asked = Unanswered.objects.filter(language=language, words=words)
    if asked.update(number=F("number") + 1, last_day=today):
        return
    Unanswered.objects.create(language=language, words=words, number=1)
    kept = Unanswered.objects.order_by("-last_day", "-number", "-pk")[:MOST]
    if Unanswered.objects.count() > MOST:
        Unanswered.objects.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
