"""What others take: feeds, read to their last page, and tables, which import without a change."""

import feedparser
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from .pages import fetch
from .table import none_of

FEEDS = "feed", "events_feed", "library_feed", "journeys_feed"
# Files that staff may import, and as what; those of figures and stops are for readers alone.
IMPORTED = {name: name for name in ("cities", "topics", "events", "library")}
IMPORTED |= {"good-practices": "practices"}


def feeds(site, pages, typical):
    findings, entries, number = [], [], 0
    for language, _name in settings.OPEN_LANGUAGES:
        for name in FEEDS:
            with translation.override(language):
                address = site + reverse(name)
            while address:
                number += 1
                _status, text = fetch(address)
                page = feedparser.parse(text)
                if page.bozo or not page.entries:
                    findings.append(f"Feed: {address}: {page.get('bozo_exception', 'no entries')}")
                entries += [(language, entry.id) for entry in page.entries]
                links = {link.rel: link.href for link in page.feed.get("links", ())}
                address = links.get("next")
    twice = len(entries) - len(set(entries))
    findings += [f"Feed: {twice} entries stand twice."] if twice else []
    name = f"faults of {number} pages of feeds with {len(entries)} entries, for feedparser"
    return [none_of(name, findings)], findings


def imports(site, pages, typical):
    from cities.importing.resources import TABLES
    from cities.importing.table_files import read

    findings = []
    for file, name in IMPORTED.items():
        for language, _name in settings.OPEN_LANGUAGES:
            _status, text = fetch(f"{site}/{language}/{file}.csv")
            result = TABLES[name]().import_data(read(text.encode(), "", ""), dry_run=True)
            changed = {kind: n for kind, n in result.totals.items() if n and kind != "skip"}
            if changed or not result.totals["skip"]:
                findings.append(f"Import: {language}/{file}.csv: {changed} {[*result.faults()]}")
    return [
        none_of(f"files of {len(IMPORTED)} tables changed by importing them", findings)
    ], findings
