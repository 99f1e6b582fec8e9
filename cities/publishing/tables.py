"""The tables of the open data: what each holds, what a query leaves of it, in which files it is."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..finder.filters import Filters
from ..models import Country, Event, Journey, Material, Topic
from . import columns
from .formats import WRITERS, row, rows

FILTERS = ("theme", "topic", "tells", "country", "role", "stage", "size", "visits", "payer")
FILTERS += ("measure", "q")


@dataclass(frozen=True)
class Table:
    """A table, its files and what they ask of a record."""

    name: str  # of its files
    title: Promise
    about: Promise
    columns: list
    records: Callable  # that a query asks for
    key: str  # of its records in JSON
    takes: tuple = ()  # names in a query; all others are ignored
    lines: Callable = list  # the records of its spreadsheets, of those of its JSON
    whole: Callable = None  # a record in JSON, if that is more than its columns
    sheets: dict = field(default_factory=dict)  # further ones: {name: (columns, their records)}
    points: Callable = None  # where a record is, as places with latitude and longitude
    properties: Callable = None  # of a record in GeoJSON, if they are not its columns
    is_lines: bool = False  # in GeoJSON

    @property
    def files(self):
        """Return {name of a file: how it ends}."""
        kinds = [kind for kind in WRITERS if kind != "geojson" or self.points]
        return {f"{self.name}.{kind}": kind for kind in kinds}


def asked(parameters, names):
    """Return what a query asks under these names, as (name, value)."""
    return [(name, value) for name in names for value in parameters.getlist(name) if value.strip()]


def read(parameters):
    """Return the filters of a query, and whether it asks for something that nobody has."""
    filters = Filters.read(parameters, Country.objects.with_cities())
    return filters, filters.misses(parameters)


def cities(parameters):
    filters, is_nothing = read(parameters)
    found = filters.cities().for_cards().prefetch_related("sources")
    return found.none() if is_nothing else found


def practices(parameters):
    found = practices_asked(*read(parameters)).select_related("city__country").with_topics()
    return found.prefetch_related("indicators", "sources")


def practices_asked(filters, is_nothing):
    """Return the practices that answer; they are asked for what their cities are, too."""
    found = filters.practices()
    if filters.role:
        found = found.filter(city__role=filters.role)
    if filters.visits:
        found = found.filter(city__study_visits=filters.visits)
    return found.none() if is_nothing else found


def indicators(parameters):
    """Return the figures of practices, in their order, all or those of one measure."""
    filters, is_nothing = read(parameters)
    practices = practices_asked(filters, is_nothing).prefetch_related("indicators")
    return [f for f in figures(practices) if filters.measure in ("", f.measure)]


def journeys(parameters):
    """Return the journeys to serve: the one that a query names, or all."""
    found = Journey.objects.published().with_stops().order_by("slug")
    slug = parameters.get("journey", "").replace("\0", " ")
    return found.filter(slug=slug) if slug else found


def events(parameters):
    """Return the events to serve: those in a country, the one that a query names, or all."""
    found = Event.objects.published().with_places().with_participants().latest_first()
    country, slug = (parameters.get(name, "").replace("\0", " ") for name in ("country", "event"))
    found = found.in_country(country.casefold()) if country else found
    return found.filter(slug=slug) if slug else found


def figures(practices):
    return [figure for practice in practices for figure in practice.indicators.all()]


def cited(records):
    return [source for record in records for source in record.sources.all()]


def whole_city(city):
    sources = rows(columns.SOURCE, city.sources.all())
    return row(columns.CITY, city) | {"profile": city.profile, "sources": sources}


def whole_practice(practice):
    return row(columns.PRACTICE, practice) | {
        "description": practice.description,
        "lessons": practice.lessons,
        "indicators": rows(columns.INDICATOR, practice.indicators.all()),
        "sources": rows(columns.SOURCE, practice.sources.all()),
    }


def whole_journey(journey):
    return row(columns.JOURNEY, journey) | {"stops": rows(columns.STOP, journey.route)}


TABLES = [
    Table(
        "good-practices",
        _("Good practices"),
        _("What cities did, by theme, stage and years, with their figures."),
        columns.PRACTICE,
        practices,
        key="practices",
        takes=FILTERS,
        whole=whole_practice,
        sheets={
            "indicators": (columns.INDICATOR, figures),
            "sources": (columns.CITED, cited),
        },
        points=lambda practice: [practice.city],
    ),
    Table(
        "indicators",
        _("Figures"),
        _("Results, costs and scale in figures with units and evidence."),
        columns.INDICATOR,
        indicators,
        key="indicators",
        takes=FILTERS,
    ),
    Table(
        "cities",
        _("Cities"),
        _("Where they are, how large, whom to ask, and which themes their practices join."),
        columns.CITY,
        cities,
        key="cities",
        takes=FILTERS,
        whole=whole_city,
        sheets={"sources": (columns.CITED, cited)},
        points=lambda city: [city],
    ),
    Table(
        "topics",
        _("Topics"),
        _("What good practices are about, in the words that people look for."),
        columns.TOPIC,
        lambda parameters: Topic.objects.published().alphabetically(),
        key="topics",
    ),
    Table(
        "journeys",
        _("Journeys"),
        _("Routes through cities and good practices, stop by stop."),
        columns.STOP,
        journeys,
        key="journeys",
        takes=("journey",),
        lines=lambda found: [stop for journey in found for stop in journey.route],
        whole=whole_journey,
        points=lambda journey: [stop.place for stop in journey.route],
        properties=lambda journey: (
            row(columns.JOURNEY, journey) | {"stops": [str(stop) for stop in journey.route]}
        ),
        is_lines=True,
    ),
    Table(
        "events",
        _("Events"),
        _("Meetings, workshops, trainings and visits: when, where, and by which source."),
        columns.EVENT,
        lambda parameters: events(parameters).in_chunks(),
        key="events",
        takes=("country", "event"),
    ),
    Table(
        "library",
        _("Library"),
        _("Tools, templates, guides, plans, reports and films, each with its source."),
        columns.MATERIAL,
        lambda parameters: Material.objects.published().with_origins().alphabetically(),
        key="library",
    ),
]
FILES = {name: (table, kind) for table in TABLES for name, kind in table.files.items()}
