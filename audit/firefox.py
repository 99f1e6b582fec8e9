"""Debian's Firefox, by WebDriver BiDi."""

import json
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from itertools import count
from tempfile import TemporaryDirectory

from websocket import create_connection

NAME = "firefox-esr"
PATIENCE = 30  # seconds
is_here = bool(shutil.which(NAME))


class Page:
    """The one page of a browser to which there is a connection."""

    def __init__(self, connection):
        self.socket = connection
        self.numbers = count(1)
        self.ask("session.new", capabilities={})
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method, **parameters):
        """Return the result of a command. Raise RuntimeError where it fails."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self.socket.recv())).get("id") != number:
            pass  # an event
        if answer["type"] == "error":
            raise RuntimeError(answer["message"])
        return answer["result"]

    def go(self, url):
        self.ask("browsingContext.navigate", context=self.context, url=url, wait="interactive")

    def run(self, script):
        """Return the plain value of an expression, or None where it throws."""
        target = {"context": self.context}
        asked = {"expression": script, "target": target, "awaitPromise": False}
        return self.ask("script.evaluate", **asked).get("result", {}).get("value")

    def until(self, script):
        """Wait for an expression to be true, and return whether it came to be."""
        deadline = time.monotonic() + PATIENCE
        while not (is_so := self.run(f"Boolean({script})")) and time.monotonic() < deadline:
            time.sleep(0.1)
        return is_so


@contextmanager
def firefox():
    """Open a page in a browser of its own."""
    with TemporaryDirectory() as profile, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [NAME, "--headless", "--no-remote", "--profile", profile]
        command += ["--remote-debugging-port", str(port)]
        quiet = subprocess.DEVNULL
        browser = subprocess.Popen(command, stdout=quiet, stderr=quiet)  # noqa: S603
        try:
            yield Page(connected(f"ws://127.0.0.1:{port}/session"))
        finally:
            browser.terminate()
            browser.wait()


def connected(address):
    """Return a connection to a browser that has just been started."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return create_connection(address, suppress_origin=True, timeout=PATIENCE)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
