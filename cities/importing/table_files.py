"""Tables as spreadsheets write them: CSV of every make, and XLSX."""

import csv
import io
import json
from decimal import Decimal

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.formats import base_formats
from tablib import Dataset

from precursors import confined

from ..text.cleaning import in_one_line
from ..text.formulas import as_in_xlsx
from ..text.readings import written
from . import cells, spreadsheets
from .encoding import NAMES

LONGEST_CELL = 32_767  # characters, of XLSX


class TableError(ValueError):
    """What is wrong with a table, in the reader's language, and on which line."""

    def __init__(self, message, line=1):
        super().__init__(message)
        self.line = line


class Table(Dataset):
    """Rows under a header, of which each knows on which line of the file it began."""

    encoding = sheet = sheets = None  # what it was read from
    encodings = NAMES.items()

    def __init__(self, header, rows, lines):
        super().__init__(*rows, headers=header)
        self.lines = lines


def lines_of(dataset):
    """Return on which line each row of a dataset stands; one that no file holds has them too."""
    return getattr(dataset, "lines", range(2, len(dataset) + 2))


FAULTS = {
    "no table": gettext_lazy("This is neither CSV nor XLSX. Save the table as one of them."),
    "kind": gettext_lazy(
        "This is a file of another kind (%(kind)s). Save the table as CSV or XLSX."
    ),
    "password": gettext_lazy("The file is locked with a password. Save it without one."),
    "no sheet": gettext_lazy("There is no table in this file: it has no sheet with cells."),
    "sheet": gettext_lazy("There is no sheet “%(sheet)s”. There are: %(sheets)s."),
    "cut": gettext_lazy("The file is damaged or not whole. Save it again, and choose it again."),
    "damaged": gettext_lazy(
        "The file is damaged (%(part)s). Open it with a spreadsheet program and save it again."
    ),
    "broken off": gettext_lazy("The file breaks off or has a stray quotation mark: %(error)s."),
    "large": gettext_lazy("This table has too many rows or columns, blank ones included."),
    "exceeded": gettext_lazy("This table is too large when unpacked. Split it into smaller ones."),
    "encoding": gettext_lazy(
        "The letters of this file can be read in several ways. Choose its encoding. %(samples)s"
    ),
    "broken letters": gettext_lazy(
        "The file is in UTF-8, but in this line are letters in another encoding, or half a letter. "
        "Save the table once more, as UTF-8."
    ),
    "other encoding": gettext_lazy(
        "The file is not in the encoding %(encoding)s. Choose another one."
    ),
}


def read(content, encoding="", sheet="", *, is_ours=False):
    """Return the table in the bytes of a CSV or XLSX file, with what was read and how.

    Raise TableError where there is none. Files of ours need no process of their own.
    """
    if is_ours:
        answer = spreadsheets.answer(content, encoding, sheet)
    else:
        try:
            told = confined.run(spreadsheets.__name__, content, encoding, sheet)
        except confined.ExceededError as error:
            raise TableError(FAULTS["exceeded"] % {}) from error
        answer = json.loads(told, parse_float=Decimal)
    if "fault" in answer:
        message = FAULTS[answer["fault"]] % answer["told"]
        raise TableError(message.strip(), answer["line"])
    table = tabulated((line, list(map(cells.from_json, row))) for line, row in answer["rows"])
    table.encoding = NAMES.get(answer.get("encoding"))
    table.sheet, table.sheets = answer.get("sheet"), answer.get("sheets")
    return table


def tabulated(numbered):
    """Return the table of rows given as (line, cells), without blank rows and columns."""
    filled = [(line, row) for line, row in numbered if any(str(cell).strip() for cell in row)]
    if not filled:
        raise TableError(_("The table is empty."))
    (_first, header), *body = filled
    header = [in_one_line(str(name)).strip() for name in header]
    while header and not header[-1]:
        header.pop()
    for name in header:
        if header.count(name) > 1:
            message = _("The heading “%(name)s” stands twice.")
            raise TableError(message % {"name": name})
    rows = []
    for line, row in body:
        if any(cell != "" for cell in row[len(header) :]) or len(row) < len(header):
            message = _("This row has %(cells)d cells, the first line %(names)d.")
            raise TableError(message % {"cells": len(row), "names": len(header)}, line)
        rows.append(row[: len(header)])
    return Table(header, rows, [line for line, _row in body])


class MarkedCSV(base_formats.CSV):
    """CSV that Excel opens right in the reader's language, numbers and all."""

    def export_data(self, dataset, **kwargs):
        file = io.StringIO("\N{ZERO WIDTH NO-BREAK SPACE}", newline="")  # so that it knows UTF-8
        file.seek(0, 2)
        # Where decimals have a comma, Excel keeps cells apart by semicolons.
        writer = csv.writer(file, delimiter=";" if get_format("DECIMAL_SEPARATOR") == "," else ",")
        writer.writerow(dataset.headers)
        for row in dataset:
            writer.writerow(written(cell) if isinstance(cell, Decimal) else cell for cell in row)
        return file.getvalue()


class WholeXLSX(base_formats.XLSX):
    """XLSX that never loses the end of a long text without a word."""

    def export_data(self, dataset, **kwargs):
        for row in dataset.dict:
            for column, cell in row.items():
                if len(str(cell)) > LONGEST_CELL:
                    message = _(
                        "“%(record)s” has a text longer than a cell of XLSX can hold (%(column)s). "
                        "Export the table as CSV."
                    )
                    record = row.get("slug") or row.get("code") or next(iter(row.values()))
                    values = {"record": record, "column": column}
                    raise TableError(message % values)
        coded = Dataset(*(map(as_in_xlsx, row) for row in dataset), headers=dataset.headers)
        return super().export_data(coded, **kwargs)
