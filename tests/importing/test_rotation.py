import signal
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from cities.importing import backups, rotation

TODAY = date(2026, 11, 28)  # a Saturday

# A backup that is killed once its rows are written.
KILLED = """
import os, signal, django; django.setup()
from pathlib import Path
from cities.importing import backups
backups.uploads = lambda: os.kill(os.getpid(), signal.SIGKILL)
backups.write(Path(os.environ["VAR_DIR"], "site.zip"))
"""


def every_night(nights):
    """Return the days that stay when each night's backup is followed by a rotation."""
    days = set()
    for age in reversed(range(nights)):
        days = rotation.kept(days | {TODAY - timedelta(age)})
    return sorted(days, reverse=True)


def test_of_three_years_of_nights_days_weeks_and_months_stay():
    assert [str(day) for day in every_night(1100)] == [
        *("2026-11-28", "2026-11-27", "2026-11-26", "2026-11-25", "2026-11-24", "2026-11-23"),
        *("2026-11-22", "2026-11-15", "2026-11-08", "2026-10-31", "2026-09-30", "2026-08-31"),
        *("2026-07-31", "2026-06-30", "2026-05-31", "2026-04-30", "2026-03-31", "2026-02-28"),
        *("2026-01-31", "2025-12-31"),
    ]
    assert every_night(1) == [TODAY]


@pytest.mark.django_db(transaction=True)
def test_a_nights_backup_is_verified_and_others_make_room(tmp_path, monkeypatch, make_city):
    folder = tmp_path / "backups"
    folder.mkdir()
    nights = [f"site-2020-01-0{day}.zip" for day in range(1, 10)]
    for name in [*nights, "site-before.zip", "notes.txt"]:
        (folder / name).touch()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *moment: TODAY)
    make_city()
    call_command("backup", folder, verbosity=0)
    call_command("backup", folder, verbosity=0)  # once more on the same day
    left = {"site-2026-11-28.zip", *nights[3:], "site-before.zip", "notes.txt"}
    assert {path.name for path in folder.iterdir()} == left
    made = folder / "site-2026-11-28.zip"
    assert made.stat().st_mode & 0o777 == 0o600
    assert backups.verify(made)["rows"] > 0


@pytest.mark.usefixtures("tables")
def test_a_backup_that_is_killed_leaves_nothing(python, tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {"DJANGO_SETTINGS_MODULE": "precursors.settings", "TMPDIR": str(temporary)}
    python("manage.py", "migrate", "-v0", **environment)
    before = files(tmp_path)
    assert python("-c", KILLED, **environment).returncode == -signal.SIGKILL
    assert files(tmp_path) == before


def files(folder):
    return {path for path in folder.rglob("*") if not path.name.startswith("site.sqlite3")}
