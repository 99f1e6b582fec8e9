"""What happens when somebody presses Save, from top to bottom and once for each page.

A page has its parts: sources, photos, figures. Whoever writes several records does so within
`saving()`; one that is saved by itself is a block of its own.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.db import transaction
from django.db.models import CASCADE, Q
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone

from ..finder.indexing import refresh_index, with_place, write_words
from ..models import (
    City,
    Country,
    FormerAddress,
    Indicator,
    Material,
    Page,
    Practice,
    PracticeTopic,
    Publication,
    Status,
    Topic,
    publications,
)
from ..models.translatable import Translatable
from . import history
from .checklist import refresh_findings

NOT_SHOWN = {
    "review_by",
    "confirmed_on",
    "changed_on",
    "made_from",
    "canonical",
    "size",
}  # and the sort keys

_batch = ContextVar("batch", default=None)


class Batch:
    """What is written within a block; pages stand as (model, key)."""

    def __init__(self):
        self.user, self.comment = None, ""
        self.forget()

    def forget(self):
        """Let nothing follow, as where all that was written is taken back."""
        self.touched = set()  # pages that were saved, or of which a part was saved or deleted
        self.saved = set()  # pages that were saved themselves, perhaps under another name
        self.with_new_parts = set()  # pages of which readers see other parts than before
        self.dated = set()  # pages that were saved with the day of their last change
        self.stored = {}  # records as they were when the block met them first

    def keys(self, model, pages=None):
        return [key for kind, key in (self.touched if pages is None else pages) if kind is model]


class Change(NamedTuple):
    """What the save of one record changes."""

    is_seen: bool  # by readers
    is_dated: bool  # brings the day of its last change itself
    page_before: tuple | None  # to which it belonged


@contextmanager
def saving(user=None, comment=""):
    """Write records in one transaction, and do at its end what follows, once for each page.

    With a user or a comment each page gets a revision. The batch may be given a comment later, by
    which a block within this one tells what it did.
    """
    if outer := _batch.get():
        outer.user, outer.comment = outer.user or user, comment or outer.comment
        yield outer
        return
    with transaction.atomic():
        batch = Batch()
        batch.user, batch.comment = user, comment
        token = _batch.set(batch)
        try:
            yield batch
        finally:
            _batch.reset(token)
        if not transaction.get_rollback():
            follow(batch)


def follow(batch):
    """Bring up to date all that depends on the pages that a block has written."""
    move_days(batch)
    refresh_index(*what_is_found_by_their_names(batch))
    for model in filter(batch.keys, history.PAGES):
        pages = list(with_place(history.whole(model)).filter(pk__in=batch.keys(model)))
        write_words(model, pages)
        refresh_findings(model, pages)
        if batch.user or batch.comment:
            history.record(pages, batch.user, batch.comment)


def move_days(batch):
    """Date the pages of which readers see other figures, sources or photos than before."""
    today = timezone.localdate()
    pages = batch.with_new_parts - batch.dated
    for model in publications():
        if keys := batch.keys(model, pages):
            model.objects.filter(pk__in=keys, changed_on__lt=today).update(changed_on=today)


def what_is_found_by_their_names(batch):
    """Return the cities and the practices beside them that are found by what was saved."""
    owners = (Country, City, Topic)
    countries, cities, topics = (batch.keys(model, batch.saved) for model in owners)
    of_practices = Q(city__in=cities) | Q(city__country__in=countries)
    of_practices |= Q(pk__in=PracticeTopic.objects.filter(topic__in=topics).values("practice"))
    found = City.objects.filter(country__in=countries), Practice.objects.filter(of_practices)
    return [records.exclude(pk__in=batch.keys(records.model)) for records in found]


def before_saving(instance, raw=False, **kwargs):
    """Fill in what follows from the words of a record before it is written."""
    if raw:  # a backup brings everything itself
        return
    if isinstance(instance, Publication):
        instance.fill_slug()
    if isinstance(instance, Page):
        instance.fill_sort_keys()
    if isinstance(instance, Indicator):
        instance.fill_canonical()
    old = stored(instance)
    if isinstance(instance, Material) and (old is None or old.file != instance.file):
        instance.fill_size()
    if isinstance(instance, Translatable):
        instance.compare_translations(old)
    is_seen = old is None or shown(old) != shown(instance)
    is_dated = False
    if isinstance(instance, Publication):
        is_dated = set_day(instance, old, is_seen)
        keep_address(instance, old)
        if old and old.status != instance.status == Status.PUBLISHED:
            instance.notes.close()
    instance.change = Change(is_seen, is_dated, old and page_key(old))


def after_saving(instance, raw=False, **kwargs):
    if raw:
        return
    page, change = page_key(instance), instance.change
    pages = {page, change.page_before or page}
    with saving() as batch:
        batch.touched |= pages
        if isinstance(instance, Page):
            batch.saved.add(page)
            batch.dated |= pages if change.is_dated else set()
        elif change.is_seen and is_news(instance):
            batch.with_new_parts |= pages


def after_deleting(instance, origin=None, **kwargs):
    """Heed a part that is deleted by itself, or with another page, but not with its own."""
    page, deleted = page_key(instance), getattr(origin, "model", type(origin))
    if isinstance(instance, Page) or deleted in (page[0], *hangs_on(page[0])):
        return
    with saving() as batch:
        batch.touched.add(page)
        if is_news(instance):
            batch.with_new_parts.add(page)


def hangs_on(kind):
    """Return the kinds of pages with which one of this kind is deleted."""
    keys = (field for field in kind._meta.fields if field.is_relation)
    return [key.related_model for key in keys if key.remote_field.on_delete is CASCADE]


def is_news(part):
    """Tell whether a practice counts as changed with a part: not with what it is filed under."""
    return not isinstance(part, PracticeTopic)


for model in history.MODELS:
    pre_save.connect(before_saving, sender=model)
    post_save.connect(after_saving, sender=model)
    post_delete.connect(after_deleting, sender=model)


def page_key(record):
    """Return (model, key) of the page to which a record belongs, without asking for it."""
    if isinstance(record, Page):
        return type(record), record.pk
    owners = history.OWNERS[type(record)].items()
    keys = ((kind, getattr(record, f"{field}_id")) for field, kind in owners)
    return next((page for page in keys if page[1]), (type(record), None))


def stored(record):
    """Return the record as it was before, or None; a page's parts are read all at once."""
    model, batch = type(record), _batch.get()
    records = model._base_manager.filter(pk=record.pk)
    if record.pk is None or batch is None:
        return record.pk and records.first()
    if (model, record.pk) not in batch.stored:
        owner, key = page_key(record)
        if owner is not model and key:
            records |= model._base_manager.filter(**{owner._meta.model_name: key})
        for other in records:
            batch.stored.setdefault((model, other.pk), other)
    return batch.stored.get((model, record.pk))


