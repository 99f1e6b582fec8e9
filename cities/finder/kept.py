"""What follows from the whole programme, worked out once after each change."""

from functools import wraps
from threading import Lock
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from precursors.page_cache import LONGEST_LIFE, version

from ..models import next_change


class Made(NamedTuple):
    version: bytes
    began: float
    ends: float
    value: Any


def kept(make):
    """Let a function be asked again only when visitors see something else, as pages are.

    Within a transaction it is asked each time: what was written there may yet be taken back.
    """
    known, turn = {}, Lock()

    def ready(arguments, version_now, now):
        made = known.get(arguments)
        is_ready = made and made.version == version_now and made.began <= now < made.ends
        return made if is_ready else None

    @wraps(make)
    def ask(*arguments):
        version_now, now = version.current(), timezone.now().timestamp()
        if version_now is None or connection.in_atomic_block:
            return make(*arguments)
        made = ready(arguments, version_now, now)
        if made is None:
            with turn:  # others wait for whoever makes it
                made = ready(arguments, version_now, now)
                if made is None:
                    ends = min(next_change(now), now + LONGEST_LIFE)
                    made = Made(version_now, now, ends, make(*arguments))
                    known[arguments] = made
        return made.value

    ask.cache_clear = known.clear
    return ask
