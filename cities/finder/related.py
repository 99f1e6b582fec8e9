"""Practices of other towns about the same as a practice: by topics, then by what both measure."""

from django.utils.translation import gettext as _

from ..models import Practice
from ..text.measures import Measure
from .ordered import Best
from .sets import practice_sets

CANDIDATES = 40  # that share most topics, of which those with the same measures come first


def elsewhere(practice, most=3):
    """Return practices of as many other towns, each with the reasons in words.

    The practice itself and its figures are read already: PracticeQuerySet.with_topics.
    """
    topics, measured = practice.topics.all(), measures(practice)
    if not topics:
        return []
    sets = practice_sets()
    others = ~sets.of_city(practice.city_id)
    ranked = [found & others for found in sets.sharing(topics)]
    found = Practice.objects.published().select_related("city__country").for_filters()
    candidates = Best(ranked, sets, sets.alphabetically(), found)[:CANDIDATES]

    def shared(other):
        return len(set(topics) & set(other.topics.all())) + len(measured & measures(other))

    nearest = {}
    for other in sorted(candidates, key=shared, reverse=True):
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
