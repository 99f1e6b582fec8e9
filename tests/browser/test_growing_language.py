"""A further language grows up in private: added, half translated, opened and closed again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import polib
import pytest
from playwright.sync_api import expect
from ports import free_port

FILL = """
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django_otp.plugins.otp_static.models import StaticDevice
from cities.models import City, Country

call_command("compile_locale", verbosity=0)
call_command("migrate", verbosity=0)
country = Country.objects.create(code="pl", name_pl="Polska", name_en="Poland")
City.objects.create(
    country=country, slug="lodz", name_pl="Łódź", name_en="Lodz", role="precursor",
    latitude=51, longitude=20, status="published",
)
editor = User.objects.create_superuser("editor")
session = SessionStore()
session["_auth_user_id"], session["_auth_user_hash"] = editor.pk, editor.get_session_auth_hash()
session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
session["otp_device_id"] = StaticDevice.objects.create(user=editor).persistent_id
session.create()
print(session.session_key)
"""
WORDS = {"Cities": "Városok", "Practices": "Gyakorlatok", "cities/": "varosok/"}


def translate_half(path):
    """Fill in every other text, and those that the test looks at; “Topics” stays English."""
    catalogue = polib.pofile(str(path))
    for number, entry in enumerate(catalogue):
        if entry.msgid in WORDS:
            entry.msgstr = WORDS[entry.msgid]
        elif number % 2 and entry.msgctxt != "address" and entry.msgid != "Topics":
            entry.msgstr = "" if entry.msgid_plural else f"Magyar {entry.msgid}"
            for form in entry.msgstr_plural:
                entry.msgstr_plural[form] = f"Magyar {entry.msgid_plural}"
    catalogue.save()


@pytest.fixture
def serving(copy, settings, tables, tmp_path):
    """Serve the copy of the site with languages, as a server would; give its address."""
    (tmp_path / "var/static").symlink_to(settings.BASE_DIR / "var/static")
    port = free_port()
    address = f"http://127.0.0.1:{port}"

    @contextmanager
    def serving(**languages):
        server = subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"],
            cwd=copy,
            env={"VAR_DIR": str(tmp_path / "var"), "SITE_URL": address, **languages},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            for _ in range(300):
                with socket.socket() as trial:
                    if trial.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield address
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()

    return serving


@pytest.mark.long
def test_a_language_is_added_half_translated_opened_and_closed_again(
    manage, copy, serving, new_context, faults
):
    manage("add_language", "hu")
    translate_half(copy / "locale/hu/LC_MESSAGES/django.po")
    open_to_all = {"MORE_LANGUAGES": "hu"}
    hidden = open_to_all | {"HIDDEN_LANGUAGES": "hu"}
    key = manage("shell", "--no-imports", "--command", FILL, **open_to_all).split()[-1]
    visitor, staff = new_context().new_page(), new_context(locale="en-GB").new_page()
    switch = visitor.get_by_role("link", name="Magyar")

    def expect_hidden(address):
        visitor.goto(f"{address}/pl/miasta/")
        expect(switch).to_have_count(0)
        assert visitor.goto(f"{address}/hu/varosok/").status == 404
        faults.clear()  # the browser complains of the 404

    with serving(**hidden) as address:
        expect_hidden(address)
        cookie = {"name": "session", "value": key, "url": address}
        staff.context.add_cookies([cookie])
        assert staff.goto(f"{address}/hu/varosok/").status == 200
        expect(staff.get_by_role("heading", level=1)).to_have_text("Városok")
        staff.goto(f"{address}/admin/cities/city/translations/")
        expect(staff.get_by_text("of the words of the site")).to_contain_text(
            re.compile(r"\b(4\d|50)%")
        )

    with serving(**open_to_all) as address:
        visitor.goto(f"{address}/pl/miasta/")
        switch.click()
        expect(visitor).to_have_url(f"{address}/hu/varosok/")
        expect(visitor.get_by_role("heading", level=1)).to_have_text("Városok")
        menu = visitor.get_by_role("banner").get_by_role("link")
        language = "element => element.closest('[lang]').lang"
        assert menu.filter(has_text="Gyakorlatok").first.evaluate(language) == "hu"
        assert menu.filter(has_text="Topics").first.evaluate(language) == "en"

    with serving(**hidden) as address:
        expect_hidden(address)
