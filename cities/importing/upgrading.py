"""New content of the programme's files reaches a site that is in use, once and beside its own.

A table or a column that the site has never loaded is new. Of a new table all rows come, of a new
column the cells that are blank on the site: what somebody wrote stays.
"""

from django.db import transaction

from ..models import City, LoadedColumn
from .table_files import lines_of


class RefusedError(Exception):
    """A table that cannot be loaded; `faults` as ImportResult.faults tells them."""

    def __init__(self, faults):
        super().__init__(faults)
        self.faults = faults


def is_filled_by_hand():
    """Tell whether a site has cities, but none from the programme's files."""
    return City.objects.exists() and not LoadedColumn.objects.exists()


def remember(name, columns):
    """Note that these columns of a table have been loaded."""
    loaded = (LoadedColumn(table=name, column=column) for column in columns)
    LoadedColumn.objects.bulk_create(loaded, ignore_conflicts=True)


def take_up(resource, name, table):
    """Load what is new in a table; return what came of it in words, blank for nothing."""
    known = set(LoadedColumn.objects.filter(table=name).values_list("column", flat=True))
    if not known:
        return in_words(fitting(resource, table))
    new = [column for column in table.headers if column not in known]
    filled = {column: fill(type(resource)(), table, column) for column in new}
    return ", ".join(f"{count} of {column} filled in" for column, count in filled.items() if count)


def fill(resource, table, column):
    """Fill a column where it is blank on the site; return how many cells."""
    loader = resource._meta.instance_loader_class(resource, table)
    numbers = [
        number
        for number, row in enumerate(table.dict)
        if row[column] and is_blank(resource, column, record_of(resource, loader, row))
    ]
    keys = [name for name in resource._meta.import_id_fields if name != column]
    if not numbers:
        return 0
    result, _left_out = fitting(resource, table.subset(rows=numbers, cols=[*keys, column]))
    return result.totals["update"]


def fitting(resource, table):
    """Import the rows that fit what the site has by now; return what came of it, and the rest.

    A site may have deleted what a row leads to, or told a figure in another unit. Where it has
    nothing yet, everything has to fit.
    """
    try:
        with transaction.atomic():
            return imported(resource, table), 0
    except RefusedError as error:
        if not LoadedColumn.objects.exists():
            raise
        unfit = {line for line, *_ in error.faults}
    rows = [n for n, line in enumerate(lines_of(table)) if line not in unfit]
    return imported(type(resource)(), table.subset(rows=rows)), len(table) - len(rows)


def in_words(came):
    result, left_out = came
    told = [f"{result.totals['new']} new"] if result.totals["new"] else []
    told += [f"{left_out} left out, for they lead to what is not here"] if left_out else []
    return ", ".join(told)


def record_of(resource, loader, row):
    """Return the record of a row, or None where the site has it no more."""
    try:
        return resource.get_instance(loader, row)
    except ValueError:  # what it belongs to is gone too
        return None


def is_blank(resource, column, record):
    return record and resource.fields[column].export(record) in ("", None, "0", False)


def imported(resource, table):
    """Import a table whole and return what came of it; raise RefusedError for a faulty one."""
    result = resource.import_data(table, use_transactions=False)
    if faults := list(result.faults()):
        raise RefusedError(faults)
    return result
