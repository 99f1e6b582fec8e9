from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cities.importing.resources import TABLES
from cities.importing.table_files import TableError, read
from cities.management.commands.load_programme import told
from cities.management.progress import show


class Command(BaseCommand):
    help = "Import a table of any size, CSV or XLSX, as the admin does: all of it or nothing."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=TABLES, help="what the table is of")
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="try only, and store nothing")

    def handle(self, name, file, dry_run, **options):
        try:
            table = read(file.read_bytes())
        except (OSError, TableError) as error:
            line = getattr(error, "line", 1)
            raise CommandError(f"{file}, line {line}: {error}") from error
        resource = TABLES[name](on_row=lambda number: show(self.stderr, number, len(table)))
        result = resource.import_data(table, dry_run=dry_run, file_name=file.name)
        if faults := list(result.faults()):
            raise CommandError(_("Nothing was imported.") + f"\n{told(file, faults)}")
        self.stdout.write(
            _("Imported: %(new)d new, %(update)d changed, %(skip)d left as they were.")
            % result.totals
        )
