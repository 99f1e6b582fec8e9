"""Links that lead out: who answers, and that nobody of the own network is ever asked."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cities import links
from cities.links import LinkError, fault_of, is_public, public_address

ANSWERS = {
    "/here": (200, {}),
    "/moved": (301, {"Location": "/here"}),
    "/gone": (410, {}),
    "/lost": (302, {"Location": "/missing"}),
    "/circle": (302, {"Location": "/circle"}),
    "/shy": (403, {}),
    "/inside": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}),
    "/file": (302, {"Location": "file:///etc/passwd"}),
    "/za%C5%BC%C3%B3%C5%82%C4%87?a=1": (200, {}),
}


class Town(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.headers["Host"], self.path))
        if self.path == "/slow":
            self.server.leave.wait(5)
        status, headers = ANSWERS.get(self.path, (404, {}))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *arguments):
        pass


@pytest.fixture
def town():
    """Serve a town on this machine; `locate` finds it under example.org and nothing else."""
    server = HTTPServer(("127.0.0.1", 0), Town)
    server.asked, server.leave = [], threading.Event()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def locate(host, port):
        is_town = (host, port) == ("example.org", 80)
        return server.server_address if is_town else public_address(host, port)

    server.locate = locate
    yield server
    server.leave.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/here", ""),
        ("/here#part", ""),
        ("/moved", ""),
        ("/zażółć?a=1", ""),
        ("/shy", ""),
        ("/gone", "410"),
        ("/missing", "404"),
        ("/lost", "404"),
        ("/circle", "too many redirects"),
        ("/inside", "not a public address"),
        ("/file", "not an address"),
    ],
)
def test_link_is_judged_by_where_it_ends(town, path, fault):
    assert fault_of(f"http://example.org{path}", town.locate) == fault
    assert {host for host, _path in town.asked} == {"example.org"}


def test_host_that_lets_wait_is_left(town, monkeypatch):
    monkeypatch.setattr(links, "PATIENCE", 0.2)
    assert fault_of("http://example.org/slow", town.locate).startswith("no answer: ")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::",
    ],
)  # fmt: skip
def test_address_that_is_not_public_is_never_asked(address):
    assert not is_public(address)
    with pytest.raises(LinkError, match="not a public address"):
        public_address(address, 80)
    host = f"[{address}]" if ":" in address else address
    assert fault_of(f"http://{host}/") == "not a public address"


@pytest.mark.parametrize("url", ["http://localhost/", "http://2130706433/", "http://0x7f.1/"])
def test_disguises_of_this_machine_are_seen_through(url):
    assert fault_of(url) in ("not a public address", "unknown host")


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://8.8.8.8:22/", "port 22"),
        ("ftp://example.org/", "not an address"),
        ("http:///a", "not an address"),
        ("http://example.org:port/", "no answer: ValueError"),
    ],
)
def test_what_is_no_web_address_is_told(url, fault):
    assert fault_of(url) == fault


def test_public_addresses_are_public():
    assert is_public("93.184.215.14")
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
