"""A throw-away installation for trials: its own folder, database, cache, processes and ports."""

import glob
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from html.parser import HTMLParser
from http.cookiejar import Cookie, CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import server
from server import PYTHON, ROOT, environment_of, wait_for

PORT = int(os.environ.get("PORT", "8500"))  # the first of ten
MAKE_EDITOR = """
from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice
from cities.models import Country

anna = User.objects.create(username="anna", is_staff=True)
anna.groups.set(Group.objects.filter(name="publisher"))  # whose saves go live at once
anna.countries.set(Country.objects.all())
device = StaticDevice.objects.create(user=anna, name="recovery")
for _ in range(20):
    client = Client()
    client.force_login(anna, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    print(session.session_key)
"""


class Installation:
    """Web processes at `port + 1`, `port + 2` …, their database and their cache."""

    def __init__(self, database, port=PORT):
        self.folder = Path(tempfile.mkdtemp(prefix="precursors-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.var, self.port, self.processes = self.folder / "var", port, {}
        self.release = ROOT
        self.environment = environment_of(self.var, port)
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
        return server.manage(self.environment | environment, *arguments, cwd=self.release)

    def prepare(self):
        """Make all that is served, and editors who have logged in; needs `make setup`."""
        shutil.copytree(ROOT / "var/static", self.var / "static")
        (self.folder / "static").symlink_to(self.var / "static")
        self.manage("prepare")
        self.make_editors()

    def lay(self, revision):
        """Lay a release beside those before it, as deploy/release does: the next to be started."""
        self.release = self.folder / "releases" / revision
        self.release.mkdir(parents=True)
        archive = subprocess.run(
            ["git", "archive", revision], cwd=ROOT, stdout=subprocess.PIPE, check=True
        )
        subprocess.run(["tar", "-x", "-C", self.release], input=archive.stdout, check=True)
        self.environment["BUILD_DIR"] = "build"
        self.manage("collectstatic", "--noinput", "-v0")
        self.manage("prepare")
        built = self.release / "build/static"
        if not built.exists():  # of a release from before there was a BUILD_DIR
            built = self.var / "static"
        subprocess.run(["cp", "-ru", f"{built}/.", self.folder / "static"], check=True)

    def make_editors(self):
        self.sessions = self.manage("shell", "-c", MAKE_EDITOR).split()[-20:]

    def start(self, name, *command, **environment):
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = server.start(
                command, self.environment | environment, log, self.release
            )

    def start_web(self, number=1, workers=1, **environment):
        """Start a web process and wait until it is ready."""
        port = self.port + number
        command = ("manage.py", "serve", "--port", port, "--workers", workers)
        self.start(f"web{number}", PYTHON, *command, **environment)
        wait_for(lambda: self.ask("/readyz", port=port).status == 200)

    def start_cache(self):
        port = self.port + 9
        self.environment["CACHE_URL"] = f"redis://127.0.0.1:{port}/5"
        self.start("redis", "redis-server", "--port", port, "--save", "", "--dir", self.folder)
        time.sleep(0.5)

    def start_nginx(self):
        """Start nginx with the example of deploy/, but for names, ports and folders."""
        text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
        for ours, theirs in {
            "listen 80": f"listen 127.0.0.1:{self.port}",
            "listen 443": f"listen 127.0.0.1:{self.port + 7}",
            "/var/log/nginx": f"{self.folder}",
            "server_name example.org;": f"server_name 127.0.0.1 localhost; {self.tls()}",
            "/srv/precursors/current": f"{ROOT}",
            "/srv/precursors": f"{self.folder}",
            ":8001": f":{self.port + 1}",
            ":8002": f":{self.port + 2}",
        }.items():
            text = text.replace(ours, theirs)
        path = self.folder / "nginx.conf"
        path.write_text(
            f"pid {self.folder}/nginx.pid; error_log {self.folder}/nginx-error.log;\n"
            f"daemon off; events {{}} http {{ include /etc/nginx/mime.types;\n{text}\n}}\n",
            encoding="utf-8",
        )
        self.start("nginx", shutil.which("nginx", path="/usr/sbin:/usr/bin"), "-c", path)
        wait_for(lambda: self.ask("/healthz").status == 404)

    def tls(self):
        """Return what certbot adds to nginx.conf, for a certificate that nobody knows."""
        path = self.folder / "certificate"
        command = "openssl req -x509 -nodes -newkey rsa:2048 -subj /CN=localhost -keyout"
        subprocess.run(
            [*command.split(), f"{path}.key", "-out", path], check=True, stderr=subprocess.DEVNULL
        )
        listen = f"listen 127.0.0.1:{self.port + 7} ssl"
        return f"{listen}; ssl_certificate {path}; ssl_certificate_key {path}.key;"

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
                pids = [process.pid, *self.workers(name)]
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
            response = (opener or build_opener()).open(Request(url, body, headers), timeout=60)
        except HTTPError as error:
            response = error
        except (URLError, OSError):
            return NoResponse
        try:
            response.text = response.read().decode("utf-8", "replace")
        except OSError:
            return NoResponse
        return response

    def editor(self):
        """Return an opener of somebody who has logged in."""
        jar, key = CookieJar(), self.sessions.pop()
        place = ("127.0.0.1", False, False, "/", True)
        jar.set_cookie(
            Cookie(0, "session", key, None, False, *place, False, None, True, None, None, {})
        )
        return build_opener(HTTPCookieProcessor(jar))

    def workers(self, name):
        """Return the ids of what a process has started."""
        return [int(pid) for pid in _children(self.processes[name].pid)]

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


def with_photo(editor, url, content, **changes):
    """Open a form, add a photo, send it, and return the answer."""
    photo = {
        "photos-TOTAL_FORMS": "1",
        "photos-0-alt_pl": "Plac",
        "photos-0-alt_en": "A square",
        "photos-0-credit": "A",
        "photos-0-licence": "CC0",
        "photos-0-position": "0",
    }
    sent = Form(editor(url).text).data | photo | changes
    return editor(url, data=sent, files={"photos-0-image": ("photo.png", content)})


def tried(editor, name, content):
    """Return what the trial of a table of cities answers."""
    url = "/admin/cities/city/import/"
    data = Form(editor(url).text).data | {"format": "0", "resource": "0"}
    return editor(url, data=data, files={"import_file": (name, content)})
