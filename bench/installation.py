"""A throw-away installation for trials: its own folder, database, cache, processes and ports."""

import glob
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

ROOT = Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("PORT", "8500"))  # the first of ten
PASSWORD = "krolowa-korona-1"
MAKE_EDITOR = """
from django.contrib.auth.models import Group, User
from cities.models import Country

User.objects.update(is_superuser=False)
User.objects.get().groups.set(Group.objects.filter(name="editor"))
User.objects.get().countries.set(Country.objects.all())
"""


def wait_for(condition, seconds=30):
    """Return how long a condition took to hold; raise TimeoutError."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"{condition} does not hold after {seconds} seconds.")
        time.sleep(0.05)
    return time.monotonic() - began


class Installation:
    """Web processes at `port + 1`, `port + 2` …, their database and their cache."""

    def __init__(self, database, port=PORT):
        self.folder = Path(tempfile.mkdtemp(prefix="precursors-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.var, self.port, self.processes = self.folder / "var", port, {}
        self.environment = os.environ | {
            "VAR_DIR": str(self.var),
            "SITE_URL": f"http://127.0.0.1:{port}",
            "DATABASE_URL": f"sqlite:///{self.var}/site.sqlite3",  # and none that is in use
            "SECOND_FACTOR": "publishers",  # the editor at work here has a password alone
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.environment.pop("CACHE_URL", None)
        self.cluster = self.folder / "postgresql"
        if database == "postgresql":
            self.environment["DATABASE_URL"] = f"postgres://postgres@127.0.0.1:{port + 8}/postgres"
            self._postgresql("initdb", "-A", "trust", "-U", "postgres", "-D", self.cluster)
            self.start_database()

    def _postgresql(self, program, *arguments):
        (folder, *_older) = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
        command = [f"{folder}/{program}", *map(str, arguments)]
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            self.cluster.mkdir(exist_ok=True)
            shutil.chown(self.cluster, "postgres")
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def start_database(self):
        options = f"-p {self.port + 8} -k {self.cluster} -c fsync=off -c listen_addresses=127.0.0.1"
        log = self.cluster / "log"
        self._postgresql("pg_ctl", "start", "-w", "-D", self.cluster, "-l", log, "-o", options)

    def stop_database(self):
        self._postgresql("pg_ctl", "stop", "-m", "immediate", "-D", self.cluster)

    def manage(self, *arguments, **environment):
        """Run a command of the site and return what it says."""
        run = subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
        )
        if run.returncode:
            raise RuntimeError(run.stderr)
        return run.stdout

    def prepare(self):
        """Make all that is served, and the account of an editor; needs `make setup`."""
        shutil.copytree(ROOT / "var/static", self.var / "static")
        self.manage("prepare")
        self.manage(
            *("createsuperuser", "--noinput", "--username", "anna", "--email", ""),
            DJANGO_SUPERUSER_PASSWORD=PASSWORD,
        )
        self.manage("shell", "-c", MAKE_EDITOR)

    def start(self, name, *command, **environment):
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            list(map(str, command)),
            cwd=ROOT,
            env=self.environment | environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def start_web(self, number=1, workers=1, **environment):
        """Start a web process and wait until it is ready."""
        port = self.port + number
        command = ("manage.py", "serve", "--port", port, "--workers", workers)
        self.start(f"web{number}", sys.executable, *command, **environment)
        wait_for(lambda: self.ask("/readyz", port=port).status == 200)

    def start_cache(self):
        port = self.port + 9
        self.environment["CACHE_URL"] = f"redis://127.0.0.1:{port}/5"
        self.start("redis", "redis-server", "--port", port, "--save", "", "--dir", self.folder)
        time.sleep(0.5)

    def start_nginx(self):
        """Start nginx with the example of deploy/, but for names, ports and folders."""
        text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
        for number in (1, 2):
            text = text.replace(f"127.0.0.1:800{number}", f"127.0.0.1:{self.port + number}")
        text = text.replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        text = text.replace("/var/log/nginx/precursors.log", f"{self.folder}/access.log")
        text = text.replace("server_name example.org", "server_name 127.0.0.1")
        text = text.replace("/srv/precursors/site", str(ROOT))
        text = re.sub(r"Host \$host;", "Host $http_host;", text)  # it has a port here
        path = self.folder / "nginx.conf"
        path.write_text(
            f"pid {self.folder}/nginx.pid; error_log {self.folder}/nginx-error.log;\n"
            f"daemon off; events {{}} http {{\n{text}\n}}\n",
            encoding="utf-8",
        )
        self.start("nginx", shutil.which("nginx", path="/usr/sbin:/usr/bin"), "-c", path)
        wait_for(lambda: self.ask("/healthz").status == 200)

    def take_database(self):
        if self.cluster.exists():
            self.stop_database()
        else:
            for path in self.var.glob("site.sqlite3*"):
                path.rename(self.folder / path.name)
            (self.var / "site.sqlite3").mkdir()  # so that none is made in its place

    def give_database(self):
        if self.cluster.exists():
            self.start_database()
        else:
            (self.var / "site.sqlite3").rmdir()
            for path in self.folder.glob("site.sqlite3*"):
                path.rename(self.var / path.name)

    def stop(self, name, how=signal.SIGTERM):
        """End a process, and with SIGKILL all that it has started."""
        process = self.processes.pop(name)
        if how == signal.SIGKILL:
            os.killpg(process.pid, how)
        else:
            process.send_signal(how)
        process.wait(60)

    def memory(self):
        """Return the megabytes that the web processes hold for themselves."""
        total = 0
        for name, process in self.processes.items():
            if name.startswith("web"):
                pids = [process.pid, *map(int, _children(process.pid))]
                for pid in pids:
                    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
                    total += sum(map(int, re.findall(r"Private_\w+: +(\d+)", rollup)))
        return total / 1024

    def ask(self, path, port=None, opener=None, data=None, files=None, **headers):
        """Return the response to a request; status 0 where there is none.

        `data` is posted as a form; `files` are {field: (name, content)}.
        """
        url = f"http://127.0.0.1:{port or self.port}{path}"
        headers = {"Host": f"127.0.0.1:{self.port}", "Accept-Language": "en"} | headers
        body = None
        if files:
            body, headers["Content-Type"] = _multipart(data, files)
        elif data is not None:
            body = urlencode(data).encode()
        try:
            response = (opener or build_opener()).open(Request(url, body, headers), timeout=20)
        except HTTPError as error:
            response = error
        except (URLError, OSError):
            return NoResponse
        try:
            response.text = response.read().decode("utf-8", "replace")
        except OSError:
            return NoResponse
        return response

    def editor(self, port=None):
        """Return an opener of somebody who has logged in."""
        opener = build_opener(HTTPCookieProcessor(CookieJar()))
        form = self.ask("/admin/login/", port, opener).text
        data = {"username": "anna", "password": PASSWORD, "csrfmiddlewaretoken": _token(form)}
        self.ask("/admin/login/?next=/healthz", port, opener, data)
        return opener

    def remove(self):
        for name in list(self.processes):
            self.stop(name, signal.SIGKILL)
        if self.cluster.exists():
            with suppress(subprocess.CalledProcessError):  # a trial has stopped it
                self.stop_database()
        shutil.rmtree(self.folder, ignore_errors=True)


class NoResponse:
    status, url, text, headers = 0, "", "", {}


def _children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()


def _multipart(data, files):
    """Return (body, content type) of a form with files."""
    parts = [(f'name="{name}"', str(value).encode()) for name, value in data.items()]
    for field, (name, content) in files.items():
        parts.append((f'name="{field}"; filename="{name}"', content))
    body = b"".join(
        b"--limit\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (head.encode(), content)
        for head, content in parts
    )
    return body + b"--limit--\r\n", "multipart/form-data; boundary=limit"


def _token(html):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[1]


class Form(HTMLParser):
    """What a browser would send of the main form of a page of the admin."""

    def __init__(self, html):
        super().__init__()
        self.data, self._select, self._text = {}, None, None
        self.feed(html[html.index('id="content"') :])

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        name, kind = attributes.get("name"), attributes.get("type")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in attributes:
            self.data[self._select] = attributes.get("value", "")
        elif tag == "textarea":
            self._text = name
            self.data[name] = ""
        elif tag == "input" and name and kind not in ("submit", "file"):
            is_box = kind in ("checkbox", "radio")
            if not is_box or "checked" in attributes:
                self.data[name] = attributes.get("value", "on" if is_box else "")

    def handle_data(self, data):
        if self._text:
            self.data[self._text] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._text = None
        if tag == "select":
            self._select = None
