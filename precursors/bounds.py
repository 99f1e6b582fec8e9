"""How often something may happen in an hour, told to all workers of a machine."""

from hashlib import sha256

from django.core.cache import caches

HOUR = 3600


def is_within(most, *what):
    """Count something that happens, and tell whether it was at most so often in an hour."""
    name = sha256(repr(what).encode()).hexdigest()
    return any(caches["bounds"].add(f"{name}-{n}", True, HOUR) for n in range(most))
