"""A page or feed as it was written, and the addresses in it: in attributes and data, never in text.

What stands between the addresses is kept to the letter.
"""

import re
from html import escape, unescape

NAMING = {"href", "src", "action", "formaction", "content"}  # attributes that may hold an address
FETCHED = {f"data-{name}" for name in ("cities", "csv", "gazetteer", "near", "suggestions")}
LOADED = {"srcset"} | FETCHED  # by scripts
# The pages are our own: a “<” in a text, a quote or data is written as an entity there.
TAG = re.compile(r"""<([a-z][\w:-]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
ATTRIBUTE = re.compile(rf'\s(id|srcset|data-[a-z-]++|{"|".join(sorted(NAMING))})="([^"]*+)"')
FIRST_WORD = re.compile(r"(?:^|,)\s*(\S+)")
DATA = re.compile(r'\stype="[^"]*json"')
IN_DATA = re.compile(r'(?<!\\)"((?:https?:/)?/[^"\s\\]*)"')


class Document:
    """`found` has the addresses as (element, attribute, address), `ids` those of the elements."""

    def __init__(self, text):
        self.found, self.ids = [], set()
        self.text, self.marks = text, []  # (start, end) of each address
        for element in TAG.finditer(text):
            tag, written = element.groups()
            for attribute in ATTRIBUTE.finditer(text, *element.span(2)):
                self.take(tag, attribute)
            if tag == "script" and DATA.search(written):
                end = text.find("</script", element.end())
                for address in IN_DATA.finditer(text, element.end(), end):
                    self.mark(*address.span(1), "script", "data")

    def take(self, tag, attribute):
        name, value = attribute.groups()
        if name == "id":
            self.ids.add(unescape(value))
        elif name == "srcset":
            start = attribute.start(2)
            for part in FIRST_WORD.finditer(value):
                self.mark(start + part.start(1), start + part.end(1), tag, name)
        else:
            self.mark(*attribute.span(2), tag, name)

    def mark(self, start, end, tag, name):
        """Note an address and where it stands."""
        self.marks.append((start, end))
        if name in NAMING or name in LOADED:
            self.found.append((tag, name, unescape(self.text[start:end])))

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
