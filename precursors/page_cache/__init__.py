"""Public pages, ready to send: rendered and compressed once per change, not once per visit.

It stands in front of Django, so a page that is ready costs neither session, template nor query.
The site renders it for nobody: it is told the address, and no header or cookie that could matter.
Who is public is told by the response itself: a page is kept only when it is a plain 200 that
sets no cookie, varies by none and says nothing of its own about caching. What varies by cookie,
such as a preview, is asked for again by whoever sends one, with all that they sent.
"""

import re
import time
from collections import OrderedDict
from functools import lru_cache
from gzip import compress as gzip
from hashlib import blake2b
from threading import Lock
from urllib.parse import urlsplit
from wsgiref.headers import Headers

import brotli
from django.conf import settings
from django.db import DatabaseError
from django.http.request import split_domain_port, validate_host
from django.utils.http import parse_etags

from . import version

KINDS = (
    "text/html",
    "text/plain",
    "text/csv",
    "text/calendar",
    "application/json",
    "application/geo+json",
    "application/xml",
    "application/atom+xml",
)
LONGEST_PATH = 250  # characters
_ONE = "|".join(f"{name}={values}" for name, values in settings.PAGE_CACHE_QUERY.items())
KEPT_QUERY = re.compile(rf"(?:(?:{_ONE})(?:&(?:{_ONE})){{0,7}})?")
# What the site is told of a request for what may be kept, beside its scheme: nothing of who asks.
TOLD = re.compile(
    r"wsgi\..*|SCRIPT_NAME|PATH_INFO|QUERY_STRING|SERVER_(NAME|PORT|PROTOCOL)|HTTP_X_REQUEST_ID"
)
MACHINES = ("/robots.txt", "/sitemap.xml", "/.well-known/")  # addresses without a language
# A page ends after so many seconds even if no change was told: somebody may have written to the
# database past Django, or a process died between its commit and the telling.
LONGEST_LIFE = 300
OVERHEAD = 4_000  # bytes that a page takes beside its bodies

answered = {"hit": 0, "miss": 0}  # by this worker: with a page that was ready, or made for it


class Page:
    """One address ready to send in each coding."""

    def __init__(self, headers, body, version_now, began, ends):
        self.version, self.began, self.ends = version_now, began, ends
        digest = blake2b(body, digest_size=12).hexdigest()
        self.forms = {
            coding: self._form(headers, coding, digest, compressed)
            for coding, compressed in (
                ("br", brotli.compress(body, quality=5)),
                ("gzip", gzip(body, 6, mtime=0)),
                ("", body),
            )
        }
        self.size = OVERHEAD + sum(len(body) for *_, body in self.forms.values())

    def _form(self, headers, coding, digest, body):
        """Return (ETag, headers, headers of a 304, body)."""
        tag = f'"{digest}-{coding}"' if coding else f'"{digest}"'
        sent = Headers(headers.items())
        sent["ETag"], sent["Vary"] = tag, "Accept-Encoding"
        sent["Cache-Control"] = settings.PAGE_CACHE_CONTROL
        del sent["Content-Length"]
        same = [(name, value) for name, value in sent.items() if name != "Content-Type"]
        if coding:
            sent["Content-Encoding"] = coding
        sent["Content-Length"] = str(len(body))
        return tag, sent.items(), same, body

    def answer(self, environ, start_response):
        tag, sent, same, body = self.forms[best_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))]
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and is_one_of(tag, asked):
            start_response("304 Not Modified", same)
            return []
        start_response("200 OK", sent)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


class Store:
    """The pages of a worker, within so many bytes; what was not asked for longest goes first."""

    def __init__(self, capacity):
        self.capacity, self.size = capacity, 0
        self.pages = OrderedDict()
        self.lock = Lock()

    def get(self, address):
        with self.lock:
            page = self.pages.get(address)
            if page:
                self.pages.move_to_end(address)
            return page

    def put(self, address, page):
        with self.lock:
            self._drop(self.pages.pop(address, None))
            if page.size > self.capacity // 4:
                return
            self.pages[address] = page
            self.size += page.size
            while self.size > self.capacity:
                self._drop(self.pages.popitem(last=False)[1])

    def _drop(self, page):
        self.size -= page.size if page else 0


class Unkept:
    """An answer of the site that is passed on as it is, unless the visitor has it already."""

    def __init__(self, status, headers, response):
        self.status, self.headers, self.response = status, headers, response

    def answer(self, environ, start_response):
        tag, asked = self.headers["ETag"], environ.get("HTTP_IF_NONE_MATCH")
        if self.status == "200 OK" and tag and asked and is_one_of(tag, asked):
            self.response.close()
            del self.headers["Content-Type"], self.headers["Content-Length"]
            start_response("304 Not Modified", self.headers.items())
            return []
        start_response(self.status, self.headers.items())
        return self.response


