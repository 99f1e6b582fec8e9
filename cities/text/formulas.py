"""Texts that a spreadsheet would read as something else: formulas, and signs of XLSX itself."""

import re

# What a spreadsheet takes for the start of a formula, in the width of Asian scripts too.
START = "[=+\\-@\t\r＝＋－＠]"
# Where a cell begins: at the beginning, and wherever a program that keeps cells apart by another
# sign than the file does finds one.
CELL = '((?:^|[;,\\t\\r\\n])"*)'
FORMULA = re.compile(f"{CELL}(?='*{START})")
ESCAPED = re.compile(f"{CELL}'(?='*{START})")

# How XLSX writes signs that XML cannot hold; in a text it means the text.
CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text):
    """Return a text with an apostrophe before whatever a spreadsheet would run."""
    return FORMULA.sub(r"\1'", text)


def unescaped(text):
    """Return the text that was escaped, whatever apostrophes it had itself."""
    return ESCAPED.sub(r"\1", text)


def as_in_xlsx(value):
    """Return a value as a cell of XLSX holds it, whose readers take _x000D_ for a line end."""
    return CODED.sub("_x005F_", value) if isinstance(value, str) else value
