"""Practices of other towns about the same as a practice: by topics, then by what both measure."""

from django.db.models import Count
from django.utils.translation import gettext as _

from ..models import Practice
from ..text.measures import Measure

CANDIDATES = 40  # that share most topics, of which those with the same measures come first


def elsewhere(practice, most=3):
    """Return practices of as many other towns, each with the reasons in words.

    The practice itself and its figures are read already: PracticeQuerySet.with_topics.
    """
    topics, measured = list(practice.topics.all()), measures(practice)
    if not topics:
        return []
    found = Practice.objects.published().exclude(city=practice.city_id)
    found = found.filter(topics__in=topics).annotate(shared=Count("topics"))
    found = found.alphabetically().order_by("-shared", *found.alphabetically().query.order_by)
    found = found.select_related("city__country").with_topics().prefetch_related("indicators")
    nearest = {}
    ranked = sorted(found[:CANDIDATES], key=lambda one: -one.shared - len(measured & measures(one)))
    for other in ranked:
        nearest.setdefault(other.city_id, other)
    chosen = list(nearest.values())[:most]
    for other in chosen:
        both = [topic for topic in other.topics.all() if topic in topics]
        other.reasons = [_("about this too: %(topics)s") % {"topics": ", ".join(map(str, both))}]
        if same := [m.label for m in Measure if m in measured & measures(other)]:
            other.reasons.append(
                _("figures to compare: %(measures)s") % {"measures": ", ".join(map(str, same))}
            )
    return chosen


def measures(practice):
    """Return what the figures of a practice measure."""
    return {figure.measure for figure in practice.indicators.all() if figure.measure}
