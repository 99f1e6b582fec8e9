"""Nothing that anybody sends beside an address changes what it shows, to them or to others."""

import pytest
from addresses import PATHS
from django.core.handlers.wsgi import WSGIRequest
from html_page import Page
from workers import Asking, Worker

from precursors.door import Door
from precursors.headers import HEADERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_version", "deed")]

ODD = {
    "accept": "application/json;q=9, */*;charset=utf-16",
    "accept-charset": "utf-16",
    "accept-datetime": "Thu, 01 Jan 1970 00:00:00 GMT",
    "accept-language": "de, en;q=0.9, pl;q=0.1",
    "authorization": "Basic YTph",
    "cache-control": "no-cache, no-store, max-age=0",
    "content-encoding": "gzip",
    "content-language": "en",
    "content-length": "9",
    "content-type": "text/plain; charset=utf-16",
    "cookie": "session=0; csrf=1; django_language=en; messages=a",
    "dnt": "1",
    "expect": "200-ok",
    "forwarded": "for=evil;host=evil.example;proto=https",
    "from": "evil@evil.example",
    "if-match": '"x"',
    "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT",
    "if-none-match": '"x"',
    "if-range": '"x"',
    "if-unmodified-since": "Thu, 01 Jan 1970 00:00:00 GMT",
    "max-forwards": "0",
    "origin": "https://evil.example",
    "pragma": "no-cache",
    "prefer": "return=minimal",
    "range": "bytes=0-1",
    "referer": "https://evil.example/",
    "save-data": "on",
    "sec-fetch-mode": "navigate",
    "te": "trailers",
    "upgrade": "h2c",
    "user-agent": "\xff{{evil}}",
    "x-forwarded-for": "evil",
    "x-forwarded-host": "evil.example",
    "x-forwarded-port": "1",
    "x-forwarded-prefix": "/evil",
    "x-forwarded-scheme": "https",
    "x-http-method-override": "DELETE",
    "x-original-url": "/evil/",
    "x-requested-with": "XMLHttpRequest",
    "x-rewrite-url": "/evil/",
    "x-script-name": "/evil",
}
CHARSETS = ["utf-16", "cp037", "rot13", "utf-7", "\0", "idna", "utf-8", "none", '"utf-16"']
ASKING = [
    "/en/widget/?view=list&country=at",
    "/pl/map.json?theme=mobility",
    "/en/cities.geojson?country=pl",
    "/en/feed.atom?theme=energy",
    "/pl/good-practices.csv?stage=operation",
    "/en/good-practices/?theme=energy",
    "/pl/miasta/?country=pl&role=precursor",
    "/en/compare/?p=wzorczyn&p=none",
    "/pl/miasta/?q=wzor",
]
MACHINES = ["/robots.txt", "/sitemap.xml", "/en/good-practices.json", "/pl/indicators.csv"]
UNKEPT = ["/en/good-practices.xlsx", "/en/nothing/", "/en/preview/cities/wzorowo/"]


def test_no_headers_change_what_an_address_shows(worker):
    for path in [*PATHS["en"], "/pl/", *ASKING, *MACHINES, *UNKEPT]:
        plain = worker.get(path)
        worker.cache.store.pages.clear()  # so that this visitor's is the one that would be kept
        shown = worker.get(path, **ODD)
        assert (shown.status, shown.body) == (plain.status, plain.body), path


@pytest.mark.parametrize("path", ["/en/", *ASKING[:2]])
def test_no_header_alone_changes_what_an_address_shows(worker, path):
    plain = worker.get(path)
    for name, value in ODD.items():
        worker.cache.store.pages.clear()
        shown = worker.get(path, **{name: value})
        assert (shown.status, shown.body) == (plain.status, plain.body), name


@pytest.mark.parametrize("path", ["/en/widget/?view=list&country=at", "/healthz"])
@pytest.mark.parametrize("told", ["text/plain; charset={}", "a; charset*=utf-8''{}", "a; x*={}''b"])
def test_no_charset_is_taken_from_anybody(worker, path, told):
    plain = worker.get(path)
    for charset in CHARSETS:
        worker.cache.store.pages.clear()
        shown = worker.get(path, **{"content-type": told.format(charset)})
        assert (shown.status, shown.body) == (plain.status, plain.body), charset


FIELDS = b"name=%C5%82"
PARTS = b'--l\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xc5\x82\r\n--l--\r\n'


@pytest.mark.parametrize(
    ("told", "body"),
    [
        ("application/x-www-form-urlencoded", FIELDS),
        ("application/x-www-form-urlencoded; charset=utf-16", FIELDS),
        ("application/x-www-form-urlencoded;x*=rot13''y;charset*=cp037''rot13", FIELDS),
        ("multipart/form-data; boundary=l", PARTS),
        ('multipart/form-data; charset=utf-16; Boundary="l"; x', PARTS),
    ],
)
def test_a_form_is_read_as_utf_8_whatever_it_says(told, body):
    forms = []

    def site(environ, start_response):
        forms.append(WSGIRequest(environ).POST.dict())

    Door(site)(Asking().generic("POST", "/", body, headers={"content-type": told}), None)
    assert forms == [{"name": "ł"}]


@pytest.mark.parametrize("https", [False, True])
def test_what_escapes_the_site_is_answered_with_our_page_and_a_line(settings, log_lines, https):
    if https:
        settings.SECURE_SSL_REDIRECT = True
        settings.SECURE_HSTS_SECONDS = 60
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    worker = Worker()
    worker.site = lambda environ, start_response: 1 / 0
    for path in ("/en/cities/", "/admin/", "/healthz"):
        log_lines.clear()
        answer = worker.get(path, **{"x-request-id": "proxy-0123456789"})
        page = Page(answer)
        assert answer.status == 500
        assert page.texts("h1") == ["Coś się u nas zepsuło", "Something went wrong on our side"]
        assert "ZeroDivisionError" not in page.html
        assert answer.headers["X-Request-ID"] == "proxy-0123456789"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"].split("; ")
        assert answer.headers["Permissions-Policy"] == HEADERS["Permissions-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert ("Strict-Transport-Security" in answer.headers) is https
        fault, ended = log_lines
        assert fault["traceback"].endswith("ZeroDivisionError: division by zero")
        assert ended["status"] == 500
        assert {line["request"] for line in log_lines} == {"proxy-0123456789"}
