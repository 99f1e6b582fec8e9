"""The answer while the database is away, full or busy: try again soon."""

import sys

from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.views.defaults import server_error

RETRY_AFTER = 30  # seconds


def server_fault(request):
    """Answer what went wrong in a view: 503 where the database did not answer, else 500."""
    if not isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return server_error(request)
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response
