"""The drill: load, edit, back up, destroy, restore, and compare every row and every file."""

import hashlib
import json
import shutil
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from PIL import Image

from cities.importing import backups
from cities.models import City, Country, Material, Photo, Practice

# "Every" row: compared by reading the tables themselves, not through what made the backup.
PASSWORD = "korona-krolow"  # noqa: S105
OTHERS = {"django_content_type", "auth_permission", "django_session", "django_migrations"}


def every_row():
    """Return {table: its rows}, where permissions and kinds of content stand by their names."""
    tables = {}
    permissions = Permission.objects.select_related("content_type")
    names_of = {
        "permission_id": {one.pk: str(one) for one in permissions},
        "content_type_id": {one.pk: str(one) for one in ContentType.objects.all()},
    }
    with connection.cursor() as cursor:
        tables_here = connection.introspection.table_names(cursor)
        for table in {name for name in tables_here if "words_index" not in name} - OTHERS:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            names = [column[0] for column in cursor.description]
            tables[table] = sorted(
                (readable(dict(zip(names, row, strict=True)), names_of) for row in cursor), key=str
            )
    return tables


def readable(row, names_of):
    row |= {column: names[row[column]] for column, names in names_of.items() if column in row}
    joins = len([name for name in row if name.endswith("_id")]) == len(row) - 1
    return row | {"id": 0} if joins else row  # the key of a row that only joins means nothing


def every_file(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def destroy(settings):
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture
def site(transactional_db, settings, make_practice, make_indicator):
    """A site that has been edited: texts, accounts, rights, a photo, a line of history."""
    practice = make_practice(title_pl="Łącze „A” — ąęß\u00a0😀\n", title_en="<b>&amp;'\"\\")
    make_indicator(practice=practice, value="0.001")
    image = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(image, "PNG")
    square = SimpleUploadedFile("square.png", image.getvalue())
    Photo.objects.create(city=practice.city, image=square, alt_pl="Plac", credit="A", licence="CC0")
    Material.objects.create(
        kind="plan", title_pl="Plan", file=SimpleUploadedFile("a.pdf", b"%PDF-")
    )
    editors = Group.objects.create(name="Redakcja")
    editors.permissions.set(Permission.objects.filter(content_type__app_label="cities"))
    anna = User.objects.create_user("anna", password=PASSWORD, is_staff=True)
    anna.groups.add(editors)
    anna.user_permissions.add(Permission.objects.get(codename="view_group"))
    LogEntry.objects.log_actions(anna.pk, [practice.city], 2, change_message="Nazwa")
    make_practice().delete()  # leaves a gap in the keys
    for model in (City, Practice):
        model.objects.update(changed_on=date(2020, 1, 31))
    return settings


@pytest.fixture
def file(site, tmp_path):
    path = tmp_path / "site.zip"
    call_command("backup", path, verbosity=0)
    return path


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


def sealed(path, **members):
    """Write a backup whose seal is right, whatever is in it."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.comment = b"0" * backups.SEAL
    with path.open("r+b") as file:
        seal = backups._seal(file)
        file.seek(-backups.SEAL, 2)
        file.write(seal)
    return path


def resealed(path, manifest=None, data=None, **members):
    """Alter a backup and seal it anew, as a forger would: `manifest` and `data` are functions."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | members
    told = json.loads(parts.pop("manifest.json"))
    parts["data.jsonl"] = (data or bytes)(parts["data.jsonl"])
    told["sha256"] = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}
    told = manifest(told) if manifest else told
    return sealed(path, **parts, **{"manifest.json": json.dumps(told)})


def without(name):
    return lambda manifest: {key: value for key, value in manifest.items() if key != name}


def unhashed(manifest, name):
    del manifest["sha256"][name]
    return manifest


def row(model, **fields):
    return lambda data: data + json.dumps({"model": model, "pk": 999, "fields": fields}).encode()


BOMB = bytes(10**6)


@pytest.mark.parametrize(
    ("altered", "reason"),
    [
        *[({"manifest": without(name)}, f"does not tell its {name}") for name in backups.SHAPE],
        ({"manifest": lambda told: told | {"rows": True}}, "does not tell its rows"),
        ({"manifest": lambda told: told | {"migrations": [{}]}}, "does not tell its migrations"),
        ({"manifest": lambda told: [told]}, "does not tell its site"),
        ({"manifest": lambda told: told | {"sha256": {}}}, "tells of other files than it has"),
        ({"manifest": lambda told: unhashed(told, "data.jsonl")}, "tells of other files than it"),
        ({"manifest": lambda told: told | {"rows": 10**9}}, "tells of 1000000000"),
        ({"data": lambda data: b""}, r"data\.jsonl has 0 rows, but its manifest tells of \d+"),
        ({"data": lambda data: b"[]\n" + data}, r"Line 1 of data\.jsonl is no row"),
        ({"data": lambda data: b"[" * 10**5}, r"Line 1 of data\.jsonl is no row"),
        ({"data": lambda data: b"\xff\n"}, r"Line 1 of data\.jsonl is no row"),
        ({"data": row("sessions.session", session_data="")}, r"a row of sessions\.session, which"),
        ({"data": row("axes.accessattempt")}, r"a row of axes\.accessattempt, which no backup"),
        ({"data": row("contenttypes.contenttype")}, r"a row of contenttypes\.contenttype, which"),
        ({"data": row("no.such")}, r"a row of no\.such, which no backup holds"),
        ({"media/": b""}, "media/ is no upload"),
        ({"other.txt": b""}, r"other\.txt is no upload"),
    ],
)
def test_a_resealed_file_of_another_shape_is_refused_before_anything_is_touched(
    site, file, altered, reason
):
    resealed(file, **altered)
    destroy(site)
    emptied = every_row()
    with pytest.raises(CommandError, match=reason):
        call_command("restore", file)
    assert every_row() == emptied
    assert not site.MEDIA_ROOT.exists()


