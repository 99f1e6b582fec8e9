"""The whole site as plain files: crawled, with its addresses made relative.

Pages become folders with an index.html, and keep the query of their links: the browser answers
it (static/js/archive-*.js). What a query changes without a script becomes a file of its own for
each query that a page links: feed.atom?country=pl is feed-country-pl.atom, and a page as it looks
on a journey stands in a folder below it.
"""

import json
import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from posixpath import normpath, relpath
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import translation
from django.views.defaults import page_not_found

from precursors import headers

from ..evidence.comparison import comparable, shown_whole
from ..finder import gazetteer
from ..finder.everything import KINDS, below_home
from ..models import FormerAddress, Practice
from ..publishing.changes import last_change
from ..publishing.open_data import KEPT
from . import disk, searching, towns
from .document import FETCHED, Document
from .flag import FLAG, READ
from .folder import MANIFEST, SUMS, manifest, sums_of
from .processes import spread

MIDDLEWARE = ["django.middleware.locale.LocaleMiddleware"]  # all that its pages need
MARKUP = (".html", ".atom", ".xml")
NAMED_IN = {
    ".css": re.compile(r"""url\(\s*["']?(?!data:|#)([^"'()]+)["']?\s*\)"""),
    ".js": re.compile(r"""\b(?:from|import)\s*+(?:\(\s*+)?["'](\.[^"']+)["']"""),
}
EXTRAS = ["index.html", "README.txt", "nginx.conf", ".htaccess", "_redirects", "_headers"]
EXTRAS += ["serve.json"]
GAZETTEER = "gazetteer.csv"
PARTS = 50  # that are made of practices read at once
# What the rules of servers send with every file: the site's own policy, but all may frame a page.
DIRECTIVES = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
POLICY = [[name, *DIRECTIVES[name]] for name in DIRECTIVES if name != "frame-ancestors"]
HEADERS = headers.HEADERS | {
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": "; ".join(map(" ".join, POLICY)),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass
class Found:
    """What one of the works on an archive comes upon."""

    named: list = field(default_factory=list)  # addresses of the site
    fetched: set = field(default_factory=set)  # names of files that scripts ask for
    broken: list = field(default_factory=list)
    left_out: list = field(default_factory=list)


class Archive:
    """Files of an archive under their names; `tell` hears how many of how many are made.

    With more than one process `files` must be a folder's, which all of them can write.
    """

    def __init__(self, base_url="", tell=lambda done, known: None, files=None, processes=1):
        self.base_url = base_url.rstrip("/")
        self.start = urlsplit(self.base_url).path
        self.tell = tell
        self.client = Client(
            raise_request_exception=False,  # one page that fails is told, and left out
            SERVER_NAME=settings.ALLOWED_HOSTS[0],
        )
        self.kept = {}
        self.files = {} if files is None else files
        self.processes = processes
        self.found = Found()
        self.fetched = set()
        self.broken = []
        self.left_out = []
        self.moved = []  # (former address, address)
        self.day = last_change()
        # An address of this machine alone helps nobody to find where the site was.
        self.site = "" if settings.ALLOWED_HOSTS[0] == "127.0.0.1" else settings.SITE_URL
        project = Path(settings.BASE_DIR, "pyproject.toml").read_text()
        self.version = tomllib.loads(project)["project"]["version"]
        self.waiting = []  # (method, arguments): works that are to be done
        self.done = 0
        self.known = {"index.html", GAZETTEER}  # of all languages, made below

    def make(self):
        with override_settings(SITE_URL=self.base_url, MIDDLEWARE=MIDDLEWARE):
            for language, _name in settings.OPEN_LANGUAGES:
                with translation.override(language):
                    self.plan(language)
            if self.base_url:
                self.want("/sitemap.xml")
                self.want("/robots.txt")
            while self.waiting:
                works, self.waiting = self.waiting, []
                left = len(works)
                for found in spread(self.work, works, self.processes):
                    left -= 1
                    self.take(found)
                    self.tell(self.done, self.done + left + len(self.waiting))
            self.files[GAZETTEER] = gazetteer.FILE.read_bytes()
            self.add_for_disks()
            context = {"archive": self, "languages": settings.OPEN_LANGUAGES}
            context |= {"start": self.start, "headers": HEADERS}
            for name in EXTRAS:
                self.add(name, render_to_string(f"archive/{name}", context))
            with translation.override(settings.LANGUAGE_CODE):
                self.add("404.html", self.not_found())
        sums = sums_of(self.files)
        lines = "".join(f"{told}  {name}\n" for name, told in sums.items())
        self.files[SUMS] = lines.encode()
        sums |= sums_of({SUMS: self.files[SUMS]})
        self.files[MANIFEST] = manifest(sums, self.day and self.day.isoformat())
        return self.files

    def plan(self, language):
        """Put on the list what a language has of its own."""
        self.want(reverse("home"))
        self.want(reverse("widget"))  # where frames of other sites lead, whatever they ask
        slugs = Practice.objects.published().order_by("slug").values_list("slug", flat=True)
        for start in range(0, len(slugs), PARTS):
            some = slugs[start : start + PARTS]
            self.waiting += [("add_parts", language, page, some) for page in ("compare", "file")]
        self.waiting += [("add_search_texts", language), ("add_not_found", language)]
        for former in FormerAddress.objects.leading_on():
            path = former.get_absolute_url()
            self.moved.append((path, former.record.get_absolute_url()))
            text = render_to_string("archive/moved.html", {"record": former.record})
            self.add(place(path)[0], text)

    def work(self, what):
        """Do a work of the list and return what was found; in whatever process."""
        method, *arguments = what
        self.found = Found()
        getattr(self, method)(*arguments)
        return self.found

    def take(self, found):
        """Take up what a work has found."""
        self.fetched |= found.fetched
        self.broken += found.broken
        self.left_out += found.left_out
        for path in found.named:
            self.want(path)
        self.done += 1

    # Addresses

    def path_of(self, address):
        """Return an address of the site without its host, or None for one of another."""
        if self.base_url and address.startswith(self.base_url + "/"):
            return address[len(self.base_url) :]
        return address if address.startswith("/") and not address.startswith("//") else None

    def want(self, path):
        """Put what an address names on the list, once."""
        name, rest = place(path)
        if name not in self.known:
            self.known.add(name)
            page = urlsplit(path)._replace(fragment="")
            if rest.startswith("?"):
                page = page._replace(query="")
            self.waiting.append(("fetch", page.geturl()))

    def relative(self, address, name):
        """Return an address of the site as a file of the archive names it, another as it is."""
        path = self.path_of(address)
        if path is None:
            return address
        file, rest = place(path)
        if not address.startswith("/"):
            return f"{self.base_url}/{file.removesuffix('index.html')}{rest}"
        if name.endswith("404.html"):  # shown at any depth, so it counts from the host
            return f"{self.start}/{file}{rest}"
        return relpath(file, name.rpartition("/")[0] or ".") + rest

    # Files

    def add(self, name, text):
        """Add a page or a feed, and note what a page names."""
        document = Document(text)
        found = document.found if name.endswith((".html", ".atom")) else ()
        for tag, attribute, address in found:
            if path := self.path_of(address):
                self.found.named.append(path)
                if tag == "use" or attribute in FETCHED:
                    self.found.fetched.add(place(path)[0])
        self.files[name] = document.rewritten(lambda a: self.relative(a, name)).encode()

    def fetch(self, path):
        name, _ = place(path)
        if own := within(settings.STATIC_URL, path):
            self.add_static(name, own)
        elif own := within(settings.MEDIA_URL, path):
            with default_storage.open(own) as file:
                self.files[name] = file.read()
        else:
            self.add_answer(name, path)

    def add_answer(self, name, path, **said):
        response = self.client.get(path, **{FLAG: self, KEPT: self.kept} | said)
        if response.status_code == 500:  # which Django has told the log
            self.found.left_out.append(f"{path} fails, and is left out.")
        elif response.status_code != 200:
            self.found.broken.append(f"{path} answers {response.status_code}.")
        elif name.endswith(MARKUP):
            self.add(name, response.text)
        else:
            self.files[name] = response.content

    def add_static(self, name, own):
        """Add a static file, and note the pictures of styles and the modules of scripts."""
        path = Path(settings.STATIC_ROOT, own)
        path = path if path.is_file() else finders.find(own)
        if not path:
            self.found.broken.append(f"{own} is no static file.")
            return
        self.files[name] = Path(path).read_bytes()
        if pattern := NAMED_IN.get(Path(name).suffix):
            for other in pattern.findall(self.files[name].decode()):
                self.found.named.append("/" + normpath(f"{name}/../{other.partition('#')[0]}"))

    def add_parts(self, language, page, slugs):
        """Add what a page shows of each practice: what static/js/archive-*.js puts together."""
        practices = comparable().prefetch_related(*shown_whole()).filter(slug__in=slugs)
        read = {practice.slug: practice for practice in practices}
        with translation.override(language):
            address = reverse(page)
            for slug in slugs:
                name = f"{address.lstrip('/')}{slug}.html"
                self.add_answer(name, f"{address}?p={slug}", **{READ: read})

    def add_search_texts(self, language):
        """Add what can be found, of two lists and of the whole site, and towns, for scripts."""
        with translation.override(language):
            found = {kind: list(kind.records()) for kind in KINDS}
            pages = {kind.page: {r.slug: r for r in rs} for kind, rs in found.items() if kind.page}
            pages["search"] = {below_home(r): r for records in found.values() for r in records}
            indexes = searching.indexes(pages.values(), language)
            indexes = dict(zip(pages, indexes, strict=True))
            told = {f"{reverse(page)}search.json": index for page, index in indexes.items()}
            told[f"{reverse('practices')}towns.json"] = towns.known(indexes["cities"])
        for address, data in told.items():
            name = address.lstrip("/")
            self.found.fetched.add(name)
            self.files[name] = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()

    def add_for_disks(self):
        """Add what static/js/archive-disk.js takes up where no server is."""
        folder = f"{settings.STATIC_URL.lstrip('/')}js/"
        scripts = [
            Path(name).name
            for name in self.files
            if name.startswith(folder) and not name.startswith(f"{folder}archive-disk.")
        ]
        sources = {name: self.files[folder + name].decode() for name in scripts}
        self.files[folder + disk.MODULES] = disk.modules(sources).encode()
        for name in self.fetched & set(self.files):
            self.files[f"{name}.js"] = disk.call(self.files[name])

    def add_not_found(self, language):
        with translation.override(language):
            self.add(f"{language}/404.html", self.not_found())

    def not_found(self):
        return page_not_found(self.request("/"), None).text

    def request(self, path):
        return RequestFactory().get(path, **{FLAG: self})


def within(folder, path):
    """Return the rest of a path within a folder, or nothing."""
    return path.removeprefix(folder) if path.startswith(folder) else ""


@lru_cache(maxsize=100_000)  # every page names the same ones
def place(path):
    """Return (name of the file, query and fragment that stay with its link) of a path."""
    parts = urlsplit(path)
    name = unquote(parts.path).lstrip("/")
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if parts.query.startswith("journey=") and name.endswith("/"):
        return f"{name}{parts.query.replace('=', '-')}/index.html", fragment
    if not name or name.endswith("/"):
        query = f"?{parts.query}" if parts.query else ""
        return f"{name}index.html", query + fragment
    if parts.query:
        words = "-".join(f"{key}-{value}" for key, value in parse_qsl(parts.query))
        stem, _, extension = name.rpartition(".")
        name = f"{stem}-{re.sub(r'[^a-z0-9]+', '-', words.casefold())}.{extension}"
    return name, fragment
