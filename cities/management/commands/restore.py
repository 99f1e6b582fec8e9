from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from cities.importing import backups, recovery


class Command(BaseCommand):
    help = "Bring a backup back into an empty site, whole or not at all."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, file, **options):
        try:
            manifest = recovery.restore(file)
        except (OSError, DatabaseError, backups.BackupError) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        self.stdout.write(
            f"Restored {manifest['rows']} rows and {len(manifest['sha256']) - 1} uploads, "
            f"made {manifest['made']}."
        )
