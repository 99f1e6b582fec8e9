"""What is wrong with an installation, in plain words: `manage.py check --deploy`."""

import os
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Warning, register
from django.db import DatabaseError

from precursors.catalogues import is_whole
from precursors.health import migrations_are_applied

REMEDY = "Run make setup."


@register("installation", deploy=True)
def check_folder(**kwargs):
    media = settings.MEDIA_ROOT
    folder = media if media.exists() and not settings.S3_BUCKET else settings.VAR_DIR
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield Error(
            f"The folder {folder} cannot be written.",
            hint="Give the site’s user the right to, or name another folder in VAR_DIR.",
            id="precursors.E001",
        )


@register("installation", deploy=True)
def check_static_files(**kwargs):
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield Error(
            "The static files have not been collected, so no page can be shown.",
            hint=REMEDY,
            id="precursors.E002",
        )


@register("installation", deploy=True)
def check_words(**kwargs):
    source, target = map(Path, settings.LOCALE_PATHS)
    for po in sorted(source.glob("*/LC_MESSAGES/*.po")):
        mo = target / po.relative_to(source).with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            yield Warning(
                f"The site does not show the words of {po.relative_to(source.parent)} yet.",
                hint=REMEDY,
                id="precursors.W003",
            )
        elif not is_whole(mo):
            yield Error(f"The file {mo} is damaged.", hint=REMEDY, id="precursors.E007")


@register("installation", deploy=True)
def check_database(**kwargs):
    try:
        if not migrations_are_applied():
            yield Error("The database is older than the site.", hint=REMEDY, id="precursors.E004")
    except DatabaseError as error:
        yield Error(
            f"The database cannot be reached: {' '.join(str(error).split())}",
            hint="Is it running, and is DATABASE_URL right?",
            id="precursors.E005",
        )
