"""Links that lead out of the site: which there are, and whether somebody answers.

Editors type addresses, and a server that asks them can be made to ask its own network. So every
hop is looked up here, must lead to a public address, and the very address that was checked is
the one that is asked.
"""

import re
import socket
import ssl
from contextlib import suppress
from html import unescape
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address, ip_network
from itertools import chain
from threading import Timer
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import models
from django.utils.encoding import iri_to_uri

from ..text.rich_text import RichTextField

PORTS = {"http": 80, "https": 443}
MOST_HOPS = 5
LONGEST = 2000  # bytes: what servers take, and an index of PostgreSQL
PATIENCE = 10  # seconds for a connection, and as many again for its answer
GONE = {404, 410}
# Of IPv6 only this is handed out to hosts of the internet.
UNICAST = ip_network("2000::/3")
# Blocks therein, and of IPv4, kept for other ends: protocols, tunnels, examples.
RESERVED = [
    ip_network(block)
    for block in ("2001::/23", "2002::/16", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24")
]
ISATAP = 0x5EFE  # such an address ends in one of IPv4, which may be anything


class LinkError(Exception):
    """Why a link leads nowhere."""


def links_of(page):
    """Return the addresses outside the site to which a page and its parts lead."""
    found = set()
    for record in (page, *chain.from_iterable(getattr(page, name).all() for name in linked(page))):
        for field in record._meta.fields:
            if isinstance(field, models.URLField):
                found.add(getattr(record, field.name))
            elif isinstance(field, RichTextField):
                found.update(re.findall(r'href="([^"]+)"', getattr(record, field.name)))
    found = {unescape(url) for url in found if url.startswith(("http://", "https://"))}
    return {url for url in found if len(url.encode()) <= LONGEST}


def linked(kind):
    """Return the names of the parts of a page, or of a kind of pages, that lead elsewhere."""
    return [name for name in ("sources", "mentions") if name in kind.parts]


def is_public(address):
    """Return whether an IP address is one of the open internet."""
    ip = ip_address(address)
    if not ip.is_global or ip.is_multicast or any(ip in block for block in RESERVED):
        return False
    is_isatap = int(ip) >> 32 & 0xFDFFFFFF == ISATAP
    return ip.version == 4 or (ip in UNICAST and not is_isatap)


def public_address(host, port):
    """Return (IP address, port) to ask for a host. Raise LinkError unless all of it is public."""
    if port not in PORTS.values():
        raise LinkError(f"port {port}")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise LinkError("unknown host") from error
    addresses = [address[0] for *_kind, address in found]
    if not all(is_public(address) for address in addresses):
        raise LinkError("not a public address")
    return addresses[0], port


def status_of(url, locate):
    """Return (status, where it redirects or None) of one address; nothing but headers is read."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise LinkError("not an address")
    usual = PORTS[parts.scheme]
    name, port = parts.hostname.encode("idna").decode(), parts.port or usual
    connection = HTTPConnection(name, port)
    connection.default_port = usual  # which its Host leaves out
    connection.sock = socket.create_connection(locate(name, port), timeout=PATIENCE)
    # A host that sends a letter every few seconds would otherwise hold us for ever.
    alarm = Timer(PATIENCE, cut_off, [connection])
    alarm.start()
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=name)
        path = iri_to_uri(parts._replace(scheme="", netloc="", fragment="").geturl()) or "/"
        agent = f"link checker of {settings.SITE_URL}"
        connection.request("GET", path, headers={"User-Agent": agent})
        answer = connection.getresponse()
        return answer.status, answer.headers["Location"]
    finally:
        alarm.cancel()
        connection.close()


def cut_off(connection):
    with suppress(OSError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def fault_of(url, locate=public_address):
    """Return what is wrong with a link, blank where it leads somewhere.

    A site that turns checkers away (403, 429, 5xx) is taken to be there. `locate` looks up hosts;
    tests give another one, whose town is this machine.
    """
    try:
        for _hop in range(MOST_HOPS):
            status, target = status_of(url, locate)
            if status not in (301, 302, 303, 307, 308) or not target:
                return str(status) if status in GONE else ""
            url = urljoin(url, target)
    except LinkError as error:
        return str(error)
    except (OSError, HTTPException, ValueError) as error:
        return f"no answer: {type(error).__name__}"
    return "too many redirects"
