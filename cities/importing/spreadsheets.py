"""What a spreadsheet saved, as rows: CSV of every make, and XLSX.

A program of its own for precursors/confined.py: a file on standard input; the encoding and the
sheet that somebody chose, or blanks, as words; JSON on standard output, see `answer`. It knows no
Django, which takes longer to start than most tables take to be read.
"""

import csv
import io
import json
import re
import sys
from datetime import date, datetime, time
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from .encoding import NAMES, UnclearError, text_of

DELIMITERS = ",;\t"
BLANK = b"\xef\xbb\xbf \t\r\n"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What people rename or mistake for a table: what its first bytes or one of its parts tell.
BEGINNINGS = {b"%PDF": "PDF", b"{\\rtf": "RTF", b"<": "HTML, XML", OLE: "XLS"}
PARTS = {r"xl/workbook\.bin": "XLSB", "word/": "DOCX", "ppt/": "PPTX", r".*\.iwa$": "Numbers"}
PARTS |= {r"content\.xml": "ODS"}
STRICT = rb"http://purl\.oclc\.org/ooxml/(\w+)/", rb"http://schemas.openxmlformats.org/\1/2006/"
MOST_UNPACKED = 100 * 2**20  # bytes of an XLSX; those of a long programme have some 5 million
MOST_CELLS, MOST_COLUMNS = 1_000_000, 1000


class FaultError(Exception):
    """Why a file is no table: a name from table_files.FAULTS, a line, and what is told with it."""

    def __init__(self, name, line=1, **told):
        super().__init__(name)
        self.answer = {"fault": name, "line": line, "told": told}


def answer(content, encoding="", sheet=""):
    """Return {"rows": [(line, cells)], "encoding" or "sheet" and "sheets"}, or a fault.

    A cell is a text, a number, true, false, or {kind: text} where it is a day, a time, both
    (moment), or a formula that was never calculated.
    """
    try:
        if content.startswith(ZIP):
            return workbook(content, sheet)
        return text_table(content, encoding)
    except FaultError as fault:
        return fault.answer


def text_table(content, chosen):
    for beginning, kind in BEGINNINGS.items():
        if content.lstrip(BLANK).startswith(beginning):
            is_locked = "EncryptedPackage".encode("utf-16-le") in content
            raise FaultError("password") if is_locked else FaultError("kind", kind=kind)
    try:
        text, encoding = text_of(content, chosen)
    except UnclearError as unclear:
        samples = [f"{NAMES[name]}: {word}" for name, word in unclear.samples.items()]
        raise FaultError("encoding", samples="; ".join(samples)) from unclear
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = FaultError("broken letters", line)
        if chosen:
            fault = FaultError("other encoding", encoding=NAMES[chosen])
        elif error.encoding != "utf-8":
            fault = FaultError("no table")
        raise fault from error
    if "\0" in text:
        raise FaultError("no table")
    return {"rows": list(csv_rows(text)), "encoding": encoding}


def csv_rows(text):
    """Yield (line, cells) of a CSV text, separated by what its first line says, or is."""
    first, said = 1, ""
    if text.startswith("sep="):  # a note that Excel leaves for itself
        note, _end, text = text.partition("\n")
        first, said = 2, note[4:5]
    header = text.partition("\n")[0]
    delimiter = said if said in [*DELIMITERS] else max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, count = first, 0
    try:
        for cells in reader:
            count += len(cells)
            if count > MOST_CELLS:
                raise FaultError("large")
            if any(cells):
                yield line, cells
            line = first + reader.line_num
    except csv.Error as error:
        raise FaultError("broken off", line, error=str(error)) from error


