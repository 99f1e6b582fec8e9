"""The pages that are audited: all of the sitemap, and the most demanding one of each type."""

import re
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.conf import settings
from django.urls import resolve, reverse
from django.utils import translation


@dataclass(frozen=True)
class Page:
    path: str
    type: str  # the name of its address
    html: str

    @property
    def language(self):
        return self.path[1:3]


def crawl(site):
    """Return the pages of the sitemap, and what it does not name: answers, a comparison, a 404."""
    _, sitemap = fetch(f"{site}/sitemap.xml")
    paths = [urlsplit(url).path for url in re.findall("<loc>([^<]*)</loc>", sitemap)]
    pages = [_page(site, path) for path in paths]
    return pages + [_page(site, *unlisted) for unlisted in _unlisted(pages)]


def one_of_each(pages):
    """Return the longest page of each type in each language."""
    longest = {}
    for page in sorted(pages, key=lambda page: len(page.html)):
        longest[page.language, page.type] = page
    return sorted(longest.values(), key=lambda page: (page.type, page.language))


def fetch(url):
    """Return (status, text)."""
    try:
        with urlopen(url) as answer:  # noqa: S310
            return answer.status, answer.read().decode(errors="replace")
    except HTTPError as error:
        with error:
            return error.code, error.read().decode(errors="replace")


def _page(site, path, name=None):
    status, html = fetch(site + path)
    expected = 404 if name == "not found" else 200
    if status != expected:
        raise RuntimeError(f"{path} answers {status}.")
    return Page(path, name or _type(path), html)


def _type(path):
    with translation.override(path[1:3]):
        return resolve(path).url_name


def _unlisted(pages):
    slugs, topics = (
        [page.path.split("/")[-2] for page in pages if page.type == kind]
        for kind in ("practice", "topic")
    )
    journeys = {page.language: page.html for page in pages if page.type == "journey"}
    compared = "&".join(f"p={slug}" for slug in sorted(set(slugs))[:4])
    for language, _ in settings.OPEN_LANGUAGES:
        with translation.override(language):
            for list_ in ("cities", "practices"):
                yield f"{reverse(list_)}?theme=energy&theme=spatial&q=plan", f"{list_}, filtered"
                yield f"{reverse(list_)}?q=nowhere", f"{list_}, no answer"
            yield reverse("search"), "search"
            yield f"{reverse('search')}?q=energia+plan", "search, found"
            topic = next(iter(topics), "")
            yield f"{reverse('practices')}?topic={topic}", "practices of a topic"
            if stop := re.search(r'href="(\S*\?journey=[^"]*)"', journeys.get(language, "")):
                yield stop[1], "stop of a journey"
            yield f"{reverse('compare')}?{compared}", "compare"
            yield f"{reverse('file')}?{compared}", "file"
            yield f"/{language}/nowhere/", "not found"
