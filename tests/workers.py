"""Processes that serve the site, each with a store of pages of its own."""

from collections import Counter
from contextlib import contextmanager
from types import SimpleNamespace

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import RequestFactory

from cities.models import next_change
from precursors.door import Door
from precursors.page_cache import PageCache


def answering(body, status="200 OK", **headers):
    """Return a site that has the same answer to everything."""

    def site(environ, start_response):
        told = HttpResponse(body, headers=headers)
        start_response(status, list(told.items()))
        return told

    return site


@contextmanager
def one_connection():
    """Keep the test's transaction open over a request, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Asking(RequestFactory):
    """Makes what a web server hands over; Django has not looked at it yet."""

    def request(self, **told):
        return self._base_environ(**told)


class Worker:
    """One process that serves the site: `asked` counts what its store could not answer."""

    def __init__(self):
        self.site, self.asked = WSGIHandler(), Counter()
        self.cache = PageCache(self.ask, next_change)
        self.door = Door(self.cache)

    def ask(self, environ, start_response):
        self.asked[environ["PATH_INFO"]] += 1
        return self.site(environ, start_response)

    def get(self, path, method="GET", secure=False, **headers):
        headers = {"host": "127.0.0.1:8000"} | headers
        environ = Asking().generic(method, path, headers=headers, secure=secure)
        told = SimpleNamespace()

        def start_response(status, headers):
            told.status, told.headers = int(status[:3]), dict(headers)

        with one_connection():
            response = self.door(environ, start_response)
            told.body = b"".join(response)
            getattr(response, "close", lambda: None)()
        told.text = told.body.decode(errors="replace")
        return told
