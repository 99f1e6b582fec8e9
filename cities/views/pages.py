"""Pages for visitors: each decides its queries, the templates only show."""

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from ..archive.flag import FLAG
from ..evidence import comparison, figures, measured
from ..evidence.asking import Asking
from ..finder import everything, related, similarity, unanswered
from ..finder.excerpts import excerpt
from ..finder.facets import CityFacets, PracticeFacets
from ..finder.filters import MOST_CHOSEN, Filters
from ..finder.indexing import with_parts
from ..finder.kept import kept
from ..finder.sets import practice_sets
from ..mapping.map import MOST_PINS, counted_map, local_map, map_of, programme_map, way_on_map
from ..mapping.route import WIDE, route_map, stop_map
from ..models import (
    City,
    Country,
    Event,
    FormerAddress,
    Journey,
    Practice,
    Sort,
    Source,
    Theme,
    identified,
)
from ..models.publication import is_published
from ..publishing import citation
from .walk import walk_to

PER_PAGE = 100
CARDS_ON_A_PAGE = 24  # of practices
INTEGRATED_SHOWN = 3
POLISH_SHOWN = 12
JOURNEYS_SHOWN = 3


def page_of(found, count, request, per_page):
    """Return the page of a list that a request asks for; how long the list is, is known."""
    # An archive has no server for a second page.
    paginator = Paginator(found, (count or 1) if FLAG in request.META else per_page)
    paginator.count = count
    page = paginator.get_page(request.GET.get("page"))
    first, last = page.start_index(), page.end_index()
    # Nearer to the end the database has less to skip from there.
    if first > count - last and isinstance(found, QuerySet):
        page.object_list = list(reversed(found.reverse()[count - last : count - first + 1]))
    return page


def tell_where(page, answer):
    """Give each record of a page the sentence that answers a search, where its card has none."""
    if answer.query:
        page.object_list = list(page.object_list)
        for record in page:
            record.excerpt = excerpt(record, answer)
    return page


@kept
def counted_by_country():
    return list(Practice.objects.published().counted_by_country())


@require_safe
def home(request):
    countries = everything.countries()
    taking_part = [country for country in countries if country.city_count]
    cities = City.objects.published().for_cards().alphabetically()
    journeys = Journey.objects.published().with_stops().alphabetically()[:JOURNEYS_SHOWN]
    integrated = PracticeFacets(Filters(themes=tuple(Theme.values)), taking_part)
    counted = counted_by_country()
    if sum(country.city_count for country in countries) <= MOST_PINS:
        chart = programme_map(cities, taking_part)
    else:
        chart = counted_map(Filters(), taking_part)
        cities = cities.precursors().in_country("pl")[:POLISH_SHOWN]
    context = {
        "map": chart,
        "topics": everything.topics(),
        "polish": [
            (city, local_map([city]))
            for city in cities
            if city.is_precursor and city.country.code == "pl"
        ],
        "countries": taking_part,
        "expert_countries": [country for country in countries if not country.city_count],
        "precursor_count": sum(country.precursor_count for country in countries),
        "matrix": figures.matrix(taking_part, counted),
        "practice_count": figures.joining([], counted),
        "integrated_count": figures.joining(Theme.values, counted),
        "journeys": [(one, route_map(one.route, WIDE)) for one in journeys if one.route],
        "integrated": integrated.best_first(Practice.objects.for_cards())[:INTEGRATED_SHOWN],
    }
    return render(request, "home.html", context)


@require_safe
def cities(request):
    countries = [country for country in everything.countries() if country.city_count]
    filters = Filters.read(request.GET, countries)
    facets = CityFacets(filters, countries)
    count = facets.count()
    found = filters.cities().by_country().for_cards()
    if filters.search:
        found = with_parts(found)
        unanswered.count(filters.city_answer)
    if count <= MOST_PINS:
        chart = programme_map(found, countries)  # the list needs no query of its own then
    else:
        chart = counted_map(filters, countries)
    fields = [facets.themes(), facets.country(), facets.role(), facets.size(), facets.visits()]
    context = {
        "filters": filters,
        "answer": filters.city_answer,
        "facets": facets,
        "fields": list(filter(None, fields)),
        "chips": facets.chips(),
        "relaxations": [] if count else facets.relaxations(),
        "asked": filters.in_words(countries),
        "count": count,
        "page": tell_where(page_of(found, count, request, PER_PAGE), filters.city_answer),
        "map": chart,
        # Filters are answered in the browser; another search asks for another map.
        "map_query": Filters(search=filters.search).query_string(),
    }
    return render(request, "cities/list.html", context)


@require_safe
def practices(request):
    countries = [country for country in everything.countries() if country.city_count]
    filters = Filters.read(request.GET, countries)
    facets = PracticeFacets(filters, countries)
    count = facets.count()
    found = filters.practices_by_filters()
    found = with_parts(found) if filters.search else found.for_cards()
    if FLAG in request.META:  # whose cards tell what they are about
        found = found.for_filters()
    page = page_of(facets.best_first(found), count, request, CARDS_ON_A_PAGE)
    page = tell_where(page, filters.practice_answer)
    if filters.search:
        unanswered.count(filters.practice_answer)
    for practice in page if filters.town else []:
        practice.reasons = similarity.compare(filters.town, practice.city).reasons
    context = {
        "filters": filters,
        "answer": filters.practice_answer,
        "facets": facets,
        "fields": [
            facets.themes(),
            facets.topics(),
            facets.country(),
            facets.stage(),
            facets.size(),
            facets.tells(),
            facets.payer(),
            facets.measure(),
        ],
        "chips": facets.chips(),
        "relaxations": [] if count else facets.relaxations(),
        "sorts": [each for each in Sort.choices if filters.measure or each[0] != Sort.FIGURE],
        "elsewhere": [
            p for p in comparison.chosen(request.GET, MOST_CHOSEN) if p not in page.object_list
        ],
        "most": MOST_CHOSEN,
        "asked": filters.in_words(countries),
        "count": count,
        "page": page,
        "takes_town": True,
    }
    return render(request, "practices/list.html", context)


