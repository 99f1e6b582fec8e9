"""Save and read at random, and compare every kept page with one that is rendered anew.

    .venv/bin/python bench/walk.py [--steps 2000] [--seed 1]

Each step makes two pages ready, writes something in one of the ways in which the programme is
written, lets some time pass, and reads both pages again. The same seed walks the same way. Ends
with 1 where a kept page differs from a fresh one. Needs `make setup`; works on a copy.
"""

import argparse
import functools
import gc
import io
import logging
import os
import random
import shutil
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

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

import polib  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core import serializers  # noqa: E402
from django.core.exceptions import ValidationError  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import IntegrityError, models, transaction  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.translation import override  # noqa: E402
from PIL import Image  # noqa: E402

from cities import urls  # noqa: E402
from cities.editing import drafts, history  # noqa: E402
from cities.editing.saving import saving  # noqa: E402
from cities.models import (  # noqa: E402
    CheckedLink,
    Country,
    Draft,
    DraftState,
    Journey,
    Photo,
    Publication,
    Source,
    Status,
    Synonym,
    Topic,
    next_change,
    page_kinds,
    publications,
)
from cities.text.measures import Measure  # noqa: E402
from precursors import page_cache  # noqa: E402

LANGUAGES = [code for code, _name in settings.LANGUAGES]
RECORDS = {kind._meta.model_name: kind for kind in page_kinds()}
# Given to one person, or an image, of which none is kept.
NEVER_KEPT = {"preview_link", "office_link", "share_image"}
UNTOUCHED = {"slug", "code", "position", "publish_at", "unpublish_at", "status"}
MOST_HOPS = 90  # seconds: a page ends by itself after 300

chance = random.Random()
# It begins before the midnight of tomorrow, and knows whole seconds.
midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
clock = SimpleNamespace(now=(midnight + timedelta(days=2, minutes=-10)).timestamp())


def one_of(records):
    """Return a record at random, or None where there is none."""
    count = records.count()
    return records.order_by("pk")[chance.randrange(count)] if count else None


# Ways to write. Each takes a number that it has not met before.


def change(number):
    """Save a record with another value in one field."""
    model = chance.choice(history.MODELS)
    record = one_of(model._base_manager)
    if record:
        alter(record, number)
        with saving():
            record.full_clean()
            record.save()


def alter(record, number):
    """Give one field of a record another value."""
    fields = [f for f in record._meta.concrete_fields if f.editable and f.name not in UNTOUCHED]
    field = chance.choice(
        [field for field in fields if value_of(field, record, number) is not None]
    )
    setattr(record, field.name, value_of(field, record, number))


def value_of(field, record, number):
    """Return another value for a field, or None where any would be wrong."""
    old = getattr(record, field.name)
    if field.choices:
        return chance.choice([value for value, _label in field.choices])
    if isinstance(field, models.BooleanField):
        return not old
    if isinstance(field, models.URLField | models.FileField | models.UUIDField):
        return None
    if isinstance(field, models.CharField | models.TextField):
        return f"{old[: (field.max_length or 5_000) - 8]} {number}"
    if isinstance(field, models.ForeignKey):
        return one_of(field.related_model._base_manager)
    if isinstance(field, models.DateField):
        return old and old - timedelta(days=1)
    return old and old + 1


def make(number):
    """Make a record like another, with its slug and key its own."""
    record = one_of(chance.choice(history.MODELS)._base_manager)
    if record is None or isinstance(record, Country | Photo):
        return
    record.pk, record._state.adding = None, True
    if hasattr(record, "uuid"):
        record.uuid = record._meta.get_field("uuid").get_default()
    if isinstance(record, Publication):
        record.slug = f"walk-{number}"
    if hasattr(record, "position"):
        record.position = 1_000 + number
    alter(record, number)
    with saving():
        record.full_clean()
        record.save()


def remove(_number):
    model = chance.choice([m for m in history.MODELS if m is not Country])
    if record := one_of(model._base_manager):
        record.delete()


