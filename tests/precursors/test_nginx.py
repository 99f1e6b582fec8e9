"""What deploy/nginx.conf keeps from the site, tried with nginx itself before a site of one line."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from ports import free_port

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")

pytestmark = pytest.mark.skipif(NGINX is None, reason="needs nginx")


class Site(BaseHTTPRequestHandler):
    """Notes what came; `/fall/` is taken and never answered, and all else late if it hangs."""

    def do_GET(self):
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.came.append((self.command, self.path, self.headers))
        if self.server.hangs:
            time.sleep(3)
        if self.path == "/fall/":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(302 if self.path.startswith("/long/") else 200)
        if self.path.startswith("/long/"):
            self.send_header("Location", quote(self.path))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET  # noqa: N815  http.server's spelling

    def log_message(self, *arguments):
        pass


OPENSSL = "openssl req -x509 -nodes -newkey rsa:2048 -days 2 -subj /CN=example.org"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """Return the path of a certificate and its key, as certbot fetches them."""
    path = tmp_path_factory.mktemp("tls") / "certificate"
    names = ["-addext", "subjectAltName=DNS:example.org", "-keyout", f"{path}.key", "-out", path]
    subprocess.run([*OPENSSL.split(), *names], check=True, stderr=subprocess.DEVNULL)  # noqa: S603
    return path


@pytest.fixture
def front(tmp_path, certificate):
    """Start two sites of one line and nginx before them: `ask` returns what that answers."""
    sites = [ThreadingHTTPServer(("127.0.0.1", 0), Site) for _number in range(2)]
    came = []
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    port, tls_port = free_port(), free_port()
    tls = f"ssl_certificate {certificate}; ssl_certificate_key {certificate}.key;"
    for number, site in enumerate(sites, start=1):
        site.came, site.hangs = came, False
        threading.Thread(target=site.serve_forever, daemon=True).start()
        text = text.replace(f"127.0.0.1:800{number}", f"127.0.0.1:{site.server_port}")
    for ours, theirs in [
        ("listen 80;", f"listen 127.0.0.1:{port}; listen 127.0.0.1:{tls_port} ssl; {tls}"),
        ("listen 80 ", f"listen 127.0.0.1:{port} "),
        ("listen 443 ", f"listen 127.0.0.1:{tls_port} "),
        ("/var/log/nginx", f"{tmp_path}"),
        ("/srv/precursors/current/deploy", f"{DEPLOY}"),
        ("/srv/precursors", f"{tmp_path}"),
        ("timeout 10s;", "timeout 1s;"),
        ("timeout 5s;", "timeout 1s;"),
    ]:
        assert ours in text
        text = text.replace(ours, theirs)
    conf = tmp_path / "nginx.conf"
    top = f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
    top += "user root;\n" if os.geteuid() == 0 else ""  # who alone may read the folder of a test
    conf.write_text(f"{top}http {{\n{text}\n}}\n", encoding="utf-8")

    def ask(path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request(method, path, headers={"Host": "example.org"} | headers)
        response = connection.getresponse()
        response.text = response.read().decode()
        connection.close()
        return response

    with subprocess.Popen([NGINX, "-c", str(conf)], stderr=subprocess.DEVNULL) as nginx:  # noqa: S603
        for _attempt in range(600):
            try:
                ask("/")
                break
            except OSError:
                time.sleep(0.05)
        else:
            pytest.fail(f"nginx did not start: {(tmp_path / 'error.log').read_text()}")
        came.clear()
        yield SimpleNamespace(
            ask=ask,
            came=came,
            sites=sites,
            port=port,
            tls_port=tls_port,
            certificate=certificate,
            folder=tmp_path,
        )
        nginx.terminate()
    for site in sites:
        site.shutdown()
        site.server_close()


def statuses(ask, number, *args):
    return Counter(ask(*args).status for _time in range(number))


@pytest.mark.parametrize(
    "query", ["q=tram", "%71=tram", "q=&q=tram", "Q=1&q=tram", "theme=x1", "p=a&p=b"]
)
def test_who_asks_questions_faster_than_people_is_told_to_wait(front, query):
    found = statuses(front.ask, 80, f"/en/good-practices/?{query}")
    assert set(found) == {200, 429}
    assert 41 <= found[200] <= 60
    assert statuses(front.ask, 20, "/en/good-practices/") == {200: 20}


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/pl/", "POST", {}),
        ("/pl/", "get", {}),
        ("/pl/podglad/miasta/a/", "GET", {"Cookie": "a=1; __Host-session=2"}),
        ("/admin/", "GET", {}),
        ("/pl/../admin/a", "GET", {}),
        ("/en/share/page/home.png", "GET", {}),
        ("/en/good-practices.xlsx", "GET", {}),
    ],
)
def test_who_has_pages_made_faster_than_people_is_told_to_wait(front, path, method, headers):
    found = Counter(front.ask(path, method, **headers).status for _time in range(80))
    assert set(found) in ({200, 429}, {400})  # nginx knows no method of small letters
    assert found[200] <= 60
    assert statuses(front.ask, 80, "/pl/") == {200: 80}
    files = Counter(front.ask("/static/a.css?b", Cookie="csrf=1").status for _time in range(80))
    assert files == {404: 80}


def test_what_one_address_keeps_open_keeps_nobody_else_out(front):
    slow = [socket.create_connection(("127.0.0.1", front.port)) for _number in range(150)]
    try:
        for connection in slow:
            connection.sendall(
                b"POST /pl/ HTTP/1.1\r\nHost: example.org\r\nContent-Length: 9\r\n\r\n"
            )
        assert front.ask("/pl/").status == 429
        other = ("127.0.0.2", 0)
        connection = http.client.HTTPConnection("127.0.0.1", front.port, source_address=other)
        connection.request("GET", "/pl/", headers={"Host": "example.org"})
        assert connection.getresponse().status == 200
        connection.close()
    finally:
        for connection in slow:
            connection.close()


@pytest.mark.parametrize("letter", ["a", "%C5%82"])
def test_an_answer_that_names_the_longest_address_is_passed_on(front, letter):
    path = f"/long/?{letter * (16_000 // len(letter))}"
    answer = front.ask(path)
    assert (answer.status, answer.headers["Location"]) == (302, quote(path))


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/second-factor/", "/desk//login/?a=1"])
def test_who_guesses_passwords_faster_than_people_is_told_to_wait(front, path):
    found = statuses(front.ask, 30, path, "POST")
    assert set(found) == {200, 429}
    assert 11 <= found[200] <= 16


def test_the_site_hears_who_asks_and_nothing_made_up(front):
    made_up = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https", "X-Request-ID": "a"}
    front.ask("/", **made_up)
    ((_method, _path, headers),) = front.came
    assert headers.get_all("X-Forwarded-For") == ["127.0.0.1"]
    assert headers.get_all("X-Forwarded-Proto") == ["http"]
    assert headers.get_all("Host") == ["example.org"]
    assert headers.get_all("X-Request-ID") != ["a"]


def test_what_is_slow_or_too_large_never_reaches_the_site(front):
    assert front.ask("/", "POST", **{"Content-Length": "26214401"}).status == 413
    assert front.ask("/", **{"X-Long": "a" * 21_000}).status == 400
    with socket.create_connection(("127.0.0.1", front.port), timeout=10) as slow:
        slow.sendall(b"POST /pl/ HTTP/1.1\r\nHost: example.org\r\nContent-Length: 9\r\n\r\na")
        assert slow.recv(99).partition(b"\r\n")[0] in (b"", b"HTTP/1.1 408 Request Time-out")
    with socket.create_connection(("127.0.0.1", front.port), timeout=10) as slow:
        slow.sendall(b"GET /pl/ HTTP/1.1\r\nHost: example.o")
        assert slow.recv(99) == b""
    assert front.came == []


def test_a_save_that_was_begun_is_given_to_nobody_else(front):
    answer = front.ask("/fall/", "POST")
    assert [(method, path) for method, path, _headers in front.came] == [("POST", "/fall/")]
    assert answer.status == 502
    assert "Jeśli coś zapisywano" in answer.text
    assert "If you were saving something" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    front.came.clear()
    assert front.ask("/fall/").status == 502
    assert len(front.came) == 2


def test_a_process_that_is_away_is_passed_over(front):
    front.sites[0].shutdown()
    front.sites[0].server_close()
    assert statuses(front.ask, 10, "/", "POST") == {200: 10}


def test_a_process_that_hangs_costs_a_visitor_a_moment(front):
    front.sites[0].hangs = True
    began = time.monotonic()
    assert statuses(front.ask, 4, "/pl/") == {200: 4}
    assert 1 < time.monotonic() - began < 3
    assert [front.ask("/admin/").status for _time in range(2)] == [200] * 2  # it may take its time


def test_the_log_tells_what_went_wrong_and_not_to_whom(front):
    for site in front.sites:
        site.hangs = True
    front.ask(f"/en/preview/{'secret'.rjust(43, '-')}/?q=secret")
    front.ask(f"/pl/czy-aktualne/{'secret'.rjust(43, '-')}/?sent", "POST")
    assert front.ask("/pl/?q=secret").status == 504
    front.ask("/admin/password-reset/Mg/secret/?q=secret")
    for _attempt in range(100):  # the line comes after the answer
        told = (front.folder / "precursors.log").read_text(encoding="utf-8")
        if "/pl/" in told:
            break
        time.sleep(0.05)
    upstreams = [f"127.0.0.1:{site.server_port}" for site in front.sites]
    assert all(f" {upstream}" in told for upstream in upstreams)
    assert "/pl/ 504 " in told
    assert "/en/preview/- " in told
    assert "/pl/czy-aktualne/- " in told
    assert "secret" not in told
    assert (front.folder / "precursors-error.log").read_text(encoding="utf-8") == ""


def test_whoever_asks_for_another_host_gets_no_answer(front):
    with pytest.raises(http.client.RemoteDisconnected):
        front.ask("/", Host="example.com")
    with pytest.raises(ssl.SSLError):
        greet(front, "example.com")
    assert front.came == []


def greet(front, name):
    """Return the protocol that a browser and nginx agree on."""
    context = ssl.create_default_context(cafile=front.certificate)
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", front.tls_port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=name) as connection,
    ):
        return connection.selected_alpn_protocol()


def test_browsers_speak_http_2(front):
    assert greet(front, "example.org") == "h2"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_what_is_for_who_watches_is_for_nobody_else(front, path):
    assert front.ask(path).status == 404
    assert front.came == []


@pytest.mark.parametrize(
    ("name", "lifetime"),
    [
        ("css/base.0123456789ab.css", "max-age=315360000, public, immutable"),
        ("css/base.css", "max-age=60, public"),
    ],
)
def test_static_files_of_every_release_are_served_without_the_site(front, name, lifetime):
    path = front.folder / "static" / name
    path.parent.mkdir(parents=True)
    path.write_text("body {}")
    path.with_name(f"{path.name}.gz").write_bytes(b"packed")
    answer = front.ask(f"/static/{name}")
    assert (answer.status, answer.text, answer.headers["Cache-Control"]) == (
        200,
        "body {}",
        lifetime,
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert front.ask(f"/static/{name}", **{"Accept-Encoding": "gzip"}).text == "packed"
    assert front.came == []
