"""Whether the workers answer: those that hang are ended, and granian starts others.

Asked over the network, as a proxy asks: that a process is there proves nothing.
"""

import logging
import os
import socket
import time
from http.client import HTTPConnection, HTTPException
from multiprocessing import active_children

log = logging.getLogger(__name__)

PAUSE = 2  # seconds between two questions
SILENCE = 25  # seconds without an answer: a worker full of long imports is not hung
START = 35  # seconds more for workers that have just been started


def watch(host, port):
    """Ask the workers of this process at an address for ever, and tell systemd of answers."""
    heard, told = time.monotonic() + START, "READY=1"
    while True:
        if answers(host, port):
            heard = time.monotonic()
            tell_systemd(told)
            told = "WATCHDOG=1"
        elif time.monotonic() - heard > SILENCE:
            log.error("Nothing was answered for %s seconds: the workers end.", SILENCE)
            for worker in active_children():
                worker.kill()
            heard = time.monotonic() + START
        time.sleep(PAUSE)


def answers(host, port):
    connection = HTTPConnection(host, port, timeout=PAUSE)
    try:
        connection.request("GET", "/healthz", headers={"Connection": "close"})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def tell_systemd(state):
    """Send a state (man sd_notify), where systemd waits for one."""
    if address := os.environ.get("NOTIFY_SOCKET"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
            systemd.sendto(state.encode(), address.replace("@", "\0", 1))
