"""Practices of other towns about the same as a practice: by topics, then by what both measure."""

from itertools import chain, islice

from django.utils.translation import gettext as _

from ..models import Practice
from ..text.measures import Measure
from .sets import practice_sets

CANDIDATES = 40  # that share most topics, of which those with the same measures come first


def elsewhere(practice, most=3):
    """Return practices of as many other towns, each with the reasons in words.

    The practice itself and its figures are read already: PracticeQuerySet.with_topics.
    """
    topics = practice.topics.all()
    if not topics:
        return []
    sets = practice_sets()
    others, order = ~sets.of_city(practice.city_id), sets.alphabetically()
    found = (sets.in_order(some & others, order) for some in sets.sharing(topics))
    measured = measures(practice)
    about = [(str(topic), sets.about(topic)) for topic in topics]
    same = [(str(m.label), sets.having.get(("measure", m), 0)) for m in Measure if m in measured]

    def shared(place, several):
        return [name for name, some in several if some >> place & 1]

    candidates = islice(chain.from_iterable(found), CANDIDATES)
    nearest = {}
    for place in sorted(candidates, key=lambda place: -len(shared(place, about + same))):
        nearest.setdefault(sets.cities[place], place)
    places = {sets.keys[place]: place for place in list(nearest.values())[:most]}
    chosen = Practice.objects.published().for_cards().in_bulk(places)
    for key, other in chosen.items():
        both = ", ".join(shared(places[key], about))
        other.reasons = [_("about this too: %(topics)s") % {"topics": both}]
        if figures := ", ".join(shared(places[key], same)):
            other.reasons.append(_("figures to compare: %(measures)s") % {"measures": figures})
    return [chosen[key] for key in places if key in chosen]


def measures(practice):
    """Return what the figures of a practice measure."""
    return {figure.measure for figure in practice.indicators.all() if figure.measure}
