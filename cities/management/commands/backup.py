from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from cities.importing import backups


class Command(BaseCommand):
    help = "Write the whole site into one file: every row and every upload, while it is served."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, file, **options):
        try:
            manifest = backups.write(file)
        except (OSError, DatabaseError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        uploads = len(manifest["sha256"]) - 1
        self.stdout.write(f"{file}: {manifest['rows']} rows and {uploads} uploads.")
