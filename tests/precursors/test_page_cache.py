"""What the page cache promises: nothing old, nothing private, nothing without bounds."""

import gzip
import threading
import time
from math import inf
from types import SimpleNamespace

import brotli
import pytest
from django.db import OperationalError, connection
from workers import Worker, answering

from precursors import page_cache
from precursors.page_cache import best_coding, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_version")]


def test_a_page_is_rendered_once_and_then_costs_no_query(
    worker, make_city, django_assert_num_queries
):
    city = make_city()
    first = worker.get(city.get_absolute_url())
    with django_assert_num_queries(0):
        second = worker.get(city.get_absolute_url())
    assert city.name in first.text
    assert (second.status, second.headers, second.body) == (200, first.headers, first.body)
    assert worker.asked == {city.get_absolute_url(): 1}


def test_a_kept_page_has_the_headers_of_the_rendered_one(worker, client):
    path = "/pl/o-programie/"
    rendered = client.get(path).headers
    added = {"ETag", "Vary", "Cache-Control"}
    for _ in range(2):
        kept = worker.get(path).headers
        assert {name: kept[name] for name in kept.keys() - added} == dict(rendered)
    assert kept["Cache-Control"] == "no-cache"
    assert kept["Vary"] == "Accept-Encoding"


def test_nothing_of_a_user_reaches_the_store(worker, admin_client, make_city):
    draft = make_city(status="draft")
    session = admin_client.cookies["session"].value
    preview = f"/pl/podglad/miasta/{draft.slug}/"
    asked = [
        (200, preview, {"cookie": f"session={session}"}),
        (404, preview, {"cookie": "session=none"}),
        (404, preview, {}),
        (200, f"/admin/cities/city/{draft.pk}/change/", {"cookie": f"session={session}"}),
        (200, "/admin/login/", {}),
        (404, draft.get_absolute_url(), {"cookie": f"session={session}"}),
    ]
    for status, path, headers in asked * 2:
        assert worker.get(path, **headers).status == status
    assert list(worker.cache.store.pages) == []


@pytest.mark.parametrize("name", ["session", "csrf", "__Host-session", "django_language", "a"])
def test_whoever_sends_a_cookie_gets_the_page_that_all_get(worker, admin_client, make_city, name):
    path = make_city().get_absolute_url()
    for value in (admin_client.cookies["session"].value, "none", "en"):
        page = worker.get(path, cookie=f"{name}={value}")
        assert (page.status, page.body) == (200, worker.get(path).body)
    assert worker.asked == {path: 1}


def test_a_page_that_looks_at_its_user_is_not_kept(worker):
    worker.site = answering("Hello, visitor", Vary="Cookie")
    assert "ETag" not in worker.get("/pl/").headers
    assert list(worker.cache.store.pages) == []


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/pl/nic/", "GET", {}),
        ("/pl/", "POST", {}),
        ("/", "GET", {}),
        ("/pl/", "GET", {"host": "example.org"}),
        ("/pl/?utm_source=list", "GET", {}),
        ("/pl/miasta/?q=tramwaj", "GET", {}),
        ("/pl/miasta/?" + "&".join(["theme=energy"] * 9), "GET", {}),
        ("/pl/miasta/?page=1000", "GET", {}),
        ("/pl/miasta/?theme=" + "x" * 13, "GET", {}),
    ],
)
def test_errors_strangers_and_endless_queries_are_not_kept(worker, path, method, headers):
    for _ in range(2):
        worker.get(path, method, **headers)
    assert list(worker.cache.store.pages) == []
    assert worker.asked.total() == 2


def test_the_filters_are_kept_each_for_itself(worker, make_practice):
    make_practice("energy")
    queries = ["", "?theme=energy", "?theme=mobility&country=pl&role=precursor&size=5k-20k&q="]
    for query in queries * 2:
        worker.get(f"/pl/miasta/{query}")
    assert worker.asked.total() == len(queries) == len(worker.cache.store.pages)


@pytest.mark.parametrize(
    ("site", "hosts"),
    [
        (
            "https://example.org",
            ["example.org", "Example.ORG.", "example.org:1"],
        ),
        ("https://example.org:8443", ["example.org:8443", "example.org"]),
        ("https://[2001:db8::1]:8443", ["[2001:db8::1]:8443", "[2001:DB8::1]"]),
        ("https://xn--d-uga0v4h.pl", ["xn--d-uga0v4h.pl", "XN--D-uga0v4h.pl"]),
    ],
)
def test_our_host_is_ours_however_it_is_spelled(settings, make_city, site, hosts):
    settings.SITE_URL = site
    settings.ALLOWED_HOSTS = [site.removeprefix("https://").removesuffix(":8443")]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    worker = Worker()
    make_city(slug="town")
    for host in hosts:
        page = worker.get("/sitemap.xml", host=host, **{"x-forwarded-proto": "https"})
        assert f"<loc>{site}/pl/miasta/town/</loc>" in page.text
    assert worker.asked == {"/sitemap.xml": 1}


