"""On which day what readers see last changed; cities.editing.saving keeps the days."""

from django.db.models import Max

from ..models import publications


def last_change():
    """Return the day on which anything that readers see last changed; None on an empty site."""
    found = [kind.objects.published() for kind in publications()]
    days = [records.aggregate(day=Max("changed_on"))["day"] for records in found]
    return max(filter(None, days), default=None)
