from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cities.importing import backups


class Command(BaseCommand):
    help = "Tell whether a backup is whole."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, file, **options):
        try:
            manifest = backups.verify(file)
        except (OSError, backups.BackupError) as error:
            raise CommandError(error) from error
        self.stdout.write(
            f"{file} is whole: {manifest['rows']} rows and {len(manifest['sha256']) - 1} uploads "
            f"of {manifest['site']}, made {manifest['made']}."
        )
