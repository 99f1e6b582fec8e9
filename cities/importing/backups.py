"""The whole site in one file, and back: from either database into either.

The file is a zip of `data.jsonl`, every row; `media/`, every upload; and `manifest.json`, which
tells when and at which migrations it was made, and the SHA-256 of each of them. The zip's comment
is the SHA-256 of all that stands before it, so that no byte changes unnoticed by accident. Whoever
alters a file on purpose can seal it anew: so nothing in it is taken for granted either.
"""

import hashlib
import json
import os
import posixpath
import shutil
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from io import BufferedIOBase, TextIOWrapper
from tempfile import TemporaryFile
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

DATA, MEDIA, MANIFEST = "data.jsonl", "media/", "manifest.json"
# What Django fills by itself, what only tells who came from where, and tables not imported yet.
LEFT_OUT = {"contenttypes", "auth.permission", "sessions", "axes", "cities.tableontrial"}
SEAL = 64  # letters of a SHA-256
SHAPE = {"site": str, "made": str, "rows": int, "migrations": list, "sha256": dict}
LONGEST = 64 * 2**20  # bytes of a manifest, and of a row


class BackupError(Exception):
    """A file or a site that this cannot be done with; nothing has been touched."""


class Exact(DjangoJSONEncoder):
    """Keep the microseconds, which Django's own leaves out."""

    def default(self, o):
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def write(path):
    """Write the site, as it is at one moment, into a file; return its manifest."""
    with _named_when_whole(path) as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            manifest = _fill(archive)
            archive.comment = b"0" * SEAL
        seal = _seal(file)
        file.seek(-SEAL, 2)
        file.write(seal)
    return manifest


@contextmanager
def _named_when_whole(path):
    """Yield a file that has no name before the end, so that one who is killed leaves nothing."""
    with _nameless(path.parent) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
        try:
            _link(file, path)
        except FileExistsError:
            part = path.with_name(f"{path.name}.part")
            _link(file, part)
            part.replace(path)


def _nameless(folder):
    """Open a file for its owner alone, since accounts are in it; not every file system can."""
    try:
        return open(os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600), "w+b")
    except (AttributeError, OSError):
        return TemporaryFile(dir=folder)


def _link(file, path):
    """Give a nameless file a name or, where none can be given, to a copy of it."""
    try:
        # With a descriptor, of which an absolute path makes no use, Python follows the link.
        os.link(f"/proc/self/fd/{file.fileno()}", path, src_dir_fd=file.fileno())
    except (FileNotFoundError, NotImplementedError):
        file.seek(0)
        with open(path, "xb", opener=partial(os.open, mode=0o600)) as copy:
            shutil.copyfileobj(file, copy)


def _fill(archive):
    manifest = {"site": settings.SITE_URL, "migrations": _migrations(), "sha256": {}}
    with archive.open(DATA, "w", force_zip64=True) as entry:
        data = Hashed(entry)
        with TextIOWrapper(data, "utf-8", newline="") as stream:
            manifest["made"], manifest["rows"] = _write_rows(stream)
    manifest["sha256"][DATA] = data.sha256.hexdigest()
    # After the rows: what they name has been uploaded before, and no upload ever changes.
    for name in uploads():
        upload = ZipInfo(f"{MEDIA}{name}", timezone.localtime().timetuple()[:6])
        upload.external_attr = _mode(name) << 16
        with default_storage.open(name) as file, archive.open(upload, "w") as entry:
            shutil.copyfileobj(file, copy := Hashed(entry))
        manifest["sha256"][upload.filename] = copy.sha256.hexdigest()
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return manifest


class Hashed(BufferedIOBase):
    """A file that is written to, and what its SHA-256 is so far."""

    def __init__(self, file):
        self.file, self.sha256 = file, hashlib.sha256()

    def writable(self):
        return True

    def write(self, data):
        self.sha256.update(data)
        return self.file.write(data)


