"""Texts that a spreadsheet would run: what it takes for a formula is kept from it."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of one


def escaped(text):
    """Return a text that a spreadsheet would run behind an apostrophe, any other as it is."""
    return f"'{text}" if text.startswith(FORMULA) else text


def unescaped(text):
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text