class PageCache:
    """WSGI middleware that answers visitors from a store, and asks the site for what is missing.

    `next_change(after)` returns the next moment, in seconds, at which content changes by itself.
    """

    def __init__(self, application, next_change):
        self.application, self.next_change = application, next_change
        self.store = Store(settings.PAGE_CACHE_BYTES)
        self.turns = [Lock() for _ in range(64)]
        self.horizon = (
            None,
            0,
            0,
        )  # a version_now, a moment, and the next change by itself after that
        self.host = urlsplit(settings.SITE_URL).netloc
        self.public = *(f"/{code}/" for code, _name in settings.OPEN_LANGUAGES), *MACHINES
        self.scheme_header, self.https = settings.SECURE_PROXY_SSL_HEADER or ("", None)

    def __call__(self, environ, start_response):
        address = self.address(environ)
        if address is None:
            return self.application(environ, start_response)
        version_now = version.current()
        page = self.ready(address, version_now)
        answered["miss" if page is None else "hit"] += 1
        if page is None:
            page = self.render_once(address, version_now, environ)
        if page is None:
            return self.application(environ, start_response)
        return page.answer(environ, start_response)

    def render_once(self, address, version_now, environ):
        """Render a page, or wait for whoever does so already.

        What is not ready after that is none to be kept: its visitors wait for nobody else.
        """
        turn = self.turns[hash(address) % len(self.turns)]
        is_first = turn.acquire(blocking=False)
        try:
            if not is_first:
                with turn:
                    pass
            return self.ready(address, version_now) or self.render(address, version_now, environ)
        finally:
            if is_first:
                turn.release()

    def address(self, environ):
        """Return what a page is kept under, or None for what is none of the store's business.

        The scheme is told by what Django tells it by, so http never meets a page kept for https.
        """
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        path = environ["PATH_INFO"]
        if len(path) > LONGEST_PATH or not path.startswith(self.public):
            return None
        host = environ.get("HTTP_HOST", "")
        if host != self.host and not is_ours(host):
            return None
        told = environ.get(self.scheme_header)
        if told not in (None, self.https):
            return None
        return environ["wsgi.url_scheme"], told, path, environ.get("QUERY_STRING", "")

    def ready(self, address, version_now):
        page = self.store.get(address)
        # A clock that was set back makes a page one of the future, with texts that are not due.
        is_ready = page and page.version == version_now and page.began <= time.time() < page.ends
        return page if is_ready else None

    def render(self, address, version_now, environ):
        """Return a page, or None for what the site shows each visitor otherwise."""
        began = time.time()
        status, headers, response = self.ask_site(environ)
        if not is_public(status, headers):
            if "Cookie" in headers.get("Vary", "") and "HTTP_COOKIE" in environ:
                response.close()
                return None
            old = self.store.get(address)
            if status.startswith("5") and old and old.version == version_now:
                response.close()  # nothing has changed but the site: its last good page will do
                return old
            return Unkept(status, headers, response)
        try:
            body = b"".join(response)
            if "Accept-Language" in headers.get("Vary", ""):
                del headers["Content-Language"]  # that of nobody in particular
            ends = min(self.next_end(version_now, began), began + LONGEST_LIFE)
            page = Page(headers, body, version_now, began, ends)
        finally:
            response.close()
        if version_now and KEPT_QUERY.fullmatch(address[-1]):
            self.store.put(address, page)
        return page

    def ask_site(self, environ):
        """Return (status, headers, response) of a GET by nobody in particular."""
        started = []
        asked = {
            name: value
            for name, value in environ.items()
            if TOLD.fullmatch(name) or name == self.scheme_header
        }
        response = self.application(
            asked | {"REQUEST_METHOD": "GET", "HTTP_HOST": self.host},
            lambda status, headers, exc_info=None: started.extend((status, Headers(headers))),
        )
        return *started, response

    def next_end(self, version_now, began):
        known, since, moment = self.horizon
        if known != version_now or not since <= began < moment:
            try:
                moment = self.next_change(began)
            except DatabaseError:
                return began
            self.horizon = version_now, began, moment
        return moment


def is_ours(host):
    """Tell whether Django takes a host for ours: in any case, with any port or none."""
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def is_public(status, headers):
    kind = headers.get("Content-Type", "").partition(";")[0]
    # Django lets all vary whose address names no language; but nobody's language is told.
    varies = set(headers.get("Vary", "").split(", ")) - {"", "Accept-Encoding", "Accept-Language"}
    return (
        status == "200 OK"
        and kind in KINDS
        and not varies
        and not any(name in headers for name in ("Set-Cookie", "Cache-Control", "Content-Encoding"))
        and "'nonce-" not in headers.get("Content-Security-Policy", "")
    )


@lru_cache(maxsize=100)
def best_coding(accepted):
    """Return br, gzip or nothing: the best that a header Accept-Encoding allows."""
    allowed = {}
    for item in accepted.lower().split(","):
        coding, _, weight = item.partition(";")
        allowed[coding.strip()] = weight.strip().rstrip("0.") != "q="
    return next((coding for coding in ("br", "gzip") if allowed.get(coding, allowed.get("*"))), "")


def is_one_of(tag, asked):
    """Tell whether a header If-None-Match names a tag; a proxy may have made it a weak one."""
    tags = parse_etags(asked)
    return tags == ["*"] or tag in [known.removeprefix("W/") for known in tags]
