import csv
from pathlib import Path

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tablib import Dataset

from cities.models import City
from cities.resources import RESOURCES
from cities.translation import language_of

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
            table, lines = read(path, resource)
            result = resource.import_data(table, use_transactions=False)
            if faults := list(describe_faults(result)):
                told = "\n".join(
                    f"{path}, line {lines[number - 1]}, {fault}" for number, fault in faults
                )
                raise CommandError(f"Nothing was loaded.\n{told}")
            totals = result.totals
            report = f"{name}: {totals['new']} new, {totals['update']} changed"
            if resource.differing:
                report += f", {resource.differing} differ and were left alone (see --overwrite)"
            self.stdout.write(report)


def read(path, resource):
    """Return a CSV file as (table, the line on which each of its rows begins).

    It may lack the languages that the site has beyond its first two.
    Raise CommandError where it is not what it should be.
    """
    rows, lines, end = [], [], 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for row in reader:
                rows.append(row)
                lines.append(end + 1)
                end = reader.line_num
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"Nothing was loaded.\n{path}, line {end + 1}: {error}") from error
    header, *rows = rows or [[]]
    missing = [
        column
        for column in resource._meta.fields
        if column not in header and language_of(column) not in settings.MORE_LANGUAGES
    ]
    if missing:
        raise CommandError(
            f"Nothing was loaded.\n{path}, line 1: the columns {', '.join(missing)} are missing."
        )
    for line, row in zip(lines[1:], rows, strict=True):
        if len(row) != len(header):
            raise CommandError(
                f"Nothing was loaded.\n{path}, line {line}: "
                f"{len(row)} cells where the first line has {len(header)}."
            )
    columns = [header.index(column) for column in resource._meta.import_id_fields]
    seen = {}
    for line, row in zip(lines[1:], rows, strict=True):
        first = seen.setdefault(tuple(row[column] for column in columns), line)
        if first != line:
            names = ", ".join(resource._meta.import_id_fields)
            raise CommandError(
                f"Nothing was loaded.\n{path}, line {line}: the same {names} as in line {first}."
            )
    return Dataset(*rows, headers=header), lines[1:]


def describe_faults(result):
    """Yield (row number, column and reason) for each fault."""
    for row in result.invalid_rows:
        for column, messages in row.error_dict.items():
            where = "" if column == NON_FIELD_ERRORS else f"column {column}: "
            yield row.number, f"{where}{' '.join(messages)}"
    for number, errors in result.row_errors():
        for error in errors:
            yield number, str(error.error)
