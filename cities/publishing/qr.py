"""An address as a square of dots that a phone reads from paper."""

from dataclasses import dataclass
from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError


@dataclass
class Code:
    size: int  # dots on a side
    path: str  # of the dark ones, in an SVG of that size


def drawn(address):
    """Return the Code of an address, or None for one that is too long for any."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(address)
    try:
        code.make()
    except (DataOverflowError, ValueError):  # as this library says it of the largest
        return None
    rows = code.get_matrix()
    return Code(len(rows), "".join(map(_row, range(len(rows)), rows)))


def _row(y, dots):
    """Return the dark dots of a row as runs: “M3 0h2v1h-2z”."""
    runs, x = [], 0
    for is_dark, run in groupby(dots):
        length = len(list(run))
        if is_dark:
            runs.append(f"M{x} {y}h{length}v1h-{length}z")
        x += length
    return "".join(runs)