def _write_rows(stream):
    """Write every row, those that others lean on first; return when that was, and how many."""
    count = 0
    with _one_moment():
        made = timezone.now().isoformat()
        for model in models_kept():
            rows = model._base_manager.order_by("pk")
            count += rows.count()
            options = {"cls": Exact, "use_natural_foreign_keys": True}
            serializers.serialize("jsonl", rows.iterator(), stream=stream, **options)
    return made, count


@contextmanager
def _one_moment():
    """Read as of one moment, while editors go on saving."""
    mode = getattr(connection, "transaction_mode", None)
    connection.transaction_mode = "DEFERRED"  # SQLite: begin as a reader, who keeps nobody waiting
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        connection.transaction_mode = mode


def models_kept(registry=apps):
    """Return the models whose rows are kept, those that others lean on first."""
    every = [(app, None) for app in registry.get_app_configs()]
    return [
        model
        for model in serializers.sort_dependencies(every)
        if not LEFT_OUT & {model._meta.app_label, model._meta.label_lower} and not model._meta.proxy
    ]


def uploads(folder=""):
    """Yield the name of each upload, in order."""
    with suppress(FileNotFoundError):
        folders, files = default_storage.listdir(folder)
        yield from sorted(posixpath.join(folder, name) for name in files)
        for name in sorted(folders):
            yield from uploads(posixpath.join(folder, name))


def _mode(name):
    try:
        return os.stat(default_storage.path(name)).st_mode
    except NotImplementedError:  # object storage knows none
        return 0o100644


def _migrations():
    """Return the last migration of each app that this version of the site knows."""
    return [".".join(node) for node in MigrationLoader(None).graph.leaf_nodes()]


def _seal(file):
    """Return the SHA-256 of a file but for its own at the end, where the file is left."""
    left, digest = file.seek(0, 2) - SEAL, hashlib.sha256()
    file.seek(0)
    while left > 0:
        chunk = file.read(min(left, 2**20))
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest().encode()


def verify(path, room=None):
    """Return the manifest of a whole file; raise BackupError for any other.

    `room` is how many bytes it may have when unpacked.
    """
    with path.open("rb") as file:
        is_sealed = _seal(file) == file.read()
    if not is_sealed:
        raise BackupError(f"{path} is no backup, or has been cut off or altered since it was made.")
    try:
        with ZipFile(path) as archive:
            if room is not None:
                _refuse_too_large(archive, room)
            manifest = _manifest(archive)
            for name, digest in manifest["sha256"].items():
                with archive.open(name) as file:
                    if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                        raise BackupError(f"{path} does not hold what its manifest tells: {name}.")
    except BackupError:
        raise
    except Exception as error:  # whatever a reader makes of what it does not expect
        raise BackupError(f"{path} is no backup: {error}") from error
    return manifest


def _manifest(archive):
    """Return what a file tells of itself. Raise ValueError where it tells of anything else."""
    if archive.getinfo(MANIFEST).file_size > LONGEST:
        raise ValueError("its manifest is too long.")
    manifest = json.loads(archive.read(MANIFEST))
    for name, kind in SHAPE.items():
        if not isinstance(manifest, dict) or type(manifest.get(name)) is not kind:
            raise ValueError(f"its manifest does not tell its {name}.")
    if not all(isinstance(name, str) for name in manifest["migrations"]):
        raise ValueError("its manifest does not tell its migrations.")
    told = manifest["sha256"]
    if DATA not in told or sorted([MANIFEST, *told]) != sorted(archive.namelist()):
        raise ValueError("its manifest tells of other files than it has.")
    for name in told.keys() - {DATA}:
        if not name.startswith(MEDIA) or name.endswith("/"):
            raise ValueError(f"{name} is no upload.")
    return manifest


def _refuse_too_large(archive, room):
    """Raise BackupError for what would fill the disk; its rows come into the database too."""
    size = sum(part.file_size * (2 if part.filename == DATA else 1) for part in archive.infolist())
    if size > room:
        raise BackupError(
            f"It needs {size / 10**6:,.0f} MB when unpacked; {room / 10**6:,.0f} MB are free."
        )
