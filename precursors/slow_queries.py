"""A line in the log for each query that takes long: its SQL, and none of the values in it."""

import logging
import time

log = logging.getLogger(__name__)

SLOW = 0.5  # seconds
LONGEST = 1000  # letters of SQL


def watch(connection, **kwargs):
    if _tell_when_slow not in connection.execute_wrappers:
        connection.execute_wrappers.append(_tell_when_slow)


def _tell_when_slow(execute, sql, params, many, context):
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = time.perf_counter() - began
        if took > SLOW:
            facts = {"ms": round(took * 1000), "sql": str(sql)[:LONGEST]}
            log.warning("A slow query", extra={"facts": facts})
