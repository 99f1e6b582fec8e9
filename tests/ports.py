"""Ports for what a test starts."""

import random
import socket
from contextlib import suppress


def free_port():
    """Return a port on which nobody listens, from below those that any connection is given."""
    while True:
        port = random.randrange(20_000, 32_000)  # noqa: S311
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