def test_http_and_other_hosts_never_meet_what_is_kept_for_https(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://example.org", ["example.org"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    worker = Worker()
    behind_proxy = {"host": "example.org", "x-forwarded-proto": "https"}
    for _ in range(2):
        assert worker.get("/pl/", **behind_proxy).status == 200
    assert worker.asked["/pl/"] == 1
    for headers in (
        {"host": "example.org"},
        {"host": "example.org", "x-forwarded-proto": "http"},
        {"host": "example.org", "x-forwarded-proto": "ftp"},
    ):
        told = worker.get("/pl/", **headers)
        assert (told.status, told.headers["Location"]) == (301, "https://example.org/pl/")
    assert worker.get("/pl/", **behind_proxy | {"host": "example.net"}).status == 400
    assert len(worker.cache.store.pages) == 1


def test_head_range_and_conditions_are_answered_from_the_same_page(worker):
    path = "/pl/o-programie/"
    head = worker.get(path, "HEAD")
    whole = worker.get(path, range="bytes=0-9")
    assert (head.status, head.body, head.headers) == (200, b"", whole.headers)
    assert whole.headers["Content-Length"] == str(len(whole.body))
    tag = whole.headers["ETag"]
    for asked in (tag, f'"x", W/{tag}', "*"):
        same = worker.get(path, **{"if-none-match": asked})
        assert (same.status, same.body) == (304, b"")
    assert same.headers == {
        name: value
        for name, value in whole.headers.items()
        if name not in ("Content-Type", "Content-Length")
    }
    assert worker.get(path, **{"if-none-match": '"x"'}).body == whole.body
    assert worker.asked.total() == 1


def test_each_coding_is_the_same_page_under_a_tag_of_its_own(worker):
    plain, zipped, small = (
        worker.get("/pl/o-programie/", **{"accept-encoding": coding})
        for coding in ("", "gzip", "br")
    )
    assert gzip.decompress(zipped.body) == brotli.decompress(small.body) == plain.body
    assert [told.headers.get("Content-Encoding") for told in (plain, zipped, small)] == [
        None,
        "gzip",
        "br",
    ]
    assert len({told.headers["ETag"] for told in (plain, zipped, small)}) == 3


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("GZIP", "gzip"),
        ("*", "br"),
        ("*;q=0.0, gzip", "gzip"),
        ("identity", ""),
        ("vibrate", ""),
        ("", ""),
    ],
)
def test_the_best_accepted_coding_is_sent(accepted, coding):
    assert best_coding(accepted) == coding


def test_the_store_stays_within_its_bytes_and_forgets_what_is_asked_least(settings):
    settings.PAGE_CACHE_BYTES = 150_000
    worker = Worker()
    themes = ["energy", "mobility", "spatial"]
    for first in themes:
        for second in themes:
            worker.get("/pl/prywatnosc/")
            worker.get(f"/pl/miasta/?theme={first}&theme={second}")
            assert 0 < worker.cache.store.size <= 150_000
    assert len(worker.cache.store.pages) < 10
    assert worker.asked["/pl/prywatnosc/"] == 1
    assert worker.asked["/pl/miasta/"] == 9
    assert worker.cache.store.size == sum(page.size for page in worker.cache.store.pages.values())


def test_many_visitors_of_a_new_page_wait_for_one_rendering(worker):
    site = answering("page")
    worker.site = lambda *request: time.sleep(0.05) or site(*request)
    worker.cache.next_change = lambda after: inf
    bodies = []
    visitors = [
        threading.Thread(target=lambda: bodies.append(worker.get("/pl/").body)) for _ in range(8)
    ]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert (bodies, worker.asked["/pl/"]) == ([b"page"] * 8, 1)


def test_visitors_of_what_is_not_kept_do_not_wait_for_each_other(worker):
    site, together = answering("none", "404 Not Found"), threading.Barrier(8)
    first = threading.Event()

    def slow_site(*request):
        if not first.is_set():
            first.set()
            time.sleep(0.05)  # until the others wait
        else:
            together.wait(10)  # raises unless all of them are here at once
        return site(*request)

    worker.site = slow_site
    visitors = [threading.Thread(target=worker.get, args=("/pl/nic/",)) for _ in range(9)]
    for visitor in visitors:
        visitor.start()
        first.wait()
    for visitor in visitors:
        visitor.join()
    assert (worker.asked["/pl/nic/"], together.broken) == (9, False)


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt"])
def test_what_machines_read_is_kept_and_the_same_whoever_asks_first(worker, make_city, path):
    make_city()
    told = []
    for language in ("en", "pl"):
        asked = worker.get(path, **{"accept-language": language})
        told.append((asked.status, asked.headers, asked.body))
        version.bump()
        assert worker.get(path, **{"accept-language": "de"}).body == asked.body
    assert told[0] == told[1]
    assert worker.asked[path] == 3
    assert "Content-Language" not in told[0][1]


@pytest.mark.parametrize("path", ["/pl/good-practices.xlsx", "/pl/share/page/home.png"])
def test_what_is_not_kept_is_not_sent_again_either(worker, make_practice, path):
    make_practice()
    tag = worker.get(path).headers["ETag"]
    again = worker.get(path, **{"if-none-match": tag})
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert worker.get(path, **{"if-none-match": '"other"'}).status == 200


def test_pages_are_served_on_while_the_database_is_gone(worker, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError

    path = "/pl/o-programie/"
    page = worker.get(path)
    monkeypatch.setattr(connection, "cursor", gone)
    assert worker.get(path).body == page.body
    worker.site = answering("", "503 Service Unavailable")
    later = time.time() + 400
    monkeypatch.setattr(page_cache, "time", SimpleNamespace(time=lambda: later))
    assert worker.get(path).body == page.body
    version.bump()
    assert worker.get(path).status == 503


def test_without_its_redis_the_site_is_slower_but_right(worker, monkeypatch, tmp_path):
    timeouts = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
    owed = version.MappedVersion(tmp_path / "owed")
    value = version.SharedVersion("redis://127.0.0.1:1/0", timeouts, owed)
    monkeypatch.setattr(version, "_version", lambda: value)
    version.bump()
    for _ in range(2):
        assert worker.get("/pl/").status == 200
    assert (worker.asked["/pl/"], list(worker.cache.store.pages)) == (2, [])
