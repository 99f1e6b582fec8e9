"""The version of what visitors see: it changes with every committed write to their tables.

Every worker compares it on every request, so it must cost next to nothing: on one machine it is
a few bytes of a file that all processes map into their memory, on several a key in their Redis.
docs/performance.md has what the other ways cost.
"""

import logging
import mmap
import re
from functools import cache
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

TABLES = re.compile(rf"\b(?:{'|'.join(settings.PAGE_CACHE_TABLES)})\b")


class MappedVersion:
    """That of one machine. A read that meets a write fits no version, so it does no harm."""

    def __init__(self, path):
        size = len(uuid4().bytes)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            file.truncate(size)
            self.value = mmap.mmap(file.fileno(), size)

    def current(self):
        return self.value[:]

    def bump(self):
        self.value[:] = uuid4().bytes


class SharedVersion:
    """That of several machines, in their Redis; None while that cannot be reached.

    Asked directly: Django's cache makes a client anew for each question, at ten times the cost.
    A change of which Redis could not be told is noted in `owed`, the version of this machine, so
    that any of its processes makes up for it.
    """

    key = "generation"  # as the release before has it: both run while one replaces the other

    def __init__(self, url, timeouts, owed):
        never_again = Retry(NoBackoff(), 0)
        self.redis = Redis.from_url(
            url, retry=never_again, redis_connect_func=self._greet, **timeouts
        )
        self.owed, self.paid = owed, owed.current()

    def current(self):
        try:
            owed = self.owed.current()
            if owed != self.paid:
                version = self._set()
                self.paid = owed
                return version
            return self.redis.get(self.key) or self._set()
        except RedisError:
            return None

    def bump(self):
        try:
            self._set()
        except RedisError:
            self.owed.bump()
            log.exception("Redis was not told of a change: it will be when it answers again.")

    def _greet(self, connection):
        """Bring a version with each new connection: Redis may have come back with an old one."""
        connection.on_connect()
        connection.send_command("SET", self.key, uuid4().bytes)
        connection.read_response()

    def _set(self):
        version = uuid4().bytes
        self.redis.set(self.key, version)
        return version


@cache
def _version():
    own, shared = MappedVersion(settings.VAR_DIR / "generation"), settings.CACHES["default"]
    if shared["BACKEND"].endswith("RedisCache"):
        return SharedVersion(shared["LOCATION"], shared["OPTIONS"], own)
    return own


def current():
    return _version().current()


def bump():
    _version().bump()


def watch(connection, **kwargs):
    """See every write that a connection makes: bulk writes and raw SQL send no signals."""
    if _bump_after_write not in connection.execute_wrappers:
        connection.execute_wrappers.append(_bump_after_write)


def _bump_after_write(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    statement = str(sql)
    if not statement.startswith("SELECT") and TABLES.search(statement):
        transaction.on_commit(bump, using=context["connection"].alias)
    return result
