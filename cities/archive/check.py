"""Proof of an archive: every link leads to a file of it, and nothing is asked of another host."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from .crawler import NAMED_IN
from .document import Document

NAVIGATION = {"a", "meta"}  # elements whose addresses nothing is loaded from
RELATIONS = re.compile(r'<link rel="(?:canonical|alternate)"[^<>]*>')


@dataclass
class Findings:
    pages: int = 0
    links: int = 0
    broken: list = field(default_factory=list)
    outside: list = field(default_factory=list)

    def __str__(self):
        return (
            f"{self.pages} pages, {self.links} links: "
            f"{len(self.broken)} broken, {len(self.outside)} requests to other hosts."
        )


def check(folder, base_url=""):
    """Return what is found in the files of a folder that will stand at `base_url`."""
    start = urlsplit(base_url).path
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {
        name: Document(RELATIONS.sub("", (folder / name).read_text(encoding="utf-8")))
        for name in sorted(files)
        if name.endswith(".html")
    }
    found = Findings(pages=len(pages))
    named = [(name, *link) for name, page in pages.items() for link in page.found]
    for name in sorted(files):
        if pattern := NAMED_IN.get(Path(name).suffix):
            text = (folder / name).read_text(encoding="utf-8")
            named += [(name, "", "", address) for address in pattern.findall(text)]
    for name, tag, attribute, address in named:
        if base_url and address.startswith(f"{base_url}/"):
            address = start + address.removeprefix(base_url)
        if attribute == "content" and not address.startswith((".", "/")):
            continue
        parts = urlsplit(address)
        found.links += 1
        if parts.scheme or parts.netloc:
            if tag not in NAVIGATION and parts.scheme != "data":
                found.outside.append(f"{name} asks {address}")
            continue
        path = unquote(parts.path)
        if path.startswith("/"):
            target = path.removeprefix(f"{start}/")
            target += "index.html" if path.endswith("/") else ""
        else:
            target = normpath(f"{name}/../{path}") if path else name
        ids = pages[target].ids if target in pages else ()
        if target not in files:
            found.broken.append(f"{name} names {address}")
        elif parts.fragment and "content" in ids and parts.fragment not in ids:
            found.broken.append(f"{name} names {address}, where nothing has that id")
    return found
