"""Pages for visitors: each decides its queries, the templates only show."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.views.generic import DetailView

from .finder import Question
from .map import local_map, programme_map
from .models import City, Country, Practice, Role, Stage, Theme


def home(request):
    cities = City.objects.published().for_cards().alphabetically()
    practices = Practice.objects.published()
    taking_part = {city.country_id for city in cities}
    countries = Country.objects.alphabetically()
    context = {
        "map": programme_map(cities, cities),
        "precursors": [city for city in cities if city.is_precursor],
        "countries": [country for country in countries if country.pk in taking_part],
        "expert_countries": [country for country in countries if country.pk not in taking_part],
        "practice_count": practices.count(),
        "integrated": practices.joining(Theme).alphabetically().for_cards(),
    }
    return render(request, "home.html", context)


def cities(request):
    countries = Country.objects.with_cities().alphabetically()
    question = Question.read(request.GET, countries)
    found = question.cities().for_cards()
    context = {
        "question": question,
        "cities": found,
        "map": programme_map(found, City.objects.published().for_cards()),
        "choices": {"themes": Theme, "countries": countries, "roles": Role},
    }
    return render(request, "cities/list.html", context)


def practices(request):
    countries = Country.objects.with_cities().alphabetically()
    question = Question.read(request.GET, countries)
    context = {
        "question": question,
        "practices": question.practices().for_cards(),
        "choices": {"themes": Theme, "countries": countries, "stages": Stage},
    }
    return render(request, "practices/list.html", context)


def theme(request, theme):
    """Show where a theme is practised, what joins most themes first; all of them: “integrated”."""
    joined = Theme.values if theme == "integrated" else [theme]
    practices = Practice.objects.published().joining(joined).alphabetically().for_cards()
    everywhere = City.objects.published().for_cards()
    practised_in = {practice.city_id for practice in practices}
    context = {
        "theme": theme,
        "practices": sorted(practices, key=lambda practice: -len(practice.themes)),
        "map": programme_map([c for c in everywhere if c.pk in practised_in], everywhere),
    }
    return render(request, "practices/theme.html", context)


class CityDetail(DetailView):
    template_name = "cities/detail.html"

    def get_queryset(self):
        return City.objects.published().for_cards().prefetch_related("sources", "photos")

    def get_context_data(self, **kwargs):
        city = self.object
        neighbours = City.objects.published().for_cards().in_country(city.country.code)
        return super().get_context_data(
            map=local_map([city]),
            practices=city.practices.published().alphabetically().for_cards(),
            neighbours=neighbours.exclude(pk=city.pk).alphabetically(),
            **kwargs,
        )


class CountryDetail(DetailView):
    model = Country
    slug_field = slug_url_kwarg = "code"
    template_name = "cities/country.html"

    def get_context_data(self, **kwargs):
        country = self.object
        cities = City.objects.published().for_cards().in_country(country.code).alphabetically()
        practices = Practice.objects.published().filter(city__country=country)
        return super().get_context_data(
            cities=cities,
            map=local_map(cities) if cities else None,
            practices=practices.alphabetically().for_cards(),
            **kwargs,
        )


class PracticeDetail(DetailView):
    template_name = "practices/detail.html"

    def get_queryset(self):
        return Practice.objects.published().prefetch_related(
            Prefetch("city", City.objects.for_cards()), "indicators", "sources", "photos"
        )

    def get_context_data(self, **kwargs):
        practice = self.object
        others = Practice.objects.published().filter(city=practice.city).exclude(pk=practice.pk)
        return super().get_context_data(
            map=local_map([practice.city]), others=others.alphabetically(), **kwargs
        )
