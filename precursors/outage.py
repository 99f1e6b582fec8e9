"""The answers to what is no fault of a page: the database is away or busy, the disk is full."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.views.defaults import server_error

RETRY_AFTER = 30  # seconds


def server_fault(request):
    """Answer what went wrong in a view: 503, 507 or, where it is our fault, 500."""
    fault = sys.exc_info()[1]
    if isinstance(fault, (OperationalError, InterfaceError)):
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return render(request, "507.html", status=507)
    return server_error(request)
