"""Proof of an archive: every link leads to a file of it, and nothing is asked of another host."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from .crawler import NAMED_IN
from .document import Document
from .processes import spread

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


@dataclass
class Seen:
    """What one file names, and what other files may lead to in it."""

    links: int = 0
    broken: list = field(default_factory=list)
    outside: list = field(default_factory=list)
    elsewhere: list = field(default_factory=list)  # (address, file, id) in another page
    ids: set = field(default_factory=set)


def check(folder, base_url="", names=None, processes=1):
    """Return what is found in files of a folder, all or named, that will stand at `base_url`."""
    everything = (path for path in folder.rglob("*") if path.is_file())
    files = set(names or (path.relative_to(folder).as_posix() for path in everything))
    pages = sorted(name for name in files if name.endswith(".html"))
    others = sorted(name for name in files if Path(name).suffix in NAMED_IN)
    found = Findings(pages=len(pages))
    ids, elsewhere = {}, []
    looks = spread(lambda name: look(folder, name, files, base_url), pages + others, processes)
    for name, seen in zip(pages + others, looks, strict=True):
        found.links += seen.links
        found.broken += seen.broken
        found.outside += seen.outside
        ids[name] = seen.ids
        elsewhere += [(name, *aim) for aim in seen.elsewhere]
    for name, address, target, fragment in elsewhere:
        if "content" in ids[target] and fragment not in ids[target]:
            found.broken.append(f"{name} names {address}, where nothing has that id")
    return found


def look(folder, name, files, base_url):
    """Return what is seen in one of the files."""
    start = urlsplit(base_url).path
    text = (folder / name).read_text(encoding="utf-8")
    seen = Seen()
    if name.endswith(".html"):
        page = Document(RELATIONS.sub("", text))
        named, seen.ids = page.found, page.ids
    else:
        named = [("", "", address) for address in NAMED_IN[Path(name).suffix].findall(text)]
    for tag, attribute, address in named:
        if base_url and address.startswith(f"{base_url}/"):
            address = start + address.removeprefix(base_url)
        if attribute == "content" and not address.startswith((".", "/")):
            continue
        parts = urlsplit(address)
        seen.links += 1
        if parts.scheme or parts.netloc:
            if tag not in NAVIGATION and parts.scheme != "data":
                seen.outside.append(f"{name} asks {address}")
            continue
        path = unquote(parts.path)
        if path.startswith("/"):
            target = path.removeprefix(f"{start}/")
            target += "index.html" if path.endswith("/") else ""
        else:
            target = normpath(f"{name}/../{path}") if path else name
        if target not in files:
            seen.broken.append(f"{name} names {address}")
        elif parts.fragment and target != name and target.endswith(".html"):
            seen.elsewhere.append((address, target, parts.fragment))
        elif target == name and "content" in seen.ids and parts.fragment not in {"", *seen.ids}:
            seen.broken.append(f"{name} names {address}, where nothing has that id")
    return seen
