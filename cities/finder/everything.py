"""All kinds of things that one search of the whole site finds."""

from dataclasses import dataclass
from functools import singledispatch, wraps
from itertools import groupby
from operator import attrgetter

from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from translated_fields import to_attribute

from ..models import City, Country, Event, Journey, Material, Practice, Stop, Topic
from ..models.publication import is_published
from ..text.units import localised
from .few import Few, ReadSets
from .indexing import names, with_parts
from .kept import kept
from .sets import city_sets, practice_sets
from .site_pages import SitePage

PAGES = ["about", "data", "accessibility", "privacy"]


def in_language(make):
    """Let a kind be read once for each language; who changes one of a Few copies it."""
    read = kept(lambda _language: make())
    return wraps(make)(lambda: read(get_language()))


@in_language
def countries():
    return Few(Country.objects.with_extents().alphabetically())


@in_language
def topics():
    return Few(Topic.objects.published().alphabetically().counted())


def practices():
    return with_parts(Practice.objects.published().alphabetically())


def cities():
    return with_parts(City.objects.published().with_themes().alphabetically())


@in_language
def journeys():
    """Return the journeys with their stops, all read at once."""
    stops = Stop.objects.shown().filter(is_published("journey__"))
    stops = stops.select_related("journey", "city__country", "practice__city__country")
    in_order = stops.order_by(to_attribute("journey__sort"), "journey", *Stop._meta.ordering)
    found = Few()
    for journey, route in groupby(in_order, key=attrgetter("journey")):
        journey.route = list(route)
        found.append(journey)
    return found


def events():
    return Event.objects.published().with_places().with_participants().latest_first()


@in_language
def event_sets():
    return ReadSets(events())


@in_language
def materials():
    return Few(Material.objects.published().with_country().alphabetically())


@in_language
def pages():
    """Return the pages of countries, and others as SitePages, as nobody in particular sees them."""
    language, found = get_language(), Few()
    for name in PAGES:
        address = reverse(name)
        response = resolve(address).func(RequestFactory().get(address))
        response = response.render() if hasattr(response, "render") else response
        found.append(SitePage(name, response.text, language))
    found += Country.objects.alphabetically()
    return found


@dataclass(frozen=True)
class Kind:
    """What can be found: its records, a Few or a queryset, and the sets that know their words."""

    name: str
    label: str
    records: object
    sets: object
    page: str = ""  # that lists them all and takes a question


# In the order of the page. `parts` in indexing.py knows what is found of each, and `beside` more.
KINDS = [
    Kind("topic", gettext_lazy("Topics"), topics, topics),
    Kind("practice", gettext_lazy("Good practices"), practices, practice_sets, "practices"),
    Kind("city", gettext_lazy("Cities"), cities, city_sets, "cities"),
    Kind("journey", gettext_lazy("Journeys"), journeys, journeys),
    Kind("event", gettext_lazy("Events"), events, event_sets),
    # Translators: the tools, guides, plans and films of the programme, and their page.
    Kind("material", gettext_lazy("Library"), materials, materials),
    # Translators: heads the pages of this site among what a search found.
    Kind("page", gettext_lazy("Pages"), pages, pages),
]


@singledispatch
def beside(record):
    """Return (other names, what stands beside it, its sign) of what is found or suggested."""
    return "", "", ""


@beside.register
def beside_topic(topic: Topic):
    n = topic.practice_count
    count = ngettext("%(figure)s practice", "%(figure)s practices", n) % {"figure": localised(n)}
    return getattr(topic, to_attribute("synonyms")), count, topic.theme[0]


@beside.register
def beside_practice(practice: Practice):
    place = f"{practice.city.name}, {practice.city.country.name}"
    return "", place, "".join(theme[0] for theme in practice.themes) or "none"


@beside.register
def beside_city(city: City):
    sign = city.glyph if city.is_precursor else "ring"
    return names(city), f"{city.get_role_display()}, {city.country.name}", sign


@beside.register
def beside_journey(journey: Journey):
    n = len(journey.route)
    return "", ngettext("%(n)s stop", "%(n)s stops", n) % {"n": n}, ""


@beside.register
def beside_event(event: Event):
    return "", event.when or event.get_kind_display(), ""


@beside.register
def beside_material(material: Material):
    told = [material.get_kind_display(), material.country and material.country.name]
    return "", ", ".join(filter(None, told)), ""


def below_home(record):
    """Return the address of a record below that of its language."""
    return record.get_absolute_url().removeprefix(reverse("home"))
