"""Links that lead out: who answers, and that nobody of the own network is ever asked."""

import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cities.editing import links
from cities.editing.links import LinkError, fault_of, is_public, links_of, public_address

ANSWERS = {
    "/here": (200, {}),
    "/moved": (301, {"Location": "/here"}),
    "/gone": (410, {}),
    "/lost": (302, {"Location": "/missing"}),
    "/lost-303": (303, {"Location": "/missing"}),
    "/lost-307": (307, {"Location": "/missing"}),
    "/lost-308": (308, {"Location": "/missing"}),
    "/circle": (302, {"Location": "/circle"}),
    "/shy": (403, {}),
    "/busy": (429, {}),
    "/broken": (500, {}),
    "/nowhere": (302, {}),
    "/": (200, {}),
    **{f"/hop-{n}": (302, {"Location": f"/hop-{n - 1}"}) for n in range(1, 6)},
    "/hop-0": (200, {}),
    "/inside": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}),
    "/file": (302, {"Location": "file:///etc/passwd"}),
    "/za%C5%BC%C3%B3%C5%82%C4%87?a=1": (200, {}),
}


class Town(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.headers["Host"], self.path))
        self.server.agents.add(self.headers["User-Agent"])
        if self.path == "/slow":
            self.server.leave.wait(5)
        if self.path == "/rubbish":
            self.wfile.write(b"%PDF-1.7\r\n")
            return
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
    server.asked, server.agents, server.leave = [], set(), threading.Event()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def locate(host, port):
        return server.server_address if host == "example.org" else public_address(host, port)

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
        ("/busy", ""),
        ("/broken", ""),
        ("/nowhere", ""),
        ("", ""),
        ("?a=1", "404"),
        ("/hop-4", ""),
        ("/hop-5", "too many redirects"),
        ("/rubbish", "no answer: BadStatusLine"),
        ("/gone", "410"),
        ("/missing", "404"),
        ("/lost", "404"),
        ("/lost-303", "404"),
        ("/lost-307", "404"),
        ("/lost-308", "404"),
        ("/circle", "too many redirects"),
        ("/inside", "not a public address"),
        ("/file", "not an address"),
    ],
)
def test_link_is_judged_by_where_it_ends(town, path, fault):
    assert fault_of(f"http://example.org{path}", town.locate) == fault
    assert {host for host, _path in town.asked} == {"example.org"}
    assert town.agents == {"link checker of http://127.0.0.1:8000"}


def test_a_host_is_told_a_port_that_is_not_the_usual_one(town):
    for port in ("", ":80", ":443"):
        assert fault_of(f"http://example.org{port}/here", town.locate) == ""
    assert [host for host, _path in town.asked] == ["example.org", "example.org", "example.org:443"]


def test_host_that_lets_wait_is_left(town, monkeypatch):
    monkeypatch.setattr(links, "PATIENCE", 0.2)
    assert fault_of("http://example.org/slow", town.locate).startswith("no answer: ")


@pytest.fixture
def dribble():
    """Serve whoever comes one letter at a time, for a minute."""
    server = socket.create_server(("127.0.0.1", 0))

    def answer():
        with suppress(OSError):
            while True:
                connection, _address = server.accept()
                with connection, suppress(OSError):
                    for letter in b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc" + b"\x03" * 600:
                        connection.sendall(bytes([letter]))  # so TLS begins
                        time.sleep(0.1)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield server.getsockname()
    server.close()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_host_that_says_a_letter_at_a_time_is_left(dribble, monkeypatch, scheme):
    monkeypatch.setattr(links, "PATIENCE", 0.5)
    began = time.monotonic()
    fault = fault_of(f"{scheme}://example.org/", lambda host, port: dribble)
    assert fault.startswith("no answer: ")
    assert time.monotonic() - began < 5


def test_a_name_that_leads_elsewhere_once_it_is_checked_leads_nowhere(monkeypatch):
    """A host whose name is looked up twice could be public first and this machine then."""
    looked_up, asked = [], []

    def look_up(host, port, **kwargs):
        looked_up.append(host)
        address = "93.184.215.14" if len(looked_up) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(address, **kwargs):
        asked.append(address)
        raise TimeoutError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert fault_of("https://rebinding.example/") == "no answer: TimeoutError"
    assert (looked_up, asked) == (["rebinding.example"], [("93.184.215.14", 443)])


