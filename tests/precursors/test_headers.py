"""The security policy of every kind of response, scored on MDN Observatory's published scale."""

import re
from datetime import datetime, timedelta
from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.utils import timezone

CORP = "Cross-Origin-Resource-Policy"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    CORP: "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}


def observatory(response):
    """Return {test: points} of MDN HTTP Observatory 1.4 for a response sent by https.

    100 are given to begin with. Redirection and the preload list are not seen from here.
    """
    headers = {name.lower(): value for name, value in response.headers.items()}
    policy = {}
    for directive in headers.get("content-security-policy", "").split(";"):
        name, *sources = directive.split() or [""]
        policy.setdefault(name, sources)
    return {
        "content-security-policy": _policy_points(policy),
        "cookies": _cookie_points(response.cookies),
        "cross-origin-resource-sharing": _sharing_points(headers),
        "referrer-policy": 5
        if headers.get("referrer-policy")
        in ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
        else 0,
        "strict-transport-security": _transport_points(
            headers.get("strict-transport-security", "")
        ),
        "subresource-integrity": _script_points(response),
        "x-content-type-options": 0 if headers.get("x-content-type-options") == "nosniff" else -5,
        "x-frame-options": 5
        if "frame-ancestors" in policy
        else 0
        if headers.get("x-frame-options", "").lower() in ("deny", "sameorigin")
        else -20,
        "cross-origin-resource-policy": 10
        if headers.get("cross-origin-resource-policy") in ("same-origin", "same-site")
        else 0,
    }


def _policy_points(policy):
    broad = {"*", "http:", "https:", "ftp:", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}
    default = policy.get("default-src", ["*"])
    if broad & {*policy.get("script-src", default), *policy.get("object-src", default)}:
        return -20
    if broad & set(policy.get("style-src", default)):
        return 0
    for strict in ("base-uri", "form-action", "frame-ancestors"):
        if policy.get(strict, ["*"]) not in (["'none'"], ["'self'"]):
            return 5
    return 10 if default == ["'none'"] else 5


def _cookie_points(cookies):
    if not cookies:
        return 0
    if not all(cookie["secure"] for cookie in cookies.values()):
        return -20
    if not all(c["httponly"] for c in cookies.values() if "session" in c.key):
        return -30
    if not all(c["samesite"] in ("Strict", "Lax") for c in cookies.values()):
        return -20
    return 5


def _sharing_points(headers):
    return -50 if "access-control-allow-credentials" in headers else 0


def _transport_points(header):
    age = re.search(r"max-age=(\d+)", header)
    return -20 if not age else -10 if int(age[1]) < 15_552_000 else 0


def _script_points(response):
    if "text/html" not in response.headers.get("Content-Type", ""):
        return 0
    return -50 if re.search(r"<script[^>]+src=[\"']?(?:https?:)?//", response.text) else 0


def score(response):
    """Return the sum; extra points count from 90 on."""
    points = observatory(response).values()
    base = 100 + sum(point for point in points if point < 0)
    return base + sum(point for point in points if point > 0) if base >= 90 else base


@pytest.fixture
def https(settings, client, db):
    """Ask as a browser does of a site under https."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    (settings.STATIC_ROOT / "site.css").write_text("body {}")
    client = Client(raise_request_exception=False)
    return lambda path, method="get", **options: getattr(client, method)(
        path, secure=True, headers={"host": "127.0.0.1"} | options.pop("headers", {}), **options
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 302),
        ("/pl/", 200),
        ("/en/cities/?q=tram", 200),
        ("/en/cities.geojson", 200),
        ("/sitemap.xml", 200),
        ("/nowhere/", 404),
        ("/en/cities/nowhere/", 404),
        ("/media/nothing.jpg", 404),
        ("/media/..%2fsecret_key", 400),
        ("/static/site.css", 200),
        ("/admin/", 302),
        ("/admin/login/", 200),
        ("/admin", 301),
    ],
)
def test_every_kind_of_response_scores_at_least_115_of_135(https, path, status):
    response = https(path)
    assert response.status_code == status
    assert score(response) >= 115, observatory(response)
    others = {CORP: "cross-origin"} if path.endswith(".geojson") else {}  # open data, for any site
    assert {name: response.headers[name] for name in EVERYWHERE} == EVERYWHERE | others
    assert "camera=()" in response.headers["Permissions-Policy"]
    response.close()  # of a file


def test_errors_and_refusals_score_the_same(https, settings):
    settings.MOST_UPLOADED = 100
    refused = {
        400: https("/pl/", headers={"host": "evil.example"}),
        403: Client(enforce_csrf_checks=True).post("/admin/login/", secure=True),
        405: https("/pl/", "post"),
        413: https("/admin/login/", "post", data={"username": "a" * 100}),
        414: https(f"/pl/miasta/?q={'a' * 17_000}"),
    }
    settings.SITE_URL = None  # no page can name itself without one
    refused[500] = https("/pl/")
    assert {status: response.status_code for status, response in refused.items()} == {
        status: status for status in refused
    }
    assert {status for status, response in refused.items() if score(response) < 115} == set()


def test_the_scale_tells_a_weak_policy_from_a_strict_one(https):
    response = https("/pl/")
    assert score(response) == 130
    response.headers["Content-Security-Policy"] += "; form-action *"  # the first one counts
    assert score(response) == 130
    response.cookies = SimpleCookie("session=1")
    assert observatory(response)["cookies"] == -20
    assert score(response) == 80
    response.headers["Content-Security-Policy"] = "script-src 'self' 'unsafe-inline'"
    assert score(response) == 60


def test_only_the_admin_sets_cookies_and_they_are_bound_to_the_host(https, admin_user):
    assert not https("/pl/").cookies
    cookies = (
        https("/admin/login/").cookies
        | https("/admin/login/", "post", data={"username": "admin", "password": "password"}).cookies
    )
    known = cookies.pop("known")  # whose browser this is, which only the admin hears
    assert (known["secure"], known["httponly"], known["path"]) == (True, True, "/admin/")
    assert set(cookies) == {"__Host-csrf", "__Host-session"}
    for cookie in cookies.values():
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
        assert cookie["samesite"] == "Lax"
    assert cookies["__Host-session"]["httponly"]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_plain_http_is_sent_to_https(settings, language):
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get(f"/{language}/?q=a", headers={"host": "127.0.0.1"})
    assert (response.status_code, response.url) == (301, f"https://127.0.0.1/{language}/?q=a")


def test_security_txt_names_whom_to_write_to(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    told = dict(line.split(": ", 1) for line in response.text.splitlines())
    left = datetime.fromisoformat(told.pop("Expires")) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)
    assert told == {
        "Contact": "mailto:security@example.org",
        "Preferred-Languages": "pl, en",
        "Canonical": f"{settings.SITE_URL}/.well-known/security.txt",
    }


def test_security_txt_is_absent_where_nobody_is_named(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
