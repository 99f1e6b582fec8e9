"""The outermost layer, past which nothing odd comes in and no fault goes out bare."""

import logging
import re
from io import BytesIO

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.utils.module_loading import import_string
from django.views.defaults import server_error

log = logging.getLogger(__name__)

BOUNDARY = re.compile(r""";\s*boundary="?([\w'()+,./:=?-]{1,70})""", re.ASCII | re.IGNORECASE)


class Door:
    """WSGI middleware around all others.

    Django decodes a query by the charset that a Content-Type names, and breaks on an odd one
    before it could answer. The site's own forms are UTF-8 and name none, so nobody may.
    """

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        try:
            if told := environ.get("CONTENT_TYPE"):
                environ["CONTENT_TYPE"] = without_charset(told)
            return self.application(environ, start_response)
        except Exception as fault:
            return answer(fault, environ, start_response)


def without_charset(told):
    """Return a Content-Type with nothing beside its kind but the boundary of a form's parts."""
    kind = told.partition(";")[0].strip()
    boundary = BOUNDARY.search(told)
    return f'{kind}; boundary="{boundary[1]}"' if boundary else kind


def answer(fault, environ, start_response):
    """Tell of a fault that has escaped the site, in its log and on its page."""

    def page(request):
        log.error("Escaped the site: %r", fault, exc_info=fault)
        return server_error(request)

    for name in reversed(settings.MIDDLEWARE_OF_ALL):
        page = import_string(name)(page)
    scheme_header, https = settings.SECURE_PROXY_SSL_HEADER or ("wsgi.url_scheme", "http")
    response = page(
        WSGIRequest(
            {
                "REQUEST_METHOD": "GET",
                "HTTP_X_REQUEST_ID": environ.get("HTTP_X_REQUEST_ID", ""),
                "wsgi.input": BytesIO(),
                scheme_header: https,
            }
        )
    )
    start_response(f"{response.status_code} {response.reason_phrase}", [*response.items()])
    return [response.content]
