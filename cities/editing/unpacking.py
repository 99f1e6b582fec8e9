"""Of which kind a file for the library is, told by what is in it.

A program of its own for precursors/confined.py: a file on standard input; on standard output its
kind, or the name of what is wrong with it, from documents.FAULTS. It knows no Django.
"""

import io
import lzma
import sys
import zlib
from zipfile import BadZipFile, ZipFile

PDF, ZIP = b"%PDF-", b"PK\x03\x04"
ODT = b"application/vnd.oasis.opendocument.text"
XLSX = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MOST_UNPACKED = 200 * 2**20  # bytes
UNREADABLE = (BadZipFile, EOFError, ValueError, RuntimeError)
UNREADABLE += (OSError, lzma.LZMAError, zlib.error)  # by how a part is squeezed


def kind(content):
    if content.startswith(PDF):
        return "pdf"
    return kind_of_zip(io.BytesIO(content)) if content.startswith(ZIP) else "kind"


def kind_of_zip(file):
    try:
        with ZipFile(file) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                return "large"
            if parts.testzip():  # reads no more of a part than the size that was told
                return "damaged"
            names = parts.namelist()
            if "mimetype" in names and parts.read("mimetype").strip() == ODT:
                return "odt"
            types = "[Content_Types].xml"
            return "xlsx" if types in names and XLSX in parts.read(types) else "kind"
    except UNREADABLE:
        return "damaged"


if __name__ == "__main__":
    sys.stdout.write(kind(sys.stdin.buffer.read()))