def workbook(content, chosen):
    """Return the rows of the sheet of that name, or else of the first that is not hidden."""
    from openpyxl import load_workbook  # here, so that a CSV need not wait for it

    try:
        archive = ZipFile(io.BytesIO(content))
        refuse_other_kinds(archive)
        book = load_workbook(transitional(archive), read_only=True, data_only=True)
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        shown = [name for name in sheets if sheets[name].sheet_state == "visible"]
        if chosen not in {"", *sheets}:
            raise FaultError("sheet", sheet=chosen, sheets=", ".join(sheets))
        if not sheets:
            raise FaultError("no sheet")
        name = chosen or [*shown, *sheets][0]
        return {"rows": list(sheet_rows(sheets[name])), "sheet": name, "sheets": list(sheets)}
    except (FaultError, MemoryError):
        raise
    except BadZipFile as error:  # cut off, mostly
        raise FaultError("cut") from error
    except Exception as error:  # whatever a reader makes of what it does not expect
        raise FaultError(
            "damaged", part=damaged_part(archive) or f"{error}".split("\n")[0]
        ) from error


def refuse_other_kinds(archive):
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FaultError("large")
    if any(part.flag_bits & 1 for part in parts):
        raise FaultError("password")
    for pattern, kind in PARTS.items():
        if any(re.match(pattern, part.filename) for part in parts):
            raise FaultError("kind", kind=kind)
    if not any(part.filename.startswith("xl/") for part in parts):
        raise FaultError("no table")


def transitional(archive):
    """Return a workbook, one saved as Strict Open XML under the names that openpyxl knows."""
    if b"purl.oclc.org" not in archive.read("_rels/.rels"):
        return archive.fp
    made = io.BytesIO()
    with ZipFile(made, "w") as target:
        for name in archive.namelist():
            target.writestr(name, re.sub(*STRICT, archive.read(name)))
    return made


def damaged_part(archive):
    """Return the name of the first part that cannot be unpacked, or is no XML; or None."""
    for name in archive.namelist():
        try:
            part = archive.read(name)
            if name.endswith((".xml", ".rels")):
                expat.ParserCreate().Parse(part, True)
        except Exception:
            return name
    return None


def sheet_rows(sheet):
    """Yield (line, cells) of the rows that are not blank, all of one width."""
    uncalculated = formulas_without_value(sheet)
    sheet.reset_dimensions()  # what the file says of them is often wrong
    rows, width = [], 0
    for line, row in enumerate(sheet.iter_rows(), 1):
        cells = [cell_value(cell, uncalculated) for cell in row]
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            rows.append((line, cells))
            width = max(width, len(cells))
        if width > MOST_COLUMNS or width * len(rows) > MOST_CELLS:
            raise FaultError("large")
    for line, cells in rows:
        yield line, cells + [""] * (width - len(cells))


def formulas_without_value(sheet):
    """Return the addresses of cells that a program filled in, but no spreadsheet calculated."""
    found, rows = set(), None
    with sheet._get_source() as source:
        # Entities that grow are refused by expat itself, and the limits of the process hold too.
        for event, element in ElementTree.iterparse(source, ("start", "end")):  # noqa: S314
            kind = element.tag.rpartition("}")[2]
            if event == "start" and kind == "sheetData":
                rows = element
            if event == "end" and kind == "c":
                has = {child.tag.rpartition("}")[2]: child.text for child in element}
                if "f" in has and not has.get("v") and element.get("t") != "str":
                    found.add(element.get("r"))
            if event == "end" and kind == "row" and rows is not None:
                rows.clear()
    return found


def cell_value(cell, uncalculated):
    from openpyxl.utils.escape import unescape

    value = cell.value
    if value is None:
        is_formula = uncalculated and getattr(cell, "coordinate", None) in uncalculated
        return {"formula": cell.coordinate} if is_formula else ""
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, float):
        return float(f"{value:.12g}")  # the 0.1 + 0.2 of spreadsheets is 0.3
    if isinstance(value, datetime):
        is_midnight = value.time() == time()
        return (
            {"day": f"{value:%Y-%m-%d}"} if is_midnight else {"moment": f"{value:%Y-%m-%d %H:%M}"}
        )
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, (bool, int)) else {"time": str(value)}


if __name__ == "__main__":
    json.dump(answer(sys.stdin.buffer.read(), *sys.argv[1:]), sys.stdout)