def test_a_host_with_one_private_address_among_public_ones_is_not_asked(monkeypatch):
    found = [(2, 1, 6, "", (address, 80)) for address in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    assert fault_of("http://half.example/") == "not a public address"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::",
        "fec0::1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1", "2001:db8::1",
        "2606:2800:21f:cb07:0:5efe:127.0.0.1", "2606:2800:21f:cb07:200:5efe:10.0.0.1", "5f00::1",
        "3fff::1", "192.88.99.1", "192.0.0.8", "192.0.0.171", "4000::1", "100::1", "2001:20::1",
    ],
)  # fmt: skip
def test_address_that_is_not_public_is_never_asked(address):
    assert not is_public(address)
    with pytest.raises(LinkError, match="not a public address"):
        public_address(address, 80)
    host = f"[{address}]" if ":" in address else address
    assert fault_of(f"http://{host}/") == "not a public address"


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/",
        "http://127.1/", "http://0/", "http://[::ffff:7f00:1]/", "http://[::ffff:169.254.169.254]/",
        "http://example.org@127.0.0.1/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/",
    ],
)  # fmt: skip
def test_disguises_of_this_machine_are_seen_through(url):
    assert fault_of(url) in ("not a public address", "unknown host")


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://8.8.8.8:22/", "port 22"),
        ("https://8.8.8.8:8443/", "port 8443"),
        ("example.org", "not an address"),
        (f"http://{'a' * 64}.example/", "no answer: UnicodeError"),
        ("ftp://example.org/", "not an address"),
        ("http:///a", "not an address"),
        ("http://example.org:port/", "no answer: ValueError"),
    ],
)
def test_what_is_no_web_address_is_told(url, fault):
    assert fault_of(url) == fault


@pytest.mark.parametrize("fault", [socket.gaierror("no"), UnicodeError("label empty")])
def test_a_host_that_nobody_knows_is_told(monkeypatch, fault):
    def look_up(*args, **kwargs):
        raise fault

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert fault_of("http://nowhere.example/") == "unknown host"


@pytest.mark.parametrize(("scheme", "port"), [("http", 80), ("https", 443)])
def test_the_address_that_was_checked_is_the_one_that_is_asked(monkeypatch, scheme, port):
    found = [(2, 1, 6, "", (address, port)) for address in ("93.184.215.14", "93.184.215.15")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    asked = []

    def connect(address, timeout):
        asked.append((address, timeout))
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    assert fault_of(f"{scheme}://example.org/") == "no answer: ConnectionRefusedError"
    assert asked == [(("93.184.215.14", port), 10)]


HTTPS = "https://example.org"


@pytest.mark.django_db
def test_the_links_of_a_page_are_all_that_lead_out_of_the_site(make_city, make_practice):
    others = " ".join(
        f'<a href="{address}">A</a>'
        for address in ("/pl/", "mailto:a@b.example", f"{HTTPS}/?a=1&amp;b=2", "http://b.example/")
    )
    city = make_city(website=f"{HTTPS}/w", contact_page=f"{HTTPS}/c", profile_pl=f"<p>{others}</p>")
    city.sources.create(title="A", url=f"{HTTPS}/s", archived_url=f"{HTTPS}/copy")
    city.mentions.create(title="B", url=f"{HTTPS}/m")
    make_practice(city=city).sources.create(title="C", url=f"{HTTPS}/practice")
    assert links_of(city) == {
        *(f"{HTTPS}/{path}" for path in ("w", "c", "s", "copy", "m", "?a=1&b=2")),
        "http://b.example/",
    }


@pytest.mark.parametrize(("length", "is_asked"), [(2000, True), (2001, False)])
@pytest.mark.django_db
def test_an_address_is_asked_up_to_two_thousand_bytes(make_country, length, is_asked):
    country = make_country()
    url = f"{HTTPS}/ą"
    url += "a" * (length - len(url.encode()))
    country.text_pl = f'<p><a href="{url}">A</a></p>'
    assert links_of(country) == ({url} if is_asked else set())


def test_public_addresses_are_public():
    assert is_public("93.184.215.14")
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
