import logging

import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_a_request_is_one_line_without_anything_of_the_visitor(client, log_lines):
    client.cookies["theirs"] = "cookie-77"
    client.get(
        "/en/about/?q=name-77", REMOTE_ADDR="203.0.113.77", headers={"user-agent": "browser-77"}
    )
    (line,) = log_lines
    assert line.pop("time").startswith("20")
    assert len(line.pop("request")) == 32
    assert line.pop("ms") > 0
    assert line == {
        "level": "INFO",
        "logger": "precursors.request_log",
        "message": "GET /en/about/",
        "status": 200,
    }


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [("proxy-0123456789", True), ("short", False), ('"}\n{"', False), ("a" * 65, False)],
)
def test_the_id_of_a_proxy_is_taken_over_if_it_is_one(client, log_lines, given, is_taken):
    client.get("/en/about/", headers={"x-request-id": given})
    assert (log_lines[0]["request"] == given) is is_taken


def test_a_fault_carries_the_id_of_its_request_and_so_does_its_answer(client, db, log_lines):
    client.raise_request_exception = False

    def fail(*args):
        raise OperationalError("gone")

    with connection.execute_wrapper(fail):
        response = client.get("/pl/", headers={"x-request-id": "proxy-0123456789"})
    assert response.headers["X-Request-ID"] == "proxy-0123456789"
    assert {line["request"] for line in log_lines} == {"proxy-0123456789"}
    (fault,) = [line for line in log_lines if "traceback" in line]
    assert fault["traceback"].endswith("OperationalError: gone")
    assert "X-Request-ID" not in client.get("/pl/").headers


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/en/cities/musterton/", "/en/cities/<slug:slug>/"),
        ("/pl/miasta/wzorowo/", "/pl/miasta/<slug:slug>/"),
        ("/admin/password-reset/Mg/set-password-77/", "/admin/password-reset/<uidb64>/<token>/"),
        ("/admin/secret-77/", "/admin/(?P<url>.*)$"),
        ("/pl/secret-77/", "-"),
    ],
)
def test_a_line_names_the_kind_of_page_and_no_whole_address(client, db, log_lines, path, told):
    client.get(path)
    assert [line["message"] for line in log_lines] == [f"GET {told}"]


@pytest.mark.usefixtures("tables")
def test_a_link_that_sets_a_password_is_in_no_line(python):
    script = """
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
settings.STORAGES["staticfiles"]["BACKEND"] = "django.core.files.storage.FileSystemStorage"
call_command("migrate", verbosity=0)
link = "/admin/password-reset/Mg/t0k3n/"
for client in (Client(SERVER_NAME="127.0.0.1"), Client(True, SERVER_NAME="127.0.0.1")):
    for path in (link, link.rstrip("/"), "/" + link, link + "t0k3n/"):
        client.get(path), client.post(path)
assert 'href="/admin/login/' in client.get("/admin/password-reset/done/").text
"""
    run = python(
        "-c",
        script,
        DJANGO_SETTINGS_MODULE="precursors.settings",
        EMAIL_URL="consolemail://",
    )
    assert run.returncode == 0, run.stderr
    assert "GET /admin/password-reset/<uidb64>/<token>/" in run.stderr
    assert "t0k3n" not in run.stderr


@pytest.mark.parametrize("host", ["evil.example", "a b", "[", "\xff", "a" * 5000])
def test_a_wrong_host_is_one_short_line(client, log_lines, host):
    client.get("/pl/", headers={"host": host})
    (line,) = log_lines
    assert (line["level"], line["status"], line["why"]) == ("INFO", 400, "DisallowedHost")
    assert len(str(line)) < 250


@pytest.mark.parametrize(
    ("path", "form", "why"),
    [
        ("/media/..%2fsite.sqlite3", None, "SuspiciousFileOperation"),
        ("/admin/login/", dict.fromkeys(range(1001), ""), "TooManyFieldsSent"),
    ],
)
def test_what_is_refused_is_one_line_and_no_fault(client, db, log_lines, path, form, why):
    client.post(path, form) if form else client.get(path)
    (line,) = log_lines
    assert (line["level"], line["status"], line["why"]) == ("INFO", 400, why)


def test_a_form_without_its_token_is_told_with_the_reason(db, log_lines):
    Client(enforce_csrf_checks=True).post("/admin/password-reset/Mg/77/")
    assert [line["message"] for line in log_lines] == [
        "Forbidden (CSRF cookie not set.): /admin/password-reset/<uidb64>/<token>/",
        "POST /admin/password-reset/<uidb64>/<token>/",
    ]


def test_nothing_is_told_of_a_request_after_it(client, log_lines):
    client.get("/en/about/")
    logging.getLogger("precursors").warning("Later")
    assert log_lines[-1]["request"] is None
