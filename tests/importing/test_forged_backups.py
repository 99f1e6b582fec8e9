"""A file that only says it is a backup is refused before anything is touched."""

import hashlib
import json
import zipfile
from types import SimpleNamespace

import pytest
from backup_files import every_row, resealed, sealed
from django.core.management import CommandError, call_command

from cities.importing import backups


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
        ({"data": row("auth.permission")}, r"a row of auth\.permission, which no backup"),
        ({"data": row("cities.tableontrial")}, r"a row of cities\.tableontrial, which no"),
        ({"data": row("no.such")}, r"a row of no\.such, which no backup holds"),
        ({"media/": b""}, "media/ is no upload"),
        ({"other.txt": b""}, r"other\.txt is no upload"),
    ],
)
def test_a_resealed_file_of_another_shape_is_refused_before_anything_is_touched(
    left, settings, altered, reason
):
    emptied = every_row()
    with pytest.raises(CommandError, match=reason):
        call_command("restore", resealed(left, **altered))
    assert every_row() == emptied
    assert not settings.MEDIA_ROOT.exists()


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
def test_a_row_that_cannot_be_loaded_is_told_and_nothing_stays(left, settings, alter, reason):
    resealed(left, data=alter, manifest=one_more)
    emptied = every_row()
    with pytest.raises(CommandError, match=rf"Nothing was restored\. .*{reason}"):
        call_command("restore", left)
    assert every_row() == emptied
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.parametrize("name", ["data.jsonl", "media/a.png"])
def test_what_would_fill_the_disk_is_not_unpacked(left, settings, monkeypatch, name):
    resealed(left, **({"data": lambda data: BOMB} if name == "data.jsonl" else {name: BOMB}))
    uploads = settings.MEDIA_ROOT
    if name != "data.jsonl":
        uploads.mkdir()
    free, asked = SimpleNamespace(free=10**6), []
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda folder: asked.append(folder) or free)
    read = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args, **kwargs: read.append(args))
    with pytest.raises(CommandError, match="MB when unpacked; 1 MB are free"):
        call_command("restore", left)
    assert read == []
    assert asked == [uploads if uploads.exists() else uploads.parent]


def test_a_row_as_long_as_a_bomb_is_not_taken_into_memory(left, monkeypatch):
    monkeypatch.setattr(backups, "LONGEST", 10**5)
    resealed(left, data=lambda data: BOMB)
    with pytest.raises(CommandError, match=r"Line 1 of data\.jsonl is no row"):
        call_command("restore", left)


def small(path, change=None, manifest=None, data=b"{}\n", **told):
    """Write a backup of one row, forged as `sealed` and the manifest are told."""
    digests = {"data.jsonl": hashlib.sha256(data).hexdigest()}
    named = {"site": "a", "made": "b", "rows": 1, "migrations": [], "sha256": digests} | told
    members = {"data.jsonl": data, "manifest.json": manifest or json.dumps(named)}
    return sealed(path, change, **members)


def claiming(name, **told):
    """Return what lets the list of an archive tell something else of one of its parts."""

    def change(archive):
        for attribute, value in told.items():
            setattr(archive.getinfo(name), attribute, value)

    return change


MEBIBYTES_64 = 67_108_864
LZMA = b"\x09\x04\x05\x00\x5d\x00\x00\x80\x00" + b"\xff" * 99  # a header, then nonsense
DATA = "data.jsonl"


@pytest.mark.parametrize(
    ("forged", "reason"),
    [
        ({"change": claiming(DATA, flag_bits=1)}, "encrypted"),
        ({"change": claiming(DATA, compress_type=99)}, "compression method is not supported"),
        ({"change": claiming(DATA, compress_type=8), "data": b"\xff" * 9}, "Error -3"),
        ({"change": claiming(DATA, compress_type=zipfile.ZIP_BZIP2)}, "Invalid data"),
        ({"change": claiming(DATA, compress_type=zipfile.ZIP_LZMA), "data": LZMA}, "Corrupt"),
        ({"change": claiming(DATA, file_size=9**9, compress_size=9**9)}, "is no backup: $"),
        ({"change": claiming(DATA, CRC=0)}, "Bad CRC"),
        ({"change": claiming("manifest.json", filename="other.json")}, "manifest.json"),
        ({"change": claiming("manifest.json", file_size=MEBIBYTES_64 + 1)}, "is too long"),
        ({"change": lambda archive: archive.filelist.append(archive.filelist[0])}, "other files"),
        ({"change": claiming(DATA, filename="other"), "sha256": {"other": ""}}, "other files"),
        ({"manifest": "["}, "is no backup: Expecting"),
        ({"manifest": "[" * 10**5}, "recursion"),
        ({"sha256": {DATA: "0"}}, f"does not hold what its manifest tells: {DATA}"),
    ],
)  # fmt: skip
def test_a_forged_file_is_refused_whatever_it_pretends(tmp_path, forged, reason):
    with pytest.raises(backups.BackupError, match=reason) as error:
        backups.verify(small(tmp_path / "site.zip", **forged))
    assert str(error.value).startswith(f"{tmp_path}/site.zip ")


def test_a_sealed_file_that_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "site.zip"
    path.write_bytes(b"x" * 99 + hashlib.sha256(b"x" * 99).hexdigest().encode())
    with pytest.raises(backups.BackupError, match="is no backup: File is not a zip file"):
        backups.verify(path)


@pytest.mark.parametrize(
    "forged",
    [
        {},
        {"change": claiming("manifest.json", file_size=MEBIBYTES_64)},
        {"data": b"x" * 3_000_000},  # longer than what is read at once
    ],
)
def test_a_whole_file_tells_its_manifest(tmp_path, forged):
    assert backups.verify(small(tmp_path / "site.zip", **forged))["made"] == "b"


def test_a_file_may_fill_what_is_free_and_no_more_its_rows_twice(tmp_path):
    path = small(tmp_path / "site.zip", data=b"x" * 5_000_000)
    size = sum(part.file_size for part in zipfile.ZipFile(path).filelist) + 5_000_000
    assert backups.verify(path, size)["rows"] == 1
    with pytest.raises(backups.BackupError, match="It needs 10 MB when unpacked; 10 MB are free"):
        backups.verify(path, size - 1)
