"""The folder of an archive: what is not of it stays, and what was cut off is made again."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from cities.archive.folder import MANIFEST, UNFINISHED, Folder, NotOursError, manifest


@pytest.fixture
def folder(tmp_path):
    """Return a folder with an archive of two files."""
    return renewed(tmp_path / "archive", {"index.html": b"1", "pl/index.html": b"1"})


def renewed(path, contents):
    """Put an archive of these files into a folder."""
    place = Folder(path)
    files = place.begin()
    try:
        for name, content in contents.items():
            files[name] = content
        files[MANIFEST] = manifest(dict.fromkeys(contents, "a sum"))
        place.finish(files)
    finally:
        place.clear()
    return path


def contents_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def test_what_others_put_beside_an_archive_stays(folder):
    theirs = dict.fromkeys((".git/HEAD", "CNAME", "pl/notes.txt"), b"theirs")
    for name, content in theirs.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    renewed(folder, {"index.html": b"2", "en/index.html": b"2"})
    assert contents_of(folder) == theirs | {"index.html": b"2", "en/index.html": b"2"}
    with pytest.raises(NotOursError, match="CNAME is not of the archive: move it away"):
        renewed(folder, {"CNAME": b"ours"})
    assert contents_of(folder) == theirs | {"index.html": b"2", "en/index.html": b"2"}
    (folder / "pl/notes.txt").unlink()
    renewed(folder, {"pl/index.html": b"3"})
    renewed(folder, {"index.html": b"4"})
    assert sorted(path.name for path in folder.iterdir()) == [
        ".git",
        "CNAME",
        MANIFEST,
        "index.html",
    ]


def test_a_zip_file_holds_the_archive_and_nothing_else(folder, tmp_path):
    (folder / "CNAME").write_bytes(b"theirs")
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    for target in (first, second):
        Folder(folder).pack(target)
    assert second.read_bytes() == first.read_bytes()
    with ZipFile(first) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == [
            f"archive/{name}" for name in (MANIFEST, "index.html", "pl/index.html")
        ]


def test_an_archive_that_was_cut_off_is_made_again(folder, monkeypatch):
    before, moved = contents_of(folder), []

    def replace(path, target):
        moved.append(target)
        if len(moved) > 2:
            raise KeyboardInterrupt
        return path.rename(target)

    new = {"index.html": b"2", "en/index.html": b"2", "en/a.html": b"2"}
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        patch.setattr(Folder, "clear", lambda self: None)  # no time for that
        with pytest.raises(KeyboardInterrupt):
            renewed(folder, new)
    assert contents_of(folder) not in (before, new)
    assert (folder / UNFINISHED).is_dir()
    renewed(folder, new)
    assert contents_of(folder) == new


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('{"manifest_version": 3, "name": "an extension"}', "is not one that this program wrote"),
        ("[]", "is not one that this program wrote"),
        ("no JSON", "is not one that this program wrote"),
        ('{"content_of": null, "sha256": 3}', "is not one that this program wrote"),
        ('{"content_of": null, "sha256": {"../letter.txt": ""}}', "which lies elsewhere"),
        ('{"content_of": null, "sha256": {"/etc/hosts": ""}}', "which lies elsewhere"),
    ],
)
def test_a_manifest_of_another_program_is_refused(tmp_path, written, told):
    folder = tmp_path / "extension"
    folder.mkdir()
    (folder / MANIFEST).write_text(written)
    with pytest.raises(CommandError, match=told):
        call_command("export_archive", folder)
    assert {path.name: path.read_text() for path in folder.iterdir()} == {MANIFEST: written}


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    letter = tmp_path / "desk/letter.txt"
    letter.parent.mkdir()
    letter.write_text("Dear")
    with pytest.raises(CommandError, match="holds something that is no archive"):
        call_command("export_archive", letter.parent)
    with pytest.raises(CommandError, match="is a file"):
        call_command("export_archive", letter)
    assert [path.name for path in letter.parent.iterdir()] == ["letter.txt"]
