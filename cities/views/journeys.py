"""The pages of journeys: a numbered line through Europe, stop by stop."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..mapping.route import WIDE, route_map
from ..models import Journey, Topic
from .pages import Profile


@require_safe
def journeys(request):
    found = Journey.objects.published().with_stops().alphabetically()
    cards = [(one, route_map(one.route, WIDE)) for one in found if one.route]
    return render(request, "journeys/list.html", {"journeys": cards})


class JourneyDetail(Profile):
    model = Journey
    template_name = "journeys/detail.html"

    def get_queryset(self):
        return self.shown().with_stops().prefetch_related("stops__practice__indicators")

    def get_context_data(self, **kwargs):
        stops = self.object.route
        practices = [stop.practice for stop in stops if stop.practice]
        topics = Topic.objects.published().filter(practices__in=practices)
        others = Journey.objects.published().exclude(pk=self.object.pk).alphabetically()
        return super().get_context_data(
            stops=stops,
            map=route_map(stops) if stops else None,
            topics=topics.distinct().alphabetically(),
            others=others,
            **kwargs,
        )
