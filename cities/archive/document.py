"""A page or feed as it was written, and the addresses in it: in attributes and data, never in text.

What stands between the addresses is kept to the letter.
"""

import re
from html import escape, unescape
from html.parser import HTMLParser
from itertools import accumulate

NAMING = {"href", "src", "action", "formaction", "content"}  # attributes that may hold an address
FETCHED = {"data-cities", "data-near", "data-suggestions"}  # by scripts
LOADED = {"srcset"} | FETCHED
ATTRIBUTE = re.compile(r'(?<![\w-])([a-z-]+)="([^"]*)"')
FIRST_WORD = re.compile(r"(?:^|,)\s*(\S+)")
IN_DATA = re.compile(r'(?<!\\)"((?:https?:/)?/[^"\s\\]*)"')


class Document(HTMLParser):
    """`found` has the addresses as (element, attribute, address), `ids` those of the elements."""

    def __init__(self, text):
        super().__init__(convert_charrefs=False)
        self.found, self.ids = [], set()
        self.text, self.marks = text, []  # (start, end) of each address
        self.lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self.is_in_data = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        source = self.get_starttag_text()
        self.is_in_data = tag == "script" and dict(attributes).get("type", "").endswith("json")
        for match in ATTRIBUTE.finditer(source):
            name, value = match[1], unescape(match[2])
            if name == "id":
                self.ids.add(value)
            elif name == "srcset":
                for part in FIRST_WORD.finditer(match[2]):
                    self.mark(match.start(2) + part.start(1), part[1], tag, name)
            elif name in NAMING or name.startswith("data-"):
                self.mark(match.start(2), match[2], tag, name)

    def handle_data(self, data):
        for match in IN_DATA.finditer(data) if self.is_in_data else ():
            self.mark(match.start(1), match[1], "script", "data")

    def mark(self, offset, written, tag, name):
        """Note an address, written at so many letters behind where the parser stands."""
        line, column = self.getpos()
        start = self.lines[line - 1] + column + offset
        self.marks.append((start, start + len(written)))
        if name in NAMING or name in LOADED:
            self.found.append((tag, name, unescape(written)))

    def rewritten(self, change):
        """Return the text with every address changed by a function of it."""
        parts, end = [], 0
        for start, stop in self.marks:
            written = self.text[start:stop]
            address = unescape(written)
            changed = change(address)
            parts += [
                self.text[end:start],
                written if changed == address else escape(changed, quote=False),
            ]
            end = stop
        return "".join([*parts, self.text[end:]])
