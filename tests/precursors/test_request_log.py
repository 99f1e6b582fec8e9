import logging

import pytest
from django.db import OperationalError, connection


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


def test_nothing_is_told_of_a_request_after_it(client, log_lines):
    client.get("/en/about/")
    logging.getLogger("precursors").warning("Later")
    assert log_lines[-1]["request"] is None