@require_safe
def theme(request, theme):
    """Show where a theme is practised, what joins most themes first; all of them: “integrated”."""
    joined = Theme.values if theme == "integrated" else [theme]
    filters = Filters(themes=tuple(joined), sort=Sort.THEMES)
    countries = [country for country in everything.countries() if country.city_count]
    facets = PracticeFacets(filters, countries)
    map_filters = Filters(themes=filters.themes)
    context = {
        "theme": theme,
        "topics": [topic for topic in everything.topics() if topic.theme == theme],
        "count": facets.count(),
        "practices": facets.best_first(Practice.objects.for_cards())[:CARDS_ON_A_PAGE],
        "map": map_of(map_filters, countries),
        "map_query": map_filters.query_string(),
    }
    return render(request, "practices/theme.html", context)


@require_safe
def record_page(request, uuid):
    """Lead from an identifier, which never changes, to where its record stands today."""
    record = identified(uuid)
    if record is None:
        raise Http404
    language = get_language_from_request(request)
    with translation.override(language):
        response = redirect(record.get_absolute_url())
    patch_vary_headers(response, ["Accept-Language"])
    return response


class Profile(DetailView):
    """The page of a record; an address that it had before leads on to it."""

    def shown(self):
        return self.model.objects.published()

    def get_queryset(self):
        return self.shown()

    def get(self, request, *args, slug):
        try:
            return super().get(request, *args, slug=slug)
        except Http404:
            kind = self.model._meta.model_name
            addresses = FormerAddress.objects.leading_on().filter(slug=slug)
            former = addresses.exclude(**{kind: None}).first()
            if not former:
                raise
            query = request.META["QUERY_STRING"]
            address = former.record.get_absolute_url()
            return redirect(f"{address}?{query}" if query else address, permanent=True)


class CityDetail(Profile):
    model = City
    template_name = "cities/detail.html"

    def get_queryset(self):
        sources = Prefetch("sources", Source.objects.with_visits())
        return self.shown().for_cards().prefetch_related(sources, "mentions", "photos")

    def get_context_data(self, **kwargs):
        city = self.object
        peers = similarity.peers_of(city).for_cards().alphabetically()
        group = [peer for peer in peers if peer.country_id == city.country_id]
        alike = similarity.most_similar(city, peers)
        walk = walk_to(city, self.request.GET.get("journey"))
        journeys = Journey.objects.published().stopping_in(city).with_stops().alphabetically()
        return super().get_context_data(
            walk=walk,
            map=stop_map(walk) if walk else way_on_map(city, group, alike, onward(city, journeys)),
            journeys=journeys,
            asking=Asking(city),
            timeline=figures.Timeline(
                city.practices.filter(is_published()).alphabetically().for_cards()
            ),
            group=group,
            alike=alike,
            events=Event.objects.published().concerning(city).with_places().latest_first(),
            **kwargs,
        )


def onward(city, journeys):
    """Return (city, why) of where journeys go on from a city."""
    following = {after.pk for journey in journeys if (after := journey.after(city))}
    # Translators: why a city stands on the map of another, below its name: a journey goes there.
    why = _("next stop")
    return [(other, why) for other in City.objects.for_cards().filter(pk__in=following)]


class CountryDetail(DetailView):
    queryset = Country.objects.with_extents()
    slug_field = slug_url_kwarg = "code"
    template_name = "cities/country.html"

    def get_context_data(self, **kwargs):
        country = self.object
        filters = Filters(country=country.code)
        facets = PracticeFacets(filters, [country])
        cities = list(filters.cities().for_cards()[:MOST_PINS])
        if country.city_count > MOST_PINS:
            cities = cities[:CARDS_ON_A_PAGE]
            chart = counted_map(filters, [country], is_local=True)
        else:
            chart = local_map(cities) if cities else None
        return super().get_context_data(
            cities=cities,
            map=chart,
            map_query=filters.query_string(),
            practice_count=facets.count(),
            practices=facets.best_first(Practice.objects.for_cards())[:CARDS_ON_A_PAGE],
            events=Event.objects.published()
            .in_country(country.code)
            .with_places()
            .latest_first()[:PER_PAGE],
            **kwargs,
        )


class PracticeDetail(Profile):
    model = Practice
    template_name = "practices/detail.html"

    def get_queryset(self):
        practices = self.shown().with_topics()
        return practices.prefetch_related(
            Prefetch("city", City.objects.for_cards()),
            "indicators",
            Prefetch("sources", Source.objects.with_visits()),
            "photos",
        )

    def get_context_data(self, **kwargs):
        practice = self.object
        others = Practice.objects.published().filter(city=practice.city).exclude(pk=practice.pk)
        walk = walk_to(practice, self.request.GET.get("journey"))
        return super().get_context_data(
            walk=walk,
            map=stop_map(walk) if walk else local_map([practice.city], own=practice.city),
            results=figures.results(practice.indicators.all()),
            strips=measured.strips(practice, practice_sets().figures),
            asking=Asking(practice),
            others=others.alphabetically(),
            elsewhere=related.elsewhere(practice),
            journeys=Journey.objects.published().stopping_in(practice.city).alphabetically(),
            citation={"apa": citation.apa(practice), "bibtex": citation.bibtex(practice)},
            **kwargs,
        )
