"""A mark that moves with every committed change of what visitors see.

Every worker compares it on every request, so it must cost next to nothing: on one machine it is
a few bytes of a file that all processes map into their memory, on several a key in their cache.
docs/performance.md has what the other ways cost.
"""

import logging
import mmap
from functools import cache
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

TABLES = "cities_"  # how the names of the programme's tables begin


class MappedGeneration:
    """The mark of one machine. A read that meets a write fits neither mark, so it does no harm."""

    def __init__(self, path):
        size = len(uuid4().bytes)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            file.truncate(size)
            self.mark = mmap.mmap(file.fileno(), size)

    def current(self):
        return self.mark[:]

    def move(self):
        self.mark[:] = uuid4().bytes


class SharedGeneration:
    """The mark of several machines; None while their cache cannot be reached."""

    key = "generation"
    is_owed = False  # whether a move is to be made up for

    def current(self):
        try:
            if self.is_owed:
                self._set()
            return caches["default"].get_or_set(self.key, lambda: uuid4().hex, timeout=None)
        except RedisError:
            return None

    def move(self):
        try:
            self._set()
        except RedisError:
            self.is_owed = True
            log.exception("The cache was not told of a change; pages may be old for minutes.")

    def _set(self):
        caches["default"].set(self.key, uuid4().hex, timeout=None)
        self.is_owed = False


@cache
def _mark():
    if settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        return SharedGeneration()
    return MappedGeneration(settings.VAR_DIR / "generation")


def current():
    return _mark().current()


def move():
    _mark().move()


def watch(connection, **kwargs):
    """See every write that a connection makes: bulk writes and raw SQL send no signals."""
    if _move_after_write not in connection.execute_wrappers:
        connection.execute_wrappers.append(_move_after_write)


def _move_after_write(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    statement = str(sql)
    if TABLES in statement and not statement.startswith("SELECT"):
        transaction.on_commit(move, using=context["connection"].alias)
    return result
