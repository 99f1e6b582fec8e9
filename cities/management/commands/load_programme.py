from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_noop

from cities.editing import deeds
from cities.editing.saving import saving
from cities.importing import upgrading
from cities.importing.resources import RESOURCES
from cities.importing.table_files import TableError
from cities.importing.table_files import read as read_table
from cities.text.translation import language_of

OPTIONAL = {"elsewhere", "events", "library", "synonyms"}  # a programme of one’s own may have none
DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Load the programme from CSV files: adds what is missing, or nothing at all."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=DATA)
        parser.add_argument(
            "--overwrite", action="store_true", help="make existing rows as in the files"
        )
        parser.add_argument(
            "--new", action="store_true", help="load only what this site has never loaded"
        )

    def handle(self, folder, overwrite, new, **options):
        # Translators: in the history of a page.
        done = gettext_noop("Loaded with the files of the programme")
        with saving(comment=deeds.note(done)):
            if new and upgrading.is_filled_by_hand():
                return
            for name, resource_class in RESOURCES.items():
                path = folder / f"{name}.csv"
                if name in OPTIONAL and not path.exists():
                    continue
                resource = resource_class(keep_existing=not overwrite)
                table = read(path, resource)
                try:
                    if new:
                        report = upgrading.take_up(resource, name, table)
                    else:
                        report = load(resource, table)
                except upgrading.RefusedError as error:
                    reasons = told(path, error.faults)
                    raise CommandError(f"Nothing was loaded.\n{reasons}") from error
                upgrading.remember(name, table.headers)
                if report:
                    self.stdout.write(f"{name}: {report}")


def load(resource, table):
    """Load a table; return what came of it, in words."""
    totals = upgrading.imported(resource, table).totals
    report = f"{totals['new']} new, {totals['update']} changed"
    if resource.differing:
        report += f", {resource.differing} differ and were left alone (see --overwrite)"
    return report


def read(path, resource):
    """Return the table in a CSV file of the programme, which may lack languages added later.

    Raise CommandError where it is not what it should be.
    """
    try:
        table = read_table(path.read_bytes(), "utf-8-sig", is_ours=True)
    except (OSError, TableError) as error:
        line = getattr(error, "line", 1)
        raise CommandError(f"Nothing was loaded.\n{path}, line {line}: {error}") from error
    missing = [
        column
        for column in resource._meta.fields
        if column not in table.headers and language_of(column) not in settings.MORE_LANGUAGES
    ]
    if missing:
        raise CommandError(
            f"Nothing was loaded.\n{path}, line 1: the columns {', '.join(missing)} are missing."
        )
    return table


def told(path, faults):
    """Return the faults of an import, one a line."""
    return "\n".join(
        f"{path}, line {line}, {f'column {column}: ' if column else ''}{reason}"
        for line, column, reason in faults
    )
