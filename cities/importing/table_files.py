"""Tables as spreadsheets write them: CSV of every make, and XLSX."""

import csv
import io
from datetime import date, datetime
from zipfile import BadZipFile, ZipFile

import openpyxl
from django.utils.translation import gettext as _
from import_export.formats import base_formats
from openpyxl.utils.exceptions import InvalidFileException
from tablib import Dataset

DELIMITERS = ",;\t"
ZIP = b"PK\x03\x04"
MOST_UNPACKED = 100 * 2**20  # bytes of an XLSX; those of a long programme have some 5 million
MOST_CELLS = 2_000_000


class TableError(ValueError):
    """What is wrong with a table, in the reader's language, and on which line."""

    def __init__(self, message, line=1):
        super().__init__(message)
        self.line = line


class Table(Dataset):
    """Rows under a header, of which each knows on which line of the file it began."""

    def __init__(self, header, rows, lines):
        super().__init__(*rows, headers=header)
        self.lines = lines


def lines_of(dataset):
    """Return on which line each row of a dataset stands; one that no file holds has them too."""
    return getattr(dataset, "lines", range(2, len(dataset) + 2))


def read(content):
    """Return the table in the bytes of a CSV or XLSX file. Raise TableError where there is none."""
    rows = xlsx_rows(content) if content.startswith(ZIP) else csv_rows(text_of(content))
    return tabulated(rows)


def text_of(content):
    """Return the text of a CSV file: UTF-8, or what Excel for Windows writes."""
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1250"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableError(_("This is neither CSV nor XLSX. Save the table as one of them."))


def csv_rows(text):
    """Yield (line, cells) of a CSV text, separated by what its first line is separated by."""
    first = 1
    if text.startswith("sep="):  # a note that Excel leaves for itself
        text, first = text.partition("\n")[2], 2
    header = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = first
    try:
        for cells in reader:
            yield line, cells
            line = first + reader.line_num
    except csv.Error as error:
        raise TableError(
            _("The file breaks off or has a stray quotation mark: %(error)s.") % {"error": error},
            line,
        ) from error


def xlsx_rows(content):
    """Yield (line, cells) of the first sheet, all rows of one width, cells as text or as a date."""
    try:
        refuse_a_bomb(ZipFile(io.BytesIO(content)))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except TableError:
        raise
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise TableError(
            _("This is neither CSV nor XLSX. Save the table as one of them.")
        ) from error
    rows, count = [], 0
    for row in book.worksheets[0].values:
        count += len(row) or 1
        if count > MOST_CELLS:  # one cell at the far end of a sheet makes milliards before it
            raise TableError(_("This table has too many rows or columns, blank ones included."))
        rows.append([cell_text(value) for value in row])
    book.close()
    width = max(map(len, rows), default=0)
    for line, row in enumerate(rows, 1):
        yield line, row + [""] * (width - len(row))


def refuse_a_bomb(archive):
    """Raise TableError for an XLSX that would fill the memory when unpacked."""
    if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
        raise TableError(_("This table is too large when unpacked. Split it into smaller ones."))


def cell_text(value):
    """Return a spreadsheet's value as CSV would have it; dates stay dates."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.12g}"  # the 0.1 + 0.2 of spreadsheets is 0.3
    return value if isinstance(value, date) else "" if value is None else str(value)


def tabulated(numbered):
    """Return the table of rows given as (line, cells), without blank rows and columns."""
    filled = [(line, cells) for line, cells in numbered if any(cells)]
    if not filled:
        raise TableError(_("The table is empty."))
    (_first, header), *body = filled
    header = [str(name).strip() for name in header]
    while header and not header[-1]:
        header.pop()
    rows = []
    for line, cells in body:
        if any(cells[len(header) :]) or len(cells) < len(header):
            message = _("This row has %(cells)d cells, the first line %(names)d.")
            raise TableError(message % {"cells": len(cells), "names": len(header)}, line)
        rows.append(cells[: len(header)])
    return Table(header, rows, [line for line, _cells in body])


class AnyTable(base_formats.CSV):
    """What an import takes, told apart by its content."""

    def get_title(self):
        return "CSV, XLSX"

    def is_binary(self):
        return True

    def get_read_mode(self):
        return "rb"

    def create_dataset(self, in_stream):
        return read(in_stream)


class MarkedCSV(base_formats.CSV):
    """CSV with the mark by which Excel knows UTF-8."""

    def export_data(self, dataset, **kwargs):
        return "\N{ZERO WIDTH NO-BREAK SPACE}" + super().export_data(dataset, **kwargs)
