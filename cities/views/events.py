"""The pages of events: what is to come, and what there was, year by year."""

from itertools import groupby

from django.db.models import Prefetch, Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..mapping.map import local_map
from ..models import City, Country, Event, with_source
from .pages import PER_PAGE, Profile, page_of

NEAR = 6  # other events of the country, on the page of one


@require_safe
def events(request):
    found = Event.objects.published().with_places().latest_first()
    upcoming = Q(last_day__gte=timezone.localdate())
    past = found.exclude(upcoming)
    page = page_of(past, past.count(), request, PER_PAGE)
    years = groupby(page, key=lambda event: event.first_day and event.first_day.year)
    context = {
        "upcoming": found.filter(upcoming).reverse(),
        "years": [(year, list(of_year)) for year, of_year in years],
        "page": page,
        "countries": Country.objects.with_events().alphabetically(),
    }
    return render(request, "events/list.html", context)


class EventDetail(Profile):
    model = Event
    template_name = "events/detail.html"

    def get_queryset(self):
        events = self.shown().select_related("country").with_participants()
        return events.prefetch_related(Prefetch("city", City.objects.for_cards()))

    def get_context_data(self, **kwargs):
        [event] = with_source([self.object])
        others = Event.objects.published().filter(country=event.country).exclude(pk=event.pk)
        return super().get_context_data(
            cities=[participant.city for participant in event.participants.all()],
            map=local_map([event.city], own=event.city) if event.city else None,
            sources=[event.source] if event.source else [],
            others=others.latest_first()[:NEAR],
            **kwargs,
        )
