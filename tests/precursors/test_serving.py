"""What `manage.py serve` keeps up: whole processes, a database of their own, real connections."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from ports import free_port

BASE = Path(__file__).resolve().parents[2]

CONTENT = """
import django; django.setup()
from django.core.management import call_command
from cities.models import City, Country
call_command("migrate", verbosity=0)
country = Country.objects.create(code="pl", name_pl="Polska")
place = {"latitude": 50, "longitude": 20, "country": country}
City.objects.create(name_pl="Miasto", status="published", **place)
"""
RENAME = 'from cities.models import City; City.objects.update(name_pl="Gród")'
WORKERS = 2


def workers_of(server):
    command = ["pgrep", "-P", str(server.pid)]
    return set(subprocess.run(command, capture_output=True, text=True).stdout.split())  # noqa: S603


def wait_until(is_true):
    for _ in range(600):
        if is_true():
            return
        time.sleep(0.1)
    pytest.fail("waited for a minute")


@pytest.fixture(scope="module")
def site(tmp_path_factory, make_tables):
    """Serve a site of one city with two workers: `get` asks it over a new connection each time."""
    port = free_port()
    make_tables(folder := tmp_path_factory.mktemp("var"))
    (folder / "static").symlink_to(BASE / "var/static")  # `make test` collects them
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(folder),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "precursors.settings",
    }

    def python(*arguments):
        subprocess.run(  # noqa: S603
            [sys.executable, *arguments], cwd=BASE, env=environment, check=True
        )

    def get(path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request(method, path, headers={"Connection": "close"} | headers)
        response = connection.getresponse()
        response.text = response.read().decode()
        connection.close()
        return response

    def is_up():
        try:
            return get("/pl/").status == 200
        except OSError:
            return False

    python("-c", CONTENT)
    command = [sys.executable, "manage.py", "serve", f"--port={port}", f"--workers={WORKERS}"]
    with subprocess.Popen(  # noqa: S603
        command, cwd=BASE, env=environment, start_new_session=True
    ) as server:
        try:
            wait_until(is_up)
            yield SimpleNamespace(get=get, python=python, server=server, port=port)
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def test_a_killed_worker_is_replaced_while_the_others_serve(site):
    before = workers_of(site.server)
    killed = min(before)
    os.kill(int(killed), signal.SIGKILL)
    wait_until(lambda: killed not in workers_of(site.server))
    assert [site.get("/pl/").status for _ in range(4)] == [200] * 4
    wait_until(lambda: len(workers_of(site.server)) == WORKERS)


def test_a_change_by_another_process_is_seen_by_every_worker_at_once(site):
    for _ in range(8 * WORKERS):  # the kernel deals connections out to the workers
        assert "Miasto" in site.get("/en/cities/miasto/").text
    site.python("manage.py", "shell", "-v0", "-c", RENAME)
    for _ in range(8 * WORKERS):
        assert "Gród" in site.get("/en/cities/miasto/").text


def test_head_conditions_and_ranges_are_answered(site):
    whole = site.get("/pl/")
    head = site.get("/pl/", "HEAD")
    assert (head.status, head.text, head.headers["Content-Length"]) == (
        200,
        "",
        whole.headers["Content-Length"],
    )
    same = site.get("/pl/", **{"If-None-Match": whole.headers["ETag"]})
    assert (same.status, same.text) == (304, "")
    part = site.get("/static/img/europe.svg", Range="bytes=0-3")
    assert (part.status, part.text) == (206, "<svg")


def test_slow_visitors_do_not_keep_others_waiting(site):
    slow = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(100)]
    try:
        for connection in slow:
            connection.sendall(b"GET /pl/ HTTP/1.1\r\nHost: 127.0")
        assert [site.get("/pl/").status for _ in range(4)] == [200] * 4
    finally:
        for connection in slow:
            connection.close()


def test_a_reload_replaces_all_workers_and_loses_no_request(site):
    before = workers_of(site.server)
    site.server.send_signal(signal.SIGHUP)
    statuses = set()

    def is_replaced():
        statuses.add(site.get("/pl/").status)
        return len(workers_of(site.server) - before) == WORKERS == len(workers_of(site.server))

    wait_until(is_replaced)
    assert statuses == {200}
