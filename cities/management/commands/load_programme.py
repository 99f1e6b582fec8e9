import csv
from pathlib import Path

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tablib import Dataset

from cities.models import City
from cities.resources import RESOURCES

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Load the programme from CSV files: adds what is missing, or nothing at all."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=DATA)
        parser.add_argument(
            "--overwrite", action="store_true", help="make existing rows as in the files"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there are cities already"
        )

    @transaction.atomic
    def handle(self, folder, overwrite, if_empty, **options):
        if if_empty and City.objects.exists():
            return
        for name, resource_class in RESOURCES.items():
            path = folder / f"{name}.csv"
            resource = resource_class(keep_existing=not overwrite)
            result = resource.import_data(read(path, resource), use_transactions=False)
            if faults := list(describe_faults(result)):
                lines = "\n".join(f"{path}, {fault}" for fault in faults)
                raise CommandError(f"Nothing was loaded.\n{lines}")
            totals = result.totals
            report = f"{name}: {totals['new']} new, {totals['update']} changed"
            if resource.differing:
                report += f", {resource.differing} differ and were left alone (see --overwrite)"
            self.stdout.write(report)


def read(path, resource):
    """Return the rows of a CSV file. Raise CommandError where it is not what it should be."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"{path}: {error}") from error
    header, *rows = rows or [[]]
    wanted = resource._meta.fields
    if missing := [column for column in wanted if column not in header]:
        raise CommandError(f"{path}, line 1: the columns {', '.join(missing)} are missing.")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise CommandError(
                f"{path}, row {number}: {len(row)} cells where the first line has {len(header)}."
            )
    return Dataset(*rows, headers=header)


def describe_faults(result):
    """Yield a sentence for each fault: row, column and reason."""
    for error in result.base_errors:
        yield str(error.error)
    for row in result.invalid_rows:
        for column, messages in row.error_dict.items():
            where = "" if column == NON_FIELD_ERRORS else f", column {column}"
            yield f"row {row.number + 1}{where}: {' '.join(messages)}"
    for number, errors in result.row_errors():
        for error in errors:
            yield f"row {number + 1}: {error.error}"
