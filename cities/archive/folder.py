"""The folder of an archive: what stands there of it, and what of others is left alone.

A new archive is written beside the old one, within the folder, and takes its place at the end. From
the first moment MANIFEST.json names every file that is or will be ours, so that one that was cut
off at any moment can be made again.
"""

import json
import shutil
from collections.abc import MutableMapping
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MANIFEST = "MANIFEST.json"
SUMS = "SHA256SUMS"
UNFINISHED = ".unfinished-archive"


class NotOursError(Exception):
    """What stands in the way, in a sentence."""


class Files(MutableMapping):
    """The files of a folder by their names."""

    def __init__(self, folder):
        self.folder = folder

    def __getitem__(self, name):
        return (self.folder / name).read_bytes()

    def __setitem__(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def __delitem__(self, name):
        (self.folder / name).unlink()

    def __iter__(self):
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return iter(sorted(path.relative_to(self.folder).as_posix() for path in found))

    def __len__(self):
        return sum(1 for _name in self)


def manifest(sums, day=None):
    """Return what names the files of an archive, with the day of its content."""
    return (json.dumps({"content_of": day, "sha256": sums}, indent=1) + "\n").encode()


def sums_of(files):
    return {name: sha256(files[name]).hexdigest() for name in sorted(files)}


class Folder:
    """A folder that holds an archive, or nothing yet. Raise NotOursError for any other."""

    def __init__(self, path):
        self.path = path
        if path.exists() and not path.is_dir():
            raise NotOursError(f"{path} is a file; name a folder.")
        self.is_new = not path.is_dir() or not any(path.iterdir())
        self.sums = {} if self.is_new else self.read()

    def read(self):
        """Return {name: sum} of the archive that stands here."""
        place = self.path / MANIFEST
        if not place.is_file():
            raise NotOursError(
                f"{self.path} holds something that is no archive. Name a new folder, or empty it."
            )
        try:
            told = json.loads(place.read_bytes())
            is_ours = told.keys() == {"content_of", "sha256"}
            sums = dict(told["sha256"]) if is_ours else {}
        except (ValueError, TypeError, AttributeError):
            is_ours = False
        if not is_ours:
            raise NotOursError(f"{place} is not one that this program wrote. Name a new folder.")
        root = self.path.resolve()
        for name in sums:
            if not (root / name).parent.resolve().is_relative_to(root):
                raise NotOursError(
                    f"{place} names {name}, which lies elsewhere. Name a new folder."
                )
        return sums

    def begin(self):
        """Return a place for the files of a new archive."""
        place = self.path / UNFINISHED
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        if self.is_new:
            (self.path / MANIFEST).write_bytes(manifest({}))
        return Files(place)

    def finish(self, files):
        """Put new files in place of the old, and take out what the new archive has not."""
        sums = json.loads(files[MANIFEST])["sha256"]
        for name in sums.keys() - self.sums.keys():
            if (self.path / name).exists():
                raise NotOursError(f"{self.path / name} is not of the archive: move it away.")
        both = files.folder / "both.json"
        both.write_bytes(manifest(self.sums | sums))
        both.replace(self.path / MANIFEST)
        for name in sorted(self.sums.keys() - sums.keys()):
            self.remove(name)
        for name in [*sums, MANIFEST]:
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            (files.folder / name).replace(path)
        self.sums = sums

    def clear(self):
        """Take away what was not put in place."""
        shutil.rmtree(self.path / UNFINISHED, ignore_errors=True)
        if not self.sums:
            (self.path / MANIFEST).unlink(missing_ok=True)

    def pack(self, target):
        """Write the archive into one ZIP file too: the same bytes for the same content."""
        unfinished = target.with_name(f"{target.name}.unfinished")
        with ZipFile(unfinished, "w", ZIP_DEFLATED) as packed:
            for name in sorted([*self.sums, MANIFEST]):
                entry = ZipInfo(f"{self.path.resolve().name}/{name}")  # of no day
                packed.writestr(entry, (self.path / name).read_bytes(), ZIP_DEFLATED)
        unfinished.replace(target)

    def remove(self, name):
        """Take out a file, and the folders that it leaves empty."""
        path = self.path / name
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == self.path or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
