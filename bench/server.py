"""What all trials start: a site in a folder of its own, and servers that end with the trial."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def past_store(path):
    """Return the address of the same page under which none is kept."""
    return f"{path}{'&' if '?' in path else '?'}made=anew"


def get(port, path, headers=()):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=dict(headers))
    response = connection.getresponse()
    response.body = response.read()
    connection.close()
    return response


def wait_for(condition, seconds=60):
    """Return how long a condition took to hold; raise TimeoutError."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"{condition} does not hold after {seconds} seconds.")
        time.sleep(0.02)
    return time.monotonic() - began


def environment_of(folder, port=8000):
    """Return the environment of a site that has all it needs in a folder."""
    environment = os.environ | {
        "VAR_DIR": str(folder),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",  # and none that is in use
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    for name in ("BUILD_DIR", "CACHE_URL"):
        environment.pop(name, None)
    return environment


def manage(environment, *arguments, cwd=ROOT):
    """Run a command of the site and return what it says."""
    command = [PYTHON, "manage.py", *map(str, arguments)]
    run = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(run.stderr)
    return run.stdout


def start(command, environment, log=subprocess.DEVNULL, cwd=ROOT):
    """Start a server in a session of its own, so that all it starts can be ended with it."""
    command = list(map(str, command))
    return subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=log, stderr=log, start_new_session=True
    )


@contextmanager
def running(command, port, path, environment=os.environ, cwd=ROOT):
    """Run a server until the block ends; yield it with the seconds to its first answer."""
    with start(command, environment, cwd=cwd) as server:

        def answers():
            if server.poll() is not None:
                sys.exit(f"It does not start: {' '.join(map(str, command))}")
            try:
                return get(port, path)
            except OSError:
                return False

        try:
            server.first_answer = wait_for(answers)
            yield server
        finally:
            server.terminate()


def site_of(folder, cities):
    """Return the environment of a site with so many cities, made where it is missing.

    0 is the programme itself; any other number is invented. Needs `make setup`.
    """
    var = folder / f"site-{cities or 'programme'}"
    environment = environment_of(var)
    if not (var / "done").exists():
        var.mkdir()
        shutil.copytree(ROOT / "var/static", var / "static")
        size = [f"--cities={cities}", f"--practices={3 * cities}"]
        invented = [["compile_locale"], ["migrate"], ["synthesise_programme", *size]]
        for command in invented if cities else [["prepare"]]:
            manage(environment, *command, "-v0")
        (var / "done").touch()
    return environment


@contextmanager
def serving(environment, workers=1):
    """Serve a site until the block ends; yield its server, which knows its port and address."""
    port = free_port()
    command = [PYTHON, "manage.py", "serve", f"--port={port}", f"--workers={workers}"]
    address = f"http://127.0.0.1:{port}"
    with running(command, port, "/en/", environment | {"SITE_URL": address}) as server:
        server.port, server.address = port, address
        yield server
