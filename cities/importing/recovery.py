"""A backup comes back: into an empty site, whole or not at all, and from an older release too."""

import json
import os
import shutil
from contextlib import suppress
from io import TextIOWrapper
from zipfile import ZipFile

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.management import create_permissions
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from precursors.django_internals import RowsOfRelease

from ..models import Country
from . import backups
from .backups import DATA, MEDIA, BackupError


def restore(path):
    """Bring a file back into an empty site, whole or not at all; return its manifest.

    The rows come into a database as the release had it that made the file; it is upgraded then.
    """
    manifest = backups.verify(path, _room())
    executor = MigrationExecutor(connection)
    release = _release(manifest, executor.loader)
    registry = executor.loader.project_state(release).apps
    with ZipFile(path) as archive, archive.open(DATA) as file:
        _refuse_other_rows(file, manifest["rows"], registry)
    _refuse_a_site_in_use()
    executor.migrate(release)
    try:
        with ZipFile(path) as archive, transaction.atomic():
            with archive.open(DATA) as file, TextIOWrapper(file, "utf-8") as rows:
                _load(rows, manifest["rows"], registry)
            _unpack_uploads(archive)
        _upgrade()
    except BaseException:
        for name in backups.uploads():  # there were none before
            default_storage.delete(name)
        raise
    return manifest


def _release(manifest, loader):
    """Return the last migrations of the release that made a file."""
    release = [tuple(name.split(".", 1)) for name in manifest["migrations"]]
    if later := sorted(".".join(node) for node in set(release) - loader.graph.nodes.keys()):
        raise BackupError(
            "The backup was made by a later version of the site, or by another one: "
            f"this one does not know {', '.join(later)[:300]}. Upgrade it first."
        )
    return release


def _room():
    """Return how many bytes are free where a backup is unpacked."""
    folders = settings.MEDIA_ROOT, *settings.MEDIA_ROOT.parents
    return shutil.disk_usage(next(folder for folder in folders if folder.exists())).free


def _refuse_other_rows(file, count, registry):
    """Raise BackupError unless a file has so many lines, each a row of a model that is kept."""
    kept, number = {model._meta.label_lower for model in backups.models_kept(registry)}, 0
    while line := file.readline(backups.LONGEST + 1):
        number += 1
        try:
            row = json.loads(line) if len(line) <= backups.LONGEST else None
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict) or not isinstance(row.get("model"), str):
            raise BackupError(f"Line {number} of {DATA} is no row.")
        if row["model"] not in kept:
            raise BackupError(
                f"Line {number} of {DATA} is a row of {row['model'][:80]}, which no backup holds."
            )
    if not number or number != count:
        raise BackupError(f"{DATA} has {number} rows, but its manifest tells of {count}.")


def _load(rows, count, registry):
    """Put rows in place of those that migrations have made. Raise BackupError where any fails."""
    models = backups.models_kept(registry)
    for model in reversed(models):
        model._base_manager.all().delete()
    for app in apps.get_app_configs():  # the rights that accounts and roles name
        create_permissions(app, verbosity=0, apps=registry)
    try:
        for row in RowsOfRelease(rows, registry):
            row.save()
        connection.check_constraints([model._meta.db_table for model in models])
    except Exception as error:  # whatever can be wrong with a row: Django has many words for it
        words = " ".join(str(error).split())
        raise BackupError(f"Its rows cannot be loaded: {words}") from error
    loaded = sum(model._base_manager.count() for model in models)
    if loaded != count:
        raise BackupError(f"Only {loaded} of its {count} rows could be loaded.")
    with connection.cursor() as cursor:  # keys go on where those of the rows end
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _unpack_uploads(archive):
    """Put the uploads where they were, each with its mode where there are such."""
    for upload in archive.infolist():
        if upload.filename.startswith(MEDIA):
            with archive.open(upload) as file:
                name = default_storage.save(upload.filename.removeprefix(MEDIA), File(file))
            with suppress(NotImplementedError):
                os.chmod(default_storage.path(name), upload.external_attr >> 16)


def _upgrade():
    try:
        call_command("migrate", verbosity=0)
    except BaseException:
        call_command("flush", interactive=False, inhibit_post_migrate=True, verbosity=0)
        raise


def _refuse_a_site_in_use():
    tables = connection.introspection.table_names()
    for model in (Country, get_user_model()):
        if model._meta.db_table in tables and model.objects.values("pk").exists():
            raise BackupError(
                f"The database has {model._meta.verbose_name_plural} already. "
                "Restore into an empty one: name another in DATABASE_URL or VAR_DIR."
            )
    if next(backups.uploads(), None):
        place = settings.S3_BUCKET or settings.MEDIA_ROOT
        raise BackupError(f"There are uploads in {place} already. Move them away first.")
