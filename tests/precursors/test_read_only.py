"""The site runs from a folder in which nobody may write: all that it writes is in VAR_DIR."""

import json

SCRIPT = """
import json, os, sys
sys.dont_write_bytecode = True
written = set()

def note(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if isinstance(path, str) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            written.add(os.path.abspath(path))
    elif event in EVENTS:
        written.update(os.path.abspath(path) for path in arguments[:2] if isinstance(path, str))

EVENTS = {"os.mkdir", "os.rename", "os.link", "os.symlink", "os.chmod", "os.utime"}
EVENTS |= {"sqlite3.connect", "tempfile.mkstemp", "tempfile.mkdtemp"}
sys.addaudithook(note)

import django; django.setup()
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.core.files.storage.FileSystemStorage"
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
call_command("compile_locale", verbosity=0)
connection.ensure_connection()
for name in settings.CACHES:
    caches[name].set("a", 1)
client = Client(SERVER_NAME="127.0.0.1")
answers = [client.get(path).status_code for path in ("/en/about/", "/pl/x/")]
print(json.dumps([answers, sorted(written)]))
"""


def test_nothing_is_written_beside_the_sites_own_folder(python, settings, tmp_path):
    run = python("-c", SCRIPT, DJANGO_SETTINGS_MODULE="precursors.settings")
    assert run.returncode == 0, run.stderr
    answers, written = json.loads(run.stdout.splitlines()[-1])
    assert answers == [200, 404]
    assert [path for path in written if path.startswith(f"{settings.BASE_DIR}/")] == []
    assert {path.split("/")[-1] for path in written} >= {"site.sqlite3", "django.mo", "secret_key"}
