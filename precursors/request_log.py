"""The log: a line of JSON for everything that happens, with the request it belongs to.

Nothing of a visitor is written: no address, no query, no form, no browser's name. Nor is what an
address may hold for one person only, such as the link that sets a password.
"""

import json
import logging
import re
import time
from contextvars import ContextVar
from uuid import uuid4

log = logging.getLogger(__name__)

ACCEPTED_ID = re.compile(r"[\w-]{8,64}", re.ASCII)
_request_id = ContextVar("request_id", default=None)


def route(request):
    """Return which kind of page a request asks for: /pl/miasta/<slug:slug>/."""
    match = request.resolver_match
    return f"/{match.route}" if match else "-"


class JsonLines(logging.Formatter):
    """A record as one line of JSON: when, what, in which request, and what else it tells."""

    def format(self, record):
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "request": _request_id.get(),
            "message": self.message(record),
        } | getattr(record, "facts", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

    def message(self, record):
        """Return what a record says; Django ends it with the whole address."""
        message, request = record.getMessage(), getattr(record, "request", None)
        path = getattr(request, "path", None)
        is_told = path and message.endswith(path)
        return message.removesuffix(path) + route(request) if is_told else message


def request_log(get_response):
    """Give each request an id, its proxy's own if it has one, and log how it ended."""

    def middleware(request):
        given = request.headers.get("X-Request-ID", "")
        request_id = given if ACCEPTED_ID.fullmatch(given) else uuid4().hex
        token, began = _request_id.set(request_id), time.perf_counter()
        try:
            response = get_response(request)
            took = time.perf_counter() - began
            facts = {"status": response.status_code, "ms": round(took * 1000, 1)}
            if hasattr(request, "refused_for"):
                facts["why"] = request.refused_for
            log.info("%s %s", request.method, route(request), extra={"facts": facts})
        finally:
            _request_id.reset(token)
        if response.status_code >= 500:  # for whoever writes to us about it
            response.headers["X-Request-ID"] = request_id
        return response

    return middleware