def one_more(manifest):
    return manifest | {"rows": manifest["rows"] + 1}


@pytest.mark.database
@pytest.mark.parametrize(
    ("alter", "reason"),
    [
        (row("cities.city", latitude="north"), "Its rows cannot be loaded: .*north"),
        (row("cities.city", no_such=1), "Its rows cannot be loaded: .*no_such"),
        (row("cities.indicator", practice=10**30), "Its rows cannot be loaded: "),
        (row("cities.photo", city=9999), "Its rows cannot be loaded: "),
        (row("auth.group", permissions=[["no", "such", "right"]]), "Its rows cannot be loaded: "),
        (lambda data: data + data.splitlines(keepends=True)[-1], r"Only \d+ of its \d+ rows could"),
    ],
)
def test_a_row_that_cannot_be_loaded_is_told_and_nothing_stays(site, file, alter, reason):
    resealed(file, data=alter, manifest=one_more)
    destroy(site)
    emptied = every_row()
    with pytest.raises(CommandError, match=rf"Nothing was restored\. .*{reason}"):
        call_command("restore", file)
    assert every_row() == emptied
    assert not site.MEDIA_ROOT.exists()


@pytest.mark.parametrize("name", ["data.jsonl", "media/a.png"])
def test_what_would_fill_the_disk_is_not_unpacked(site, file, monkeypatch, name):
    resealed(file, **({"data": lambda data: BOMB} if name == "data.jsonl" else {name: BOMB}))
    destroy(site)
    free = SimpleNamespace(free=10**6)
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda folder: free)
    read = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args, **kwargs: read.append(args))
    with pytest.raises(CommandError, match="MB when unpacked; 1 MB are free"):
        call_command("restore", file)
    assert read == []


def test_a_row_as_long_as_a_bomb_is_not_taken_into_memory(site, file, monkeypatch):
    monkeypatch.setattr(backups, "LONGEST", 10**5)
    resealed(file, data=lambda data: BOMB)
    destroy(site)
    with pytest.raises(CommandError, match=r"Line 1 of data\.jsonl is no row"):
        call_command("restore", file)


def test_a_file_that_lacks_what_it_tells_is_refused(tmp_path):
    manifest = json.dumps({"sha256": {"data.jsonl": "0"}})
    for members in ({}, {"manifest.json": "{"}, {"manifest.json": manifest, "data.jsonl": ""}):
        with pytest.raises(backups.BackupError):
            backups.verify(sealed(tmp_path / "sealed.zip", **members))


def test_a_backup_of_a_later_version_is_refused(file, site):
    later = ["cities.0099_later", "blog.0001_initial", "nonsense"]
    resealed(file, manifest=lambda told: told | {"migrations": [*told["migrations"], *later]})
    destroy(site)
    with pytest.raises(CommandError, match=r"blog\.0001_initial, cities\.0099_later, nonsense"):
        call_command("restore", file)
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


@pytest.mark.database
@pytest.mark.parametrize("first", ["check", "migrate"])  # nothing there, or the newest tables
def test_a_backup_of_an_older_release_is_brought_up_to_date(python, empty_database, first):
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
    with pytest.raises(CommandError, match=r"Nothing was restored\. There are uploads in"):
        call_command("restore", file)
    assert every_row() == emptied


def test_a_restore_that_fails_half_way_leaves_nothing(site, file, monkeypatch):
    def full(self, *args):
        raise OSError(28, "No space left on device")

    destroy(site)
    emptied = every_row()
    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(CommandError, match=r"Nothing was restored\. .*No space left on device"):
        call_command("restore", file)
    assert every_row() == emptied
    assert every_file(site.MEDIA_ROOT.parent / "media") == {}


def test_a_backup_that_fails_leaves_the_old_one(site, file, monkeypatch):
    def full(self, *args, **kwargs):
        raise OSError(28, "No space left on device")

    before = every_file(file.parent)
    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(CommandError, match=r"No backup was made: .*No space left on device"):
        call_command("backup", file)
    assert every_file(file.parent) == before
