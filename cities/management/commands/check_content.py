from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cities.editing.proofreading import findings
from cities.importing.resources import RESOURCES
from cities.management.commands.load_programme import DATA, read


class Command(BaseCommand):
    help = "Proofread the programme's files: languages, figures, addresses, typography."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=DATA)

    def handle(self, folder, **options):
        count = 0
        for name, resource_class in RESOURCES.items():
            path = folder / f"{name}.csv"
            table = read(path, resource_class())
            for line, row in zip(table.lines, table.dict, strict=True):
                for column, reason in findings(name, row):
                    count += 1
                    self.stdout.write(f"{path}, line {line}, column {column}: {reason}")
        if count:
            raise CommandError(f"Findings: {count}")
        self.stdout.write("Nothing found.")
