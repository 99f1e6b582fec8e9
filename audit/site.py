"""The site, served for the audit alone: by its own server, from a folder that is thrown away."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

import django

PATIENCE = 60  # seconds


@contextmanager
def served():
    """Serve the programme's own content and yield the address; Django here knows the same site."""
    with TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        site = f"http://127.0.0.1:{port}"
        os.environ |= {
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
            "SITE_URL": site,
        }
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "collectstatic", "--noinput", "--verbosity=0"], check=True)  # noqa: S603
        subprocess.run([*manage, "prepare"], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        django.setup()
        probe.close()
        with Path(folder, "log").open("w+") as log:
            server = subprocess.Popen(  # noqa: S603
                [*manage, "serve", "--port", str(port)], stdout=log, stderr=log
            )
            try:
                wait_for(site, server, log)
                yield site
            finally:
                server.terminate()
                server.wait()


def wait_for(site, server, log):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urlopen(f"{site}/robots.txt").close()  # noqa: S310
        except URLError:
            time.sleep(0.2)
        else:
            return
    log.seek(0)
    raise RuntimeError(f"The site does not answer:\n{log.read()}")
