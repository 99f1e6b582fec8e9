"""Drafts: a published page is written anew while visitors read it as it is.

What is typed is written as always, within a transaction that is taken back; what was there before
it was taken back is the draft. To show or publish one, it is written over the page as it is now.
"""

from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_noop

from ..models import Draft, DraftState, Photo, Publication
from . import deeds, history
from .checklist import refresh_findings
from .restoring import belongs_elsewhere, put_back
from .saving import saving

NEW = 2**62  # no stored part has so high a key
FORMER_KEPT = timedelta(days=30)


def of(page):
    """Return the draft of a page, or None."""
    if not isinstance(page, Publication) or page.pk is None:
        return None
    return page.drafts.current().select_related("user", "base").first()


def with_draft_state(pages):
    """Add draft_state to pages: that of their draft, if they have one."""
    of_page = Draft.objects.current().filter(of_kind(pages.model), object_id=OuterRef("pk"))
    return pages.annotate(draft_state=Subquery(of_page.values("state")[:1]))


def of_kind(model):
    """Return the condition under which something is about a page of a kind."""
    return Q(content_type__app_label="cities", content_type__model=model._meta.model_name)


def records_of(draft):
    """Return the page and its parts as they were typed; new parts have keys beyond NEW."""
    read = serializers.deserialize("json", draft.records, ignorenonexistent=True)
    return [each.object for each in read]


def by_key(records):
    return {(type(record), record.pk): record for record in records}


def values(record):
    """Return what a draft holds of a record, by column; of a moment, what a form holds of it."""
    found = {}
    for field in record._meta.concrete_fields:
        if field.name not in history.UNKEPT:
            value = getattr(record, field.attname)
            is_moment = isinstance(value, datetime)
            found[field.attname] = value.replace(microsecond=0) if is_moment else value
    return found


def merged(draft):
    """Return the records of a draft, and whether it and the page have both changed the same.

    Where the draft has changed nothing, the page is as it has become meanwhile.
    """
    mine, live = by_key(records_of(draft)), by_key(history.live_snapshot(draft.page))
    if draft.base is None:
        return list(mine.values()), False
    base = by_key(history.recorded_snapshot(draft.base))
    is_contested = False
    for key, record in list(mine.items()):
        if key not in base:
            continue
        before, typed = values(base[key]), values(record)
        if key not in live:
            if typed == before:
                del mine[key]
            else:
                is_contested = True
            continue
        for name, now in values(live[key]).items():
            if typed[name] == before[name]:
                setattr(record, name, now)
            elif now not in (typed[name], before[name]) and record._meta.get_field(name).editable:
                is_contested = True
    new = [record for key, record in live.items() if key not in base and key not in mine]
    return [*mine.values(), *new], is_contested


def apply(draft):
    """Write a page and its parts as its draft has them; within a block of `saving`.

    Raise IntegrityError where something that they need is missing or taken.
    """
    records, _is_contested = merged(draft)
    live, page = by_key(history.live_snapshot(draft.page)), draft.page
    give_keys([part for part in records[1:] if belongs_elsewhere(part, page)], records)
    wanted = by_key(records)
    changed = {key for key in wanted if key not in live or values(wanted[key]) != values(live[key])}
    for key, record in live.items():
        if not isinstance(record, Publication) and (key in changed or key not in wanted):
            record.delete()  # before others come: some may stand once only
    put_back(record for key, record in wanted.items() if key in changed)
    connection.check_constraints()
    refresh_findings(type(page), history.whole(type(page)).filter(pk=page.pk))


def settle(page):
    """Give new parts keys of their own, and let the draft be a former one: it is published."""
    for name in page.parts:
        parts = getattr(page, name)
        new = list(parts.filter(pk__gt=NEW))
        for part in new:
            part.delete()
        if new and connection.vendor == "sqlite":  # or it would count on from these keys
            with connection.cursor() as cursor:
                counted = [parts.model._meta.db_table]
                cursor.execute("UPDATE sqlite_sequence SET seq = 0 WHERE name = %s", counted)
        for part in new:
            part.save()
    drop(page)
    page.notes.close()


def drop(page):
    page.drafts.current().update(state=DraftState.FORMER)


def publish(draft, user, comment):
    """Let a draft be what visitors see."""
    with saving(user, noted(draft, comment)):
        apply(draft)
        settle(draft.page)


def noted(draft, comment):
    """Return what history says of a draft that is published: first of where it comes from."""
    return deeds.joined(draft.note, comment)


@contextmanager
def shown(page):
    """Let a page be as its draft has it, if it has one, and take that back at the end.

    A page stays as it is where its draft needs what is gone.
    """
    draft = of(page)
    if draft is None:
        yield page
        return
    with saving():
        with suppress(IntegrityError), transaction.atomic():
            apply(draft)
        yield type(page)._base_manager.get(pk=page.pk)
        transaction.set_rollback(True)


@contextmanager
def kept_apart(page, user, state=DraftState.DRAFT, publish_at=None):
    """Make a draft of what is written within, and leave the page itself as it is."""
    with transaction.atomic():
        with saving(user):
            yield
            records = history.live_snapshot(page)
            transaction.set_rollback(True)
        keep(page, records, user, state, publish_at)


def keep(page, records, user, state=DraftState.DRAFT, publish_at=None, note=""):
    """Keep records as the draft of a page; its files are stored already."""
    former, live = of(page), history.live_snapshot(page)
    known = [*live, *(records_of(former) if former else [])]
    keys, images = by_key(known), {photo.image.name for photo in known if type(photo) is Photo}
    give_keys([part for part in records[1:] if (type(part), part.pk) not in keys], records)
    for photo in records:
        if type(photo) is Photo and photo.image.name not in images:
            photo.image.save_all()
    drop(page)
    age = timezone.now() - FORMER_KEPT
    Draft.objects.filter(state=DraftState.FORMER, date_created__lt=age).delete()
    return Draft.objects.create(
        page=page,
        records=history.serialized(records),
        base=history.versions(page).first(),
        state=state,
        publish_at=publish_at,
        note=deeds.joined(former.note if former else "", note),
        user=user,
    )


def give_keys(parts, records):
    """Give parts keys that no stored one has, until they are published."""
    highest = max(NEW, *(record.pk for record in records))
    for number, part in enumerate(parts, start=1):
        part.pk = highest + number


def publish_due():
    """Publish the drafts whose time has come; return those of which somebody must decide first."""
    contested = []
    for draft in Draft.objects.filter(state=DraftState.SCHEDULED, publish_at__lte=timezone.now()):
        with transaction.atomic():
            type(draft.page)._base_manager.select_for_update().get(pk=draft.object_id)
            told = gettext_noop("Published at the time that was set")
            try:
                is_contested = merged(draft)[1]
                if not is_contested:
                    with transaction.atomic():
                        publish(draft, draft.user, deeds.note(told))
            except IntegrityError:  # what it needs is gone, or its address is taken
                is_contested = True
            if is_contested:
                Draft.objects.filter(pk=draft.pk).update(state=DraftState.REVIEW)
                contested.append(draft)
    return contested
