import os
import shutil
import threading
from contextlib import suppress
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.utils import translation
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from precursors.static_files import StaticFiles

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=30_000)  # a machine that has much to do is no fault of a page

# A breach of the content security policy, as a message that `new_context` hears.
TELL_OF_BREACHES = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`${event.violatedDirective} forbids ${event.blockedURI}`));
"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    switches = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
        " --disable-background-networking --disable-component-update"
    )
    without_windows = shutil.which("chromium-headless-shell")  # takes half the time
    return browser_type_launch_args | {
        "executable_path": os.environ.get("CHROMIUM") or without_windows or "/usr/bin/chromium",
        "args": switches.split(),
    }


@pytest.fixture(scope="session")
def django_db_setup(playwright, django_db_setup):
    """Connect after Playwright's loop has started: Django takes another connection then."""


@pytest.fixture(scope="session", autouse=True)
def _plain_static_files_throughout(one_stylesheet):
    """Keep them plain between tests too: a page that is left may still ask for something."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES=settings.STORAGES | {"staticfiles": plain},
        STATICFILES_DIRS=[one_stylesheet, *settings.STATICFILES_DIRS],
    ):
        yield


@pytest.fixture(scope="session")
def one_stylesheet(tmp_path_factory):
    """Return a folder in which the stylesheets are one, as deployed: a page asks for 18 less."""
    folder = tmp_path_factory.mktemp("stylesheet")
    source = FileSystemStorage(settings.BASE_DIR / "static")
    sheets = [f"css/{name}" for name in source.listdir("css")[1]]
    StaticFiles(location=folder).put_together({name: (source, name) for name in sheets})
    return folder


@pytest.fixture(scope="module")
def site(programme, tmp_path_factory):
    """Serve the real programme and return its address; for modules that only read."""
    shared = connections["default"]
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        server = LiveServer("127.0.0.1", start=False)
    server.thread.connections_override = {"default": shared}
    with patch.object(shared, "close"):  # which every request would, at its end
        server.start()
        yield server.url
        server.thread.terminate()  # not stop(), which takes the connection from the last requests


@pytest.fixture(scope="module")
def archive(programme, django_db_blocker, tmp_path_factory, shared_folder):
    """Return an archive of the real programme, below folders of other names; made once."""
    folder = shared_folder / "stare/kopia strony"
    if not folder.exists():
        own = tmp_path_factory.mktemp("archive") / "own"
        plain = {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
        with (
            django_db_blocker.unblock(),
            override_settings(STORAGES=plain, STATIC_ROOT=tmp_path_factory.mktemp("static")),
            translation.override("pl"),
        ):
            call_command("export_archive", own, processes=1, verbosity=0)
        folder.parent.mkdir(exist_ok=True)
        with suppress(OSError):  # another worker was quicker
            own.rename(folder)
    return folder


@pytest.fixture
def faults():
    """What a page must not do, as it happens; who provokes a fault takes it out again."""
    return []


@pytest.fixture
def answered():
    """Take the database from no request: wait for what pages that were closed had asked for."""
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture
def new_context(answered, new_context, request, faults):
    """Make contexts whose pages neither complain nor ask another host for anything."""
    base_url = request.getfixturevalue("site") if "site" in request.fixturenames else None
    contexts, unanswered = [], set()

    def note_request(request):
        unanswered.add(request)
        if urlsplit(request.url).hostname not in (None, "127.0.0.1", "localhost"):
            faults.append(f"asks {request.url}")

    def note_message(message):
        if message.type in ("error", "warning") and "favicon" not in message.location["url"]:
            faults.append(f"{message.type}: {message.text}")

    def make(**options):
        context = new_context(base_url=base_url, **options)
        context.on("request", note_request)
        for end in ("requestfinished", "requestfailed"):
            context.on(end, lambda request: unanswered.discard(request))
        context.on("console", note_message)
        context.on("weberror", lambda error: faults.append(f"throws {error.error}"))
        context.add_init_script(TELL_OF_BREACHES)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        for page in context.pages:
            page.title()  # waits for what the page still has to tell
            for _ in range(100):  # the database is not taken from a request that is being answered
                if unanswered:
                    page.wait_for_timeout(20)
    assert faults == []


@pytest.fixture
def no_javascript(new_context):
    return new_context(java_script_enabled=False)
