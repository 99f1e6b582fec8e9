"""Answers for whoever watches over the processes: is this one alive, can it serve, does it keep?"""

import logging
import os
from functools import cache

from django.conf import settings
from django.core.cache import cache as site_cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse

from precursors import page_cache

log = logging.getLogger(__name__)


def health(get_response):
    """Answer /healthz and /readyz, by whatever name or address the machine is asked."""
    answers = {"/healthz": healthz, "/readyz": readyz}
    if settings.METRICS:
        answers["/metrics"] = metrics

    def middleware(request):
        answer = answers.get(request.path_info)
        return answer() if answer else get_response(request)

    return middleware


def healthz():
    """Say that this process answers, whatever else may be out of order."""
    return _told({"process": True})


def readyz():
    """Say what is in order. Without its cache the site is slower, but ready."""
    told = {name: _holds(name, check) for name, check in CHECKS.items()}
    return _told(told, is_fine=all(told[name] for name in told if name != "cache"))


def metrics():
    """Tell Prometheus what the store of pages has answered; granian tells the rest elsewhere."""
    lines = ["# TYPE precursors_pages_total counter"]
    lines += [
        f'precursors_pages_total{{store="{kind}"}} {n}' for kind, n in page_cache.answered.items()
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4")


def _told(facts, is_fine=True):
    return JsonResponse(
        facts, status=200 if is_fine else 503, headers={"Cache-Control": "no-store"}
    )


def _holds(name, check):
    try:
        return check()
    except Exception:  # of whatever kind: the log tells, the answer leaks nothing
        log.exception("Not ready: %s", name)
        return False


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


@cache
def _migrations():
    """Return the migrations that this release knows: their files are read once."""
    return set(MigrationLoader(None).graph.nodes)


def migrations_are_applied():
    return _migrations() <= set(MigrationRecorder(connection).applied_migrations())


def _cache():
    site_cache.set("readyz", 1, timeout=10)
    return site_cache.get("readyz") == 1


def _storage():
    if settings.S3_BUCKET:  # what every machine needs says nothing of this one
        return True
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    return os.access(settings.MEDIA_ROOT, os.R_OK | os.W_OK)


CHECKS = {
    "database": _database,
    "migrations": migrations_are_applied,
    "cache": _cache,
    "storage": _storage,
}
