"""The drill: load, edit, back up, destroy, restore, and compare every row and every file."""

import errno
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

import psycopg
import pytest
from backup_files import PASSWORD, destroy, every_file, every_row, resealed
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models.signals import post_migrate

from cities.importing import backups
from cities.models import City, Country, Photo


@pytest.mark.database
def test_everything_comes_back_as_it_was(site, file):
    rows, files = every_row(), every_file(site.MEDIA_ROOT)
    assert files
    assert {table for table, found in rows.items() if found} >= {
        "cities_city", "cities_photo", "cities_citywords", "auth_group_permissions",
        "auth_user_groups", "auth_user_user_permissions", "django_admin_log",
    }  # fmt: skip
    destroy(site)
    assert not City.objects.exists()
    assert not User.objects.exists()
    call_command("restore", file, verbosity=0)
    assert every_row() == rows
    assert every_file(site.MEDIA_ROOT) == files
    assert User.objects.get().check_password(PASSWORD)
    assert Country.objects.create(code="de", name_pl="Niemcy").pk  # keys go on where they ended


def test_uploads_keep_their_modes(site, tmp_path):
    upload = Path(Photo.objects.get().image.path)
    upload.chmod(0o640)
    call_command("backup", tmp_path / "site.zip", verbosity=0)
    destroy(site)
    call_command("restore", tmp_path / "site.zip", verbosity=0)
    assert upload.stat().st_mode & 0o777 == 0o640


@pytest.mark.database
@pytest.mark.skipif("sqlite" in connection.vendor, reason="the other database is SQLite")
def test_a_backup_goes_from_one_database_to_another_and_back(site, file, python, tmp_path):
    other = tmp_path / "other.zip"
    script = f"""
import django; django.setup()
from django.core.management import call_command
call_command("restore", "{file}")
call_command("backup", "{other}")
"""
    run = python("-c", script, DJANGO_SETTINGS_MODULE="precursors.settings")  # on SQLite
    assert (run.returncode, run.stderr) == (0, ""), run.stderr
    rows, files = every_row(), every_file(site.MEDIA_ROOT)
    destroy(site)
    call_command("restore", other, verbosity=0)
    assert every_row() == rows
    assert every_file(site.MEDIA_ROOT) == files
    data = [zipfile.ZipFile(path).read("data.jsonl") for path in (file, other)]
    assert data[0] == data[1]


def test_a_whole_file_is_told_as_such(file, capsys):
    call_command("verify", file)
    assert f"{file} is whole: " in capsys.readouterr().out
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert set(manifest["sha256"]) == set(archive.namelist()) - {"manifest.json"}


