from math import inf
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cities.importing.encoding import NAMES
from cities.importing.resources import TABLES
from cities.importing.table_files import TableError, read
from cities.management.commands.load_programme import told
from cities.management.progress import show


class Command(BaseCommand):
    help = "Import a table of any size, CSV or XLSX, as the admin does: all of it or nothing."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=TABLES, help="what the table is of")
        parser.add_argument("file", type=Path)
        parser.add_argument("--encoding", choices=NAMES, default="", help="of a CSV file")
        parser.add_argument("--sheet", default="", help="the first one that is not hidden")
        parser.add_argument("--erase", action="store_true", help="let blank cells erase values")
        parser.add_argument(
            "--overwrite", action="store_true", help="let older rows replace newer ones"
        )
        parser.add_argument("--dry-run", action="store_true", help="try only, and store nothing")

    def handle(self, name, file, dry_run, encoding, sheet, erase, overwrite, **options):
        try:
            table = read(file.read_bytes(), encoding, sheet)
        except (OSError, TableError) as error:
            line = getattr(error, "line", 1)
            raise CommandError(f"{file}, line {line}: {error}") from error
        self.stdout.write(table.encoding or table.sheet)
        resource = TABLES[name](
            on_row=lambda number: show(self.stderr, number, len(table)),
            agreed={"erased": inf if erase else 0, "older": inf if overwrite else 0},
        )
        result = resource.import_data(table, dry_run=dry_run, file_name=file.name)
        for record, doubt in result.doubts:
            self.stderr.write(f"{record}: {doubt}")
        if faults := list(result.faults()):
            raise CommandError(_("Nothing was imported.") + f"\n{told(file, faults)}")
        self.stdout.write(
            _("Imported: %(new)d new, %(update)d changed, %(skip)d left as they were.")
            % result.totals
        )