def shown(record):
    """Return what readers see of a record, by column; of a moment, what a form holds of it."""
    values = {
        field.name: field.to_python(getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if field.name not in NOT_SHOWN and not field.name.startswith("sort_")
    }
    if isinstance(record, Publication):
        for name in ("publish_at", "unpublish_at"):
            values[name] = values[name] and values[name].replace(microsecond=0)
    return values


def set_day(page, old, is_seen):
    """Date a page that readers see anew; tell whether it has brought a day of its own."""
    if page.changed_on and (old is None or page.changed_on != old.changed_on):
        return True
    if is_seen:
        publication = timezone.localdate(shown(page)["publish_at"])
        page.changed_on = max(timezone.localdate(), publication)
    else:
        page.changed_on = old.changed_on
    return False


def keep_address(page, old):
    """Remember where visitors find a page, before it moves or is hidden (and may move then)."""
    if page.stands_on:
        return  # no server is ever asked for a part of a page
    is_found = old and old.status == Status.PUBLISHED and old.publish_at <= timezone.now()
    if is_found and (old.slug != page.slug or page.status != Status.PUBLISHED):
        kind = page._meta.model_name
        FormerAddress.objects.update_or_create(
            **{"slug": old.slug, f"{kind}__isnull": False, "defaults": {kind: page}}
        )