def damaged(whole):
    """Yield a file cut off, added to, empty, another, and with one bit turned here and there."""
    yield from (whole[: len(whole) // 2], whole[:-1], whole + b"\0", b"", b"\xff\xd8\xff" * 100)
    for place in range(0, len(whole), len(whole) // 97):
        yield whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]


def test_a_damaged_file_is_refused_before_anything_is_touched(site, file):
    whole = file.read_bytes()
    destroy(site)
    emptied = every_row()  # but for the roles, which every new site has
    for content in damaged(whole):
        file.write_bytes(content)
        for command in ("verify", "restore"):
            with pytest.raises(CommandError, match="is no backup"):
                call_command(command, file)
    assert every_row() == emptied
    assert not site.MEDIA_ROOT.exists()


def test_a_backup_of_a_later_version_is_refused(left):
    later = ["cities.0099_later", "blog.0001_initial", "nonsense"]
    resealed(left, manifest=lambda told: told | {"migrations": [*told["migrations"], *later]})
    with pytest.raises(CommandError, match=r"blog\.0001_initial, cities\.0099_later, nonsense"):
        call_command("restore", left)
    assert not City.objects.exists()


UPGRADE = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from cities.models import City, Indicator, Photo
from django.contrib.auth.models import User
call_command({first!r}, verbosity=0)
call_command("restore", {file!r}, verbosity=0)
call_command("migrate", check_unapplied=True, verbosity=0)
city, anna = City.objects.get(), User.objects.get()
print(city.name_pl, city.changed_on, city.practices.get().title_en, Indicator.objects.get().value)
print(city.search_texts.count(), Photo.objects.get().image.size)
print(anna.groups.get(), anna.countries.get().code, anna.user_permissions.get().codename)
print(anna.check_password("korona-krolow"), anna.logentry_set.get().change_message)
new = City(country=city.country, name_pl="Nowe", latitude=1, longitude=1)
new.save()
print(new.pk > city.pk)
"""
UPGRADED = """Wzorowo 2020-01-31 Musterdeed 1.500
2 99
editor pl view_group
True Nazwa
True
"""


@pytest.mark.long
@pytest.mark.database
@pytest.mark.parametrize("first", ["check", "migrate"])  # nothing there, or the newest tables
def test_a_backup_of_an_older_release_is_brought_up_to_date(
    python, empty_database, make_tables, tmp_path, first
):
    if first == "migrate":
        make_tables(tmp_path / "var")
    file = str(Path(__file__).with_name("eight_migrations.zip"))
    script = UPGRADE.format(file=file, first=first)
    run = python("-c", script, DJANGO_SETTINGS_MODULE="precursors.settings", **empty_database)
    assert (run.stdout[-len(UPGRADED) :], run.returncode) == (UPGRADED, 0), run.stderr


@pytest.fixture
def empty_database():
    """Return the environment of a process with an empty database of the kind that is tested."""
    if connection.vendor == "sqlite":
        yield {}
        return
    told = connection.settings_dict
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/older_release".format(**told)
    where = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"]}
    with psycopg.connect(
        dbname="postgres", autocommit=True, password=told["PASSWORD"], **where
    ) as server:
        server.execute("DROP DATABASE IF EXISTS older_release")
        server.execute("CREATE DATABASE older_release")
        yield {"DATABASE_URL": url}
        server.execute("DROP DATABASE older_release WITH (FORCE)")


def test_a_site_in_use_is_not_written_over(site, file):
    rows = every_row()
    with pytest.raises(CommandError, match=r"Nothing was restored\. The database has"):
        call_command("restore", file)
    assert every_row() == rows
    call_command("flush", interactive=False, verbosity=0)
    emptied = every_row()
    reason = rf"Nothing was restored\. There are uploads in {site.MEDIA_ROOT} already\."
    with pytest.raises(CommandError, match=reason):
        call_command("restore", file)
    assert every_row() == emptied


@pytest.mark.parametrize("fitting", [0, 1])
def test_a_restore_that_fails_half_way_leaves_nothing(site, file, monkeypatch, fitting):
    written, save = [], FileSystemStorage._save

    def full(self, name, content):
        if len(written) == fitting:
            raise OSError(28, "No space left on device")
        written.append(name)
        return save(self, name, content)

    destroy(site)
    emptied = every_row()
    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(CommandError, match=r"Nothing was restored\. .*No space left on device"):
        call_command("restore", file)
    assert every_row() == emptied
    assert len(written) == fitting
    assert every_file(site.MEDIA_ROOT.parent / "media") == {}


def test_a_restore_of_which_the_upgrade_fails_leaves_nothing(site, file):
    def fails(**kwargs):
        raise OSError("The upgrade failed.")

    destroy(site)
    post_migrate.connect(fails)
    try:
        with pytest.raises(CommandError, match=r"Nothing was restored\. The upgrade failed\."):
            call_command("restore", file)
    finally:
        post_migrate.disconnect(fails)
    assert not any(model.objects.exists() for model in (City, Country, User, LogEntry))
    assert every_file(site.MEDIA_ROOT) == {}


def test_a_site_comes_back_where_nobody_has_any_rights_yet(site, file, monkeypatch):
    with zipfile.ZipFile(file) as archive:
        longest = max(map(len, archive.open("data.jsonl")))
    rights = set(Group.objects.get(name="Redakcja").permissions.values_list("codename", flat=True))
    call_command("flush", interactive=False, inhibit_post_migrate=True, verbosity=0)
    ContentType.objects.clear_cache()
    shutil.rmtree(site.MEDIA_ROOT)
    Group.objects.create(name="Inna")
    monkeypatch.setattr(backups, "LONGEST", longest)
    call_command("restore", file, verbosity=0)
    kept = Group.objects.get(name="Redakcja").permissions.values_list("codename", flat=True)
    assert set(kept) == rights > set()
    assert not Group.objects.filter(name="Inna").exists()


@pytest.mark.parametrize("kind", [Country, User])
def test_a_site_with_a_single_row_of_somebodys_is_in_use(transactional_db, tmp_path, kind):
    backups.write(tmp_path / "site.zip")
    kind.objects.create()
    reason = f"The database has {kind._meta.verbose_name_plural} already"
    with pytest.raises(CommandError, match=reason):
        call_command("restore", tmp_path / "site.zip")
    assert kind.objects.count() == 1


class Bucket(InMemoryStorage):
    """A storage of which no file has a path."""

    def path(self, name):
        raise NotImplementedError

    def _relative_path(self, name):
        return name


def test_uploads_of_an_object_storage_come_back(transactional_db, settings, tmp_path, make_country):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.Bucket"}}
    names = ["a.txt", "b.txt", "c.txt", "a/a.txt", "a/b.txt", "b/a.txt"]
    for name in reversed(names):
        default_storage.save(name, ContentFile(name.encode()))
    make_country()
    path = tmp_path / "site.zip"
    call_command("backup", path, verbosity=0)
    parts = {part.filename: part.external_attr >> 16 for part in zipfile.ZipFile(path).filelist}
    assert [name for name in parts if name.startswith("media/")] == [f"media/{n}" for n in names]
    assert parts["media/a/b.txt"] == 0o100644
    for name in names:
        default_storage.delete(name)
    call_command("flush", interactive=False, verbosity=0)
    call_command("restore", path, verbosity=0)
    assert {name: default_storage.open(name).read() for name in backups.uploads()} == {
        name: name.encode() for name in names
    }


def no_nameless_files(monkeypatch):
    def refused(path, flags, *args, **kwargs):
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(errno.EOPNOTSUPP, "Operation not supported")
        return opened(path, flags, *args, **kwargs)

    opened = os.open
    monkeypatch.setattr(os, "open", refused)


def no_such_files_at_all(monkeypatch):  # as on macOS
    monkeypatch.delattr(os, "O_TMPFILE")
    monkeypatch.setattr(tempfile, "_O_TMPFILE_WORKS", False)


def no_links(error):
    def refused(*args, **kwargs):
        raise error

    return lambda monkeypatch: monkeypatch.setattr(os, "link", refused)


@pytest.mark.parametrize(
    "lacks",
    [
        lambda monkeypatch: None,
        no_nameless_files,
        no_such_files_at_all,
        no_links(FileNotFoundError()),
        no_links(NotImplementedError()),
    ],
)
def test_a_backup_is_written_over_the_last_whatever_the_disk_can_do(
    db, make_country, tmp_path, monkeypatch, lacks
):
    lacks(monkeypatch)
    path = tmp_path / "site.zip"
    backups.write(path)
    make_country()
    written = backups.write(path)
    assert backups.verify(path) == written
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(every_file(tmp_path)) == [Path("site.zip")]


def test_a_backup_is_on_the_disk_before_it_has_its_name(db, tmp_path, monkeypatch):
    written, path = [], tmp_path / "site.zip"

    def fsync(file):
        written.append((os.fstat(file).st_size, path.exists()))

    monkeypatch.setattr(os, "fsync", fsync)
    backups.write(path)
    assert written == [(path.stat().st_size, False)]


def test_rows_stand_by_their_keys_and_name_rights_by_words(db, make_country, tmp_path):
    make_country(name_pl="Polska")
    make_country("de", name_pl="Niemcy")
    told = backups.write(tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        rows = [json.loads(line) for line in archive.open("data.jsonl")]
    keys = {}
    for each in rows:
        keys.setdefault(each["model"], []).append(each["pk"])
    assert all(found == sorted(found) for found in keys.values())
    assert (told["rows"], len(keys["cities.country"])) == (len(rows), 2)
    role = next(each for each in rows if each["fields"].get("name") == "editor")
    assert ["view_city", "cities", "city"] in role["fields"]["permissions"]


def test_a_backup_that_fails_leaves_the_old_one(site, file, monkeypatch):
    def full(self, *args, **kwargs):
        raise OSError(28, "No space left on device")

    before = every_file(file.parent)
    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(CommandError, match=r"No backup was made: .*No space left on device"):
        call_command("backup", file)
    assert every_file(file.parent) == before
