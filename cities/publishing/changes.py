"""On which day what readers see of a city or a practice last changed.

A save that changes nothing moves no date, so imports and editors may repeat themselves; one
that brings another date of its own, as the programme's files do, keeps it.
"""

from django.db.models import Max
from django.db.models.signals import post_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone

from ..models import City, Indicator, Photo, Practice, Source

UNSEEN = {"id", "review_by", "changed_on", "made_from", "checked"}


def last_change():
    """Return the day on which anything that readers see last changed; None on an empty site."""
    found = [City.objects.published(), Practice.objects.published()]
    days = [records.aggregate(day=Max("changed_on"))["day"] for records in found]
    return max(filter(None, days), default=None)


def visible_values(record):
    """Return what readers see of a record, column by column."""
    return {
        field.name: field.to_python(getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if field.name not in UNSEEN and not field.name.startswith("sort_")
    }


def stored(record):
    """Return the record as the database has it, or None."""
    return record.pk and type(record).objects.filter(pk=record.pk).first()


@receiver(pre_save, sender=City)
@receiver(pre_save, sender=Practice)
def _saving(instance, **kwargs):
    old, now = stored(instance), visible_values(instance)
    if old and visible_values(old) == now:
        instance.changed_on = instance.changed_on or old.changed_on
        return
    if instance.changed_on is None or (old and instance.changed_on == old.changed_on):
        instance.changed_on = max(timezone.localdate(), timezone.localdate(now["publish_at"]))


@receiver(pre_save, sender=Indicator)
@receiver(pre_save, sender=Source)
@receiver(pre_save, sender=Photo)
def _saving_a_part(instance, raw, **kwargs):
    if raw:  # a backup brings the days itself
        return
    old = stored(instance)
    if old and visible_values(old) == visible_values(instance):
        return
    for part in (old, instance):
        if part:
            _owner_changed(part)


@receiver(post_delete, sender=Indicator)
@receiver(post_delete, sender=Source)
@receiver(post_delete, sender=Photo)
def _deleted_a_part(instance, **kwargs):
    _owner_changed(instance)


def _owner_changed(part):
    today = timezone.localdate()
    for model, pk in ((City, getattr(part, "city_id", None)), (Practice, part.practice_id)):
        model.objects.filter(pk=pk, changed_on__lt=today).update(changed_on=today)
