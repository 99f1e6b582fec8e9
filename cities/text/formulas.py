"""Texts that a spreadsheet would run: what it takes for a formula is kept from it."""

import re

# What a spreadsheet takes for the start of a formula, in the width of Asian scripts too.
START = "[=+\\-@\t\r＝＋－＠]"
# Where a cell begins: at the beginning, and wherever a program that keeps cells apart by another
# sign than the file does finds one.
CELL = '((?:^|[;,\\t\\r\\n])"*)'
FORMULA = re.compile(f"{CELL}(?='*{START})")
ESCAPED = re.compile(f"{CELL}'(?='*{START})")


def escaped(text):
    """Return a text with an apostrophe before whatever a spreadsheet would run."""
    return FORMULA.sub(r"\1'", text)


def unescaped(text):
    """Return the text that was escaped, whatever apostrophes it had itself."""
    return ESCAPED.sub(r"\1", text)
