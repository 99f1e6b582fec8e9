from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from cities.importing import backups, rotation


class Command(BaseCommand):
    help = (
        "Write the whole site into one file: every row and every upload, while it is served. "
        "In a folder, today's is verified, and older ones stay for days, weeks and months."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a file, or a folder that is there")

    def handle(self, file, **options):
        folder = file if file.is_dir() else None
        if folder:
            file = folder / rotation.NAME.format(timezone.localdate())
        try:
            manifest = backups.write(file)
            if folder:
                backups.verify(file)
        except (OSError, DatabaseError, backups.BackupError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        uploads = len(manifest["sha256"]) - 1
        self.stdout.write(f"{file}: {manifest['rows']} rows and {uploads} uploads.")
        if folder:
            self.stdout.write(f"Kept: {', '.join(rotation.rotate(folder))}.")