def publish(_number):
    """Publish or hide a page, now or at a moment to come."""
    page = one_of(chance.choice(publications())._base_manager)
    moment = timezone.now() + timedelta(seconds=chance.randrange(2 * MOST_HOPS))
    way = chance.choice(["show", "hide", "begin", "end"])
    page.status = Status.DRAFT if way == "hide" else Status.PUBLISHED
    page.publish_at = moment if way == "begin" else timezone.now() - timedelta(days=1)
    page.unpublish_at = moment if way == "end" else None
    page.full_clean()
    page.save()


def move(number):
    page = one_of(chance.choice(publications())._base_manager)
    page.slug = f"{page.slug[:60]}-{number}"
    page.save()


def draft(number):
    """Write a draft of a published page, and let some of them be published when they are due."""
    page = one_of(chance.choice(publications()).objects.published())
    moment = timezone.now() + timedelta(seconds=chance.randrange(MOST_HOPS))
    state = chance.choice([DraftState.DRAFT, DraftState.SCHEDULED])
    with drafts.kept_apart(page, None, state, moment):
        alter(page, number)
        page.full_clean()
        page.save()


def publish_drafts(_number):
    drafts.publish_due()
    if found := one_of(Draft.objects.current()):
        drafts.publish(found, None, "")


def update(number):
    """Write past all signals."""
    model = chance.choice(page_kinds())
    name = chance.choice(["pl", "en"])
    record = one_of(model._base_manager)
    model._base_manager.filter(pk=record.pk).update(
        **{f"{model.named_by}_{name}": f"Walk {number}"}
    )


def restore(_number):
    """Write a record as a backup brings it."""
    record = one_of(chance.choice(history.MODELS)._base_manager)
    for each in serializers.deserialize("json", serializers.serialize("json", [record])):
        each.save()


def take_back(number):
    """Write what is taken back: pages stay as they are."""
    with transaction.atomic():
        change(number)
        transaction.set_rollback(True)


def photograph(number):
    file = io.BytesIO()
    Image.new("RGB", (8, 6)).save(file, "PNG")
    owner = one_of(chance.choice([RECORDS["city"], RECORDS["practice"]])._base_manager)
    Photo.objects.create(
        **{owner._meta.model_name: owner},
        image=ContentFile(file.getvalue(), "walk.png"),
        alt_pl=f"Rynek {number}",
        alt_en=f"The square {number}",
        credit="Walk",
        licence="CC0",
    )


def check_link(_number):
    """Find an address dead, or alive again."""
    source = one_of(Source.objects.exclude(url=""))
    told = {"failures": chance.choice([0, 2]), "checked_at": timezone.now()}
    CheckedLink.objects.update_or_create(url=source.url, defaults=told)


def say(number):
    """Add a synonym, or take one away."""
    if chance.random() < 0.5:
        Synonym.objects.create(language=chance.choice(LANGUAGES), said=f"walk{number}", also="tram")
    else:
        one_of(Synonym.objects).delete()


def reword(number):
    """Write words of the site as a translator does."""
    language = chance.choice(LANGUAGES)
    path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES/django.po"
    catalogue = polib.pofile(path)
    entry = catalogue.find("Cities")
    entry.msgstr = f"{number} {entry.msgstr or entry.msgid}"
    catalogue.save(path)
    call_command("compile_locale", stdout=io.StringIO())


WAYS = {
    change: 40, make: 10, remove: 4, publish: 12, move: 4, draft: 6, publish_drafts: 6, update: 6,
    restore: 4, take_back: 4, photograph: 2, check_link: 4, say: 2, reword: 0.5,
}  # fmt: skip


# Reading.


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


KINDS = [*kinds_of_page(), "sitemap"]
CACHED = [
    made
    for made in gc.get_objects()
    if isinstance(made, functools._lru_cache_wrapper)
    and made.__module__.startswith(("cities.", "precursors."))
    and made.cache_parameters()["maxsize"]  # without, it is of what never changes
]

if __name__ == "__main__":
    sys.exit(main())
