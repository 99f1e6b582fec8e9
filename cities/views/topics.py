"""The pages of topics: what those who did it say to those who want to."""

from collections import Counter

from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ..finder import everything
from ..finder.ordered import Best
from ..finder.sets import practice_sets
from ..mapping.map import MOST_PINS, local_map
from ..models import City, Material, Practice, Theme, Topic
from ..text.translation import in_a_sentence
from .pages import CARDS_ON_A_PAGE, Profile

MOST_TIPS, TIPS_SHOWN = 6, 4  # where there are more, the others unfold
COMPARED = 3  # of as many towns
NEAR_SHOWN = 6


@require_safe
def topics(request):
    found = everything.topics()
    of_theme = {theme: [topic for topic in found if topic.theme == theme] for theme in Theme}
    return render(request, "topics/list.html", {"themes": of_theme})


class TopicDetail(Profile):
    model = Topic
    template_name = "topics/detail.html"

    def get_context_data(self, **kwargs):
        topic, sets = self.object, practice_sets()
        about = sets.about(topic)
        order = sets.order(
            ("figures", get_language()), sets.records.alphabetically().most_figures_first()
        )
        found = Practice.objects.published().with_first_topic().for_cards()
        practices = Best([about], sets, order, found)[:CARDS_ON_A_PAGE]
        towns = sets.cities_of(about)
        cities = (
            City.objects.published()
            .for_cards()
            .filter(pk__in=towns if len(towns) <= MOST_PINS else {p.city_id for p in practices})
        )
        tips = tips_of(practices, topic)
        shown = len(tips) if len(tips) <= MOST_TIPS else TIPS_SHOWN
        compared = first_of_each_town(practices)[:COMPARED]
        return super().get_context_data(
            practices=practices,
            count=about.bit_count(),
            city_count=len(towns),
            map=local_map(cities) if cities else None,
            measures=sets.reported_on(topic).items(),
            tips=tips[:shown],
            more_tips=tips[shown:],
            compared=compared,
            compared_towns=compared and in_a_sentence(practice.city for practice in compared),
            materials=Material.objects.published().filter(topics=topic).alphabetically(),
            near=near(topic, sets)[:NEAR_SHOWN],
            **kwargs,
        )


def near(topic, sets):
    """Return the other topics of the same practices, those that share the most first."""
    about = sets.about(topic)
    shared = [((about & sets.about(one)).bit_count(), one) for one in everything.topics()]
    found = [pair for pair in shared if pair[0] and pair[1] != topic]
    return [one for _n, one in sorted(found, key=lambda pair: -pair[0])]


def first_of_each_town(practices):
    first = {}
    for practice in practices:
        first.setdefault(practice.city_id, practice)
    return list(first.values())


def tips_of(practices, topic):
    """Return the practices that give advice: each town once before any speaks again.

    Those that are about this topic first of all go before the others; see with_first_topic.
    """
    turns = Counter()

    def turn(practice):
        turns[practice.city_id] += 1
        return turns[practice.city_id]

    giving = [practice for practice in practices if practice.lessons]
    giving.sort(key=lambda practice: practice.first_topic != topic.pk)
    return sorted(giving, key=turn)
