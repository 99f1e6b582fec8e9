"""Ways in which the programme is written, at random.

Each takes a number that it has not met before. Django must be set up before this is imported.
"""

import io
import random
from datetime import timedelta
from pathlib import Path

import polib
from django.conf import settings
from django.core import serializers
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import models, transaction
from django.utils import timezone
from PIL import Image

from cities.editing import drafts, history
from cities.editing.saving import saving
from cities.models import (
    CheckedLink,
    Country,
    Draft,
    DraftState,
    Photo,
    Publication,
    Source,
    Status,
    Synonym,
    page_kinds,
    publications,
)

LANGUAGES = [code for code, _name in settings.LANGUAGES]
RECORDS = {kind._meta.model_name: kind for kind in page_kinds()}
UNTOUCHED = {"slug", "code", "position", "publish_at", "unpublish_at", "status"}
MOST_HOPS = 90  # seconds: a page ends by itself after 300

chance = random.Random()


def one_of(records):
    """Return a record at random, or None where there is none."""
    count = records.count()
    return records.order_by("pk")[chance.randrange(count)] if count else None


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
