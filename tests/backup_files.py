"""What a site holds, and backups of it: whole, or forged."""

import hashlib
import json
import shutil
import zipfile

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from cities.importing import backups

PASSWORD = "korona-krolow"  # noqa: S105
OTHERS = {"django_content_type", "auth_permission", "django_session", "django_migrations"}


def every_row():
    """Return {table: its rows}, read from the tables themselves, not by what made the backup.

    Permissions and kinds of content stand by their names.
    """
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


def sealed(path, change=None, **members):
    """Write a backup whose seal is right, whatever is in it; change(archive) forges its list."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        if change:
            change(archive)
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
