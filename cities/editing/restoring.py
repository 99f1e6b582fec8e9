"""What was written comes back: as it was in a version, or after it had been deleted."""

from itertools import chain

from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS, connection
from django.utils.translation import gettext_noop

from ..models import FormerAddress, Page, Publication
from . import deeds, history
from .saving import saving

KEPT = [
    "status",
    "publish_at",
    "unpublish_at",
]  # who brings a text back does not publish it or take it away


def restore(page, version, user):
    """Write a page and its parts as they were, but for the columns KEPT; return the comment.

    Raise IntegrityError where something that it needs is missing or taken.
    """
    moment = version.revision.date_created.isoformat()
    comment = deeds.note(gettext_noop("Brought back as of %(moment)s"), moment=moment)
    records = history.recorded_snapshot(version)
    kept = {name: getattr(page, name) for name in KEPT if hasattr(page, name)}
    with saving(user, comment):
        for name in page.parts:
            parts = getattr(page, name)
            parts.exclude(
                pk__in=[part.pk for part in records if type(part) is parts.model]
            ).delete()
        for part in records:
            if type(part) is not type(page) and belongs_elsewhere(part, page):
                part.pk = None
        put_back(records, **kept)
        connection.check_constraints()
    return comment


def belongs_elsewhere(part, page):
    """Tell whether a part has gone to another page since."""
    others = type(part)._base_manager.filter(pk=part.pk)
    return others.exclude(**{page._meta.model_name: page.pk}).exists()


def delete(record, user):
    """Delete a record, and remember it with everything that goes with it."""
    together = going_with([record])
    # Translators: says in the history what was done to a page.
    comment = deeds.note(gettext_noop("Deleted"))
    with saving(user, comment):
        history.record_together(together, user, comment)
        record.delete()


def going_with(records):
    """Return what would be deleted with records, and they themselves: all that can come back."""
    going = NestedObjects(DEFAULT_DB_ALIAS)
    going.collect(records)
    return [gone for gone in chain.from_iterable(going.data.values()) if is_kept(gone)]


def is_kept(record):
    return isinstance(record, (*history.MODELS, FormerAddress))


def recover(version, **changes):
    """Bring back what was deleted and what went with it, and return the pages.

    A part that leads to what is gone too, as a stop to a city, stays away. Raise IntegrityError
    where something that the version or a page needs is missing or taken.
    """
    missing = {
        (type(record), record.pk): record
        for record in history.recorded(version)
        if not type(record)._base_manager.filter(pk=record.pk).exists()
    }
    asked = version.content_type.model_class(), int(version.object_id)
    gone = [
        record
        for key, record in missing.items()
        if key == asked or isinstance(record, Page) or leads_to_what_is_there(record, missing)
    ]
    with saving():
        put_back([record for record in gone if type(record) in history.MODELS], **changes)
        # What another page has taken since stays with it.
        former = [record for record in gone if type(record) is FormerAddress]
        FormerAddress.objects.bulk_create(former, ignore_conflicts=True)
        connection.check_constraints()
    return {history.page_of(record) for record in gone}


def leads_to_what_is_there(record, coming):
    """Tell whether what a record leads to is there, or among the coming: {(model, pk): …}."""
    ends = [
        (field.related_model, getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if field.many_to_one
    ]
    return all(
        pk is None or (model, pk) in coming or model._base_manager.filter(pk=pk).exists()
        for model, pk in ends
    )


def put_back(records, **changes):
    for record in sorted(records, key=lambda record: history.MODELS.index(type(record))):
        if isinstance(record, Publication):
            record.changed_on = None  # saving knows it
            for name, value in changes.items():
                setattr(record, name, value)
        record.save()
