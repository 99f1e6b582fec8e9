"""New content of the programme's files reaches a site that is in use, once and beside its own.

A table or a column that the site has never loaded is new. Of a new table all rows come, of a new
column the cells that are blank on the site: what somebody wrote stays.
"""

from django.db import transaction

from ..models import City, LoadedColumn

FIRST_LINE = 2  # of the rows of a file, below the names of its columns


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
        return f"{imported(resource, table).totals['new']} new"
    new = [column for column in table.headers if column not in known]
    filled = {column: fill(type(resource)(), table, column) for column in new}
    return ", ".join(f"{count} of {column} filled in" for column, count in filled.items() if count)


def fill(resource, table, column):
    """Fill a column where it is blank on the site; return how many cells.

    A record that the site has otherwise by now, and that the cell does not fit, stays as it is.
    """
    loader = resource._meta.instance_loader_class(resource, table)
    numbers = [
        number
        for number, row in enumerate(table.dict)
        if row[column] and is_blank(resource, column, resource.get_instance(loader, row))
    ]
    keys = [name for name in resource._meta.import_id_fields if name != column]
    cells = table.subset(rows=numbers, cols=[*keys, column])
    if cells:
        try:
            with transaction.atomic():
                imported(resource, cells)
        except RefusedError as error:
            unfit = {line - FIRST_LINE for line, *_ in error.faults}
            cells = cells.subset(rows=[n for n in range(len(cells)) if n not in unfit])
            imported(type(resource)(), cells)
    return len(cells)


def is_blank(resource, column, record):
    return record and resource.fields[column].export(record) in ("", None, "0", False)


def imported(resource, table):
    """Import a table whole and return what came of it; raise RefusedError for a faulty one."""
    result = resource.import_data(table, use_transactions=False)
    if faults := list(result.faults()):
        raise RefusedError(faults)
    return result
