"""Which cities are like another: by size, by themes, by country, in that order of weight.

A score is the sum of three parts, each between nought and its weight:

- size: full for the same population, nought from ten times more or less;
- themes: the share of all themes that both join;
- country: full for the same one.

What a town lacks, such as themes where only its population is known, gives nought to all.
"""

from dataclasses import dataclass, field
from math import log

from django.db.models import Case, FloatField, Q, Value, When
from django.db.models.functions import Abs, Cast, Length, Ln
from django.utils.translation import gettext as _
from translated_fields import to_attribute

from ..models import City, Country, Theme
from ..text.translation import in_a_sentence
from ..text.words import forms
from . import gazetteer
from .indexing import names
from .search import called

SIZE, THEMES, COUNTRY = 3, 2, 1  # the weights
CANDIDATES = 40  # the nearest in size, of whom the most_similar are chosen
NEAR = 1.25  # times: populations within it are told as “about as many”


@dataclass
class SimilarCity:
    city: City
    score: float
    reasons: list


@dataclass(frozen=True)
class Town:
    """A town to find others for, of which a visitor told the population or the name."""

    name: str = ""
    population: int | None = None
    country_id: int | None = None
    themes: tuple = ()
    city_id: int | None = field(default=None, compare=False)  # of the programme, if it is one


def town(asked):
    """Return the town that a visitor asks for: “ok. 16 tys.”, “Iława”; None where there is none."""
    if number := gazetteer.people(asked):
        return Town(population=number)
    name, country = gazetteer.name_and_country(asked)
    cities = called(name, City.objects.published())
    cities = cities.in_country(country) if country else cities
    city = cities.order_by(Length(to_attribute("name")), "pk").first()
    if city and any(set(forms(name)) & set(forms(known)) for known in names(city).split(" · ")):
        return of_city(city)
    if place := gazetteer.place(name, country):
        country = Country.objects.filter(code=place.country).first()
        return Town(place.name, place.population, country and country.pk)
    return city and of_city(city)


def of_city(city):
    return Town(city.name, city.population, city.country_id, city_id=city.pk)


def logarithm(column):
    """Return that of a column, as a float, since PostgreSQL takes long over exact numbers."""
    return Ln(Cast(column, FloatField()))


def similarity_score(town, prefix=""):
    """Return the expression of how like a town cities are, themes left out: for an order."""
    score = Value(0.0)
    if town.population:
        size = f"{prefix}population"
        tenfold = (max(1, town.population // 10), town.population * 10)
        distance = Abs(logarithm(size) - log(town.population))
        part = SIZE - distance * (SIZE / log(10))
        score += Case(When(**{f"{size}__range": tenfold}, then=part), default=0.0)
    if town.country_id:
        country = {f"{prefix}country": town.country_id}
        score += Case(When(**country, then=float(COUNTRY)), default=0.0)
    return score


def nearest_in_size(population):
    """Return the published precursors, those nearest in size first."""
    return (
        City.objects.published()
        .precursors()
        .filter(population__gt=0)
        .order_by(Abs(logarithm("population") - log(population)), "pk")
    )


def most_similar(city, others, most=3):
    """Return the most similar precursors among other cities, with the reasons in words."""
    found = [compare(city, other) for other in others if other.is_precursor]
    return sorted(found, key=lambda similar: -similar.score)[:most]


def compare(city, other):
    score, reasons = 0.0, []
    if city.population and other.population:
        ratio = other.population / city.population
        score += SIZE * max(0, 1 - abs(log(ratio)) / log(10))
        if 1 / NEAR <= ratio <= NEAR:
            reasons.append(_("about as many people"))
        elif 1 / 3 <= ratio < 1:
            reasons.append(_("somewhat smaller"))
        elif 1 < ratio <= 3:
            reasons.append(_("somewhat larger"))
    shared = [theme for theme in city.themes if theme in other.themes]
    if shared:
        score += THEMES * len(shared) / len(Theme)
        reasons.append(
            _("joins %(themes)s too") % {"themes": in_a_sentence(theme.label for theme in shared)}
        )
    if city.country_id == other.country_id:
        score += COUNTRY
        reasons.append(_("in the same country"))
    return SimilarCity(other, score, reasons)


def peers_of(city):
    """Return the cities to compare a city with: its country's, and the nearest in size."""
    group = City.objects.published().filter(country=city.country_id).order_by("pk")
    chosen = Q(pk__in=group[:CANDIDATES].values("pk"))
    if city.population:
        chosen |= Q(pk__in=nearest_in_size(city.population)[:CANDIDATES].values("pk"))
    return City.objects.published().filter(chosen).exclude(pk=city.pk)
