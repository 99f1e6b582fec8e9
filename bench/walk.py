"""Save and read at random, and compare every kept page with one that is rendered anew.

    .venv/bin/python bench/walk.py [--steps 2000] [--seed 1]

Each step makes two pages ready, writes something in one of the ways in which the programme is
written, lets some time pass, and reads both pages again. The same seed walks the same way. Ends
with 1 where a kept page differs from a fresh one. Needs `make setup`; works on a copy.
"""

import argparse
import functools
import gc
import logging
import os
import shutil
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FunctionType, SimpleNamespace

import django
from server import ROOT, environment_of, manage

FOLDER = TemporaryDirectory()
(Path(FOLDER.name) / "static").symlink_to(ROOT / "var/static")
ENVIRONMENT = environment_of(Path(FOLDER.name))
manage(ENVIRONMENT, "prepare")
os.environ.update(ENVIRONMENT)
os.environ["DJANGO_SETTINGS_MODULE"] = "precursors.settings"
sys.path.insert(0, str(ROOT))
django.setup()

from django.conf import settings  # noqa: E402
from django.core.exceptions import ValidationError  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import IntegrityError  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.translation import override  # noqa: E402
from ways import LANGUAGES, MOST_HOPS, RECORDS, WAYS, chance, one_of  # noqa: E402

from cities import urls  # noqa: E402
from cities.models import Country, Journey, Topic, next_change  # noqa: E402
from cities.text.measures import Measure  # noqa: E402
from precursors import page_cache  # noqa: E402

# Given to one person, or an image, of which none is kept.
NEVER_KEPT = {"preview_link", "office_link", "share_image"}

# It begins before the midnight of tomorrow, and knows whole seconds.
midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
clock = SimpleNamespace(now=(midnight + timedelta(days=2, minutes=-10)).timestamp())


def kinds_of_page():
    """Return the names of all addresses of which pages may be kept."""
    names = {pattern.name for pattern in urls.urlpatterns if not pattern.name.endswith("_preview")}
    return sorted(names - NEVER_KEPT)


def arguments(name):
    if name == "country":
        return {"code": one_of(Country.objects).code}
    if name == "measure":
        return {"key": chance.choice(Measure.values)}
    if name == "theme":
        return {"theme": chance.choice(list(urls.ThemePath.names))}
    if name == "data_file":
        return {"file": chance.choice(list(urls.FILES))}
    return {"slug": one_of(RECORDS[name].objects).slug} if name in RECORDS else {}


def question():
    """Return a query string such as those under which pages are kept."""
    asked = [
        "theme=energy&theme=mobility",
        f"country={one_of(Country.objects).code}",
        f"topic={one_of(Topic.objects).slug}",
        f"journey={one_of(Journey.objects).slug}",
        f"measure={chance.choice(Measure.values)}",
        *("role=committed", "stage=operation", "size=small", "tells=cost", "payer=eu", "page=2"),
    ]
    return f"?{chance.choice(asked)}"


def address():
    """Return (its kind, an address) at random."""
    name = chance.choice(KINDS)
    with override(chance.choice(LANGUAGES)):
        path = "/sitemap.xml" if name == "sitemap" else reverse(name, kwargs=arguments(name))
    return name, path + (question() if chance.random() < 0.3 else "")


def ask(cache, path):
    """Return what a store answers: its status, where it leads, and the page."""
    path, _, query = path.partition("?")
    environ = RequestFactory()._base_environ(
        PATH_INFO=path, QUERY_STRING=query, HTTP_HOST="127.0.0.1:8000"
    )
    told = []
    body = b"".join(cache(environ, lambda status, headers: told.append((status, dict(headers)))))
    return told[0][0], told[0][1].get("Location"), body


def forget():
    """Let this process remember nothing that follows from what is written."""
    for cached in CACHED:
        cached.cache_clear()


def walk(steps):
    """Return how often each way was gone, what could not be written, the answers, what was old."""
    site = get_wsgi_application()
    cache = page_cache.PageCache(site, next_change)
    gone, refused, answers, old = Counter(), Counter(), Counter(), []
    for number in range(steps):
        pages = [address(), address()]
        for _name, path in pages:
            ask(cache, path)
        way = chance.choices(list(WAYS), WAYS.values())[0]
        gone[way.__name__] += 1
        try:
            way(number)
        except (ValidationError, IntegrityError):
            refused[way.__name__] += 1
        if chance.random() < 0.3:
            clock.now += chance.randrange(MOST_HOPS)
        for name, path in pages:
            kept = ask(cache, path)
            forget()
            fresh = ask(page_cache.PageCache(site, next_change), path)
            answers[name, fresh[0]] += 1
            if kept != fresh:
                old.append((number, way.__name__, path))
                print(f"Step {number}, {way.__name__}: {path} is old.", flush=True)
                tell_difference(kept, fresh)
    return gone, refused, answers, old


def tell_difference(kept, fresh):
    if kept[:2] != fresh[:2]:
        print(" ", kept[:2], fresh[:2])
    pairs = enumerate(zip(kept[2], fresh[2], strict=False))
    place = next((n for n, (one, other) in pairs if one != other), 0)
    for sign, (_status, _location, body) in (("-", kept), ("+", fresh)):
        print(f"  {sign} {body[max(0, place - 80) : place + 120]!r}")


def told(counter):
    return ", ".join(f"{name} {count}" for name, count in counter.most_common())


def by(number, answers):
    """Add answers up by one part of what they are counted by."""
    sums = Counter()
    for key, count in answers.items():
        sums[key[number]] += count
    return sums


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance.seed(options.seed)
    words = Path(FOLDER.name) / "words"
    shutil.copytree(settings.LOCALE_PATHS[0], words)
    settings.LOCALE_PATHS = [words, settings.LOCALE_PATHS[1]]
    timezone.now = lambda: datetime.fromtimestamp(clock.now, UTC)
    page_cache.time = SimpleNamespace(time=lambda: clock.now)
    logging.disable()
    gone, refused, answers, old = walk(options.steps)
    print(f"saves: {told(gone)}\nrefused: {told(refused)}\nread: {told(by(0, answers))}")
    print(f"answers: {told(by(1, answers))}; {page_cache.answered['hit']} of them were ready")
    print(f"{len(old)} kept pages differ from a fresh one.")
    return bool(old)


def is_bounded(cached):
    """Tell whether results are thrown away; where none is, they are of what never changes."""
    parameters = getattr(cached, "cache_parameters", lambda: {"maxsize": 1})()
    return bool(parameters["maxsize"])


KINDS = [*kinds_of_page(), "sitemap"]
CACHED = [
    made
    for made in gc.get_objects()
    if isinstance(made, FunctionType | functools._lru_cache_wrapper)
    and hasattr(made, "cache_clear")
    and made.__module__.startswith(("cities.", "precursors."))
    and is_bounded(made)
]

if __name__ == "__main__":
    sys.exit(main())
