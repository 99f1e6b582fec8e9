"""Every component in each of its states, made up and never saved: served by `make dev` only."""

from collections import Counter
from datetime import date
from itertools import combinations

from django.core.paginator import Paginator
from django.shortcuts import render

from ..evidence import measured
from ..evidence.asking import Asking
from ..evidence.figures import Timeline, matrix, results
from ..finder.facets import Facets
from ..finder.filters import Filters
from ..mapping.map import local_map
from ..mapping.route import route_map
from ..models import (
    City,
    Country,
    Event,
    Indicator,
    Journey,
    Material,
    Mention,
    Practice,
    Sort,
    Source,
    Stop,
    Theme,
    Topic,
)
from ..models.vocabulary import combination
from ..text.measures import Measure
from .walk import Walk

EVERY_SET = [list(themes) for n in range(4) for themes in combinations(Theme.values, n)]
POLAND = Country(code="pl", name_pl="Polska", name_en="Poland")
CONTACT = {"office_pl": "Urząd Miasta, zespół do spraw klimatu", "email": "klimat@example.org"}
CONTACT |= {"office_en": "Town hall, climate unit", "telephone": "+48 22 123 45 67"}
CONTACT |= {"contact_checked_on": date(2026, 11, 28), "study_visits": "yes"}
LONG = {"name_pl": "Primiero San Martino di Castrozza", "name_en": ""}


def town(themes=(), **fields):
    defaults = {"name_pl": "Wzorowo", "name_en": "Musterton", "slug": "wzorowo"}
    defaults |= {"role": "precursor" if themes else "committed", "country": POLAND}
    defaults |= {"summary_pl": "Nieduże miasto nad rzeką.", "summary_en": "A small river town."}
    city = City(**defaults | {"latitude": 52.2, "longitude": 19.1} | fields)
    city.theme_sets_mask = 1 << combination(themes) if themes else 0
    return city


def deed(themes=("energy",), headline=None, **fields):
    defaults = {"title_pl": "Ciepło z sąsiedztwa", "title_en": "Heat from next door"}
    defaults |= {"slug": "wzorczyn", "city": town(themes), "stage": "operation", "paid_eu": True}
    defaults |= {"summary_pl": "Co zrobiono i po co.", "summary_en": "What was done, and why."}
    practice = Practice(**defaults | dict.fromkeys(themes, True) | fields)
    practice.headlines = [headline] if headline else []
    return practice


def figure(number, value, unit="km", **fields):
    label = {"label_pl": f"Wskaźnik {number}", "label_en": f"Indicator {number}"}
    return Indicator(**{"pk": number, "value": value, "unit": unit} | label | fields)


def subject(slug, practice_count, **fields):
    topic = Topic(slug=slug, **fields)
    topic.practice_count = practice_count
    return topic


def way(*records):
    journey = Journey(slug="wzorowa-droga", title_pl="Wzorowa droga", title_en="An exemplary way")
    journey.intro_pl, journey.intro_en = "Dokąd i po co.", "Where to, and why."
    journey.route = [
        Stop(journey=journey, why_pl="Bo warto.", **{record._meta.model_name: record})
        for record in records
    ]
    for number, stop in enumerate(journey.route, 1):
        stop.number = number
    return journey


def meeting(**fields):
    defaults = {"title_pl": "Narada wzorowych miast", "title_en": "A meeting of model towns"}
    event = Event(**defaults | {"slug": "narada", "kind": "meeting", "country": POLAND} | fields)
    event.fill_in()
    return event


def thing(**fields):
    defaults = {"pk": 1, "slug": "wzor", "title_pl": "Wzór umowy", "title_en": "A model contract"}
    material = Material(**defaults | {"kind": "template", "text_pl": "Co w niej zapisać."} | fields)
    material._prefetched_objects_cache = {"topics": [], "practices": []}
    return material


class MadeUp(Facets):
    """Facets of nothing: each choice would leave three."""

    def count(self, **changes):
        return 3

    def left(self, name):
        return Counter(dict.fromkeys(["pl", "operation"], 3))


def styleguide(request):
    cities = [town(Theme.values, population=16000, population_year=2021), town(), town(**LONG)]
    place = local_map([cities[0]])
    filters = Filters(themes=("energy",), stage="planned")
    facets = MadeUp(filters, [POLAND], None)
    counted = [
        {"code": "pl", "n": 2 * combination(themes) + 1}
        | {theme: theme in themes for theme in Theme.values}
        for themes in EVERY_SET[1:]
    ]
    indicators = [
        figure(1, 28, about="result", measure="cycle-route-length"),
        figure(2, 41, about="result", evidence="measured", year=2022, measure="cycle-route-length"),
        figure(3, 50, about="result", evidence="planned"),
        figure(4, 12, "MPLN", about="cost", qualifier="about"),
    ]
    journey = way(cities[0], deed(city=town(latitude=48, longitude=12, **LONG)), cities[1])
    gone = Source(title="LAKS", url="https://example.org/", archived_url="https://example.org/")
    gone.dead_at = gone.reached_at = date(2026, 3, 2)
    context = {
        "journey": journey,
        "journeys": [journey],
        "asking": [Asking(town(**each)) for each in (CONTACT, {"website": "https://example.org/"})],
        "events": [
            meeting(first_day=date(2020, 9, 30), last_day=date(2020, 10, 1), city=cities[0]),
            meeting(
                first_day=date(2020, 6, 1),
                last_day=date(2020, 8, 31),
                precision="season",
                online=True,
                held="announced",
            ),
            meeting(title_en="", place_pl=LONG["name_pl"]),
        ],
        "materials": [
            thing(language="pl", year=2021, url="https://example.org/", licence="CC BY 4.0"),
            thing(source_title="LAKS", title_en=""),
            thing(file="library/0/plan.pdf", size=1_300_000),
        ],
        "strips": [measured.Strip(Measure.WHOLE_COST, [40], [0, 15, 80, 100])],
        "route": route_map(journey.route),
        "walks": [Walk(journey.route, stop) for stop in journey.route],
        "sets": EVERY_SET,
        "themes": [*Theme.values, "integrated"],
        "cities": [(city, None) for city in cities]
        + [(city, local_map([city])) for city in cities],
        "most_similar": (cities[0], ["about as many people"]),
        "place": place,
        "filters": filters,
        "facets": facets,
        "fields": [facets.themes(), facets.country(), facets.stage()],
        "chips": facets.chips(),
        "relaxations": facets.relaxations(),
        "count": 3,
        "sorts": Sort.choices,
        "takes_town": True,
        "page": Paginator(range(30), 10).get_page(2),
        "practices": [deed(Theme.values, indicators[1]), deed(("spatial",), indicators[2]), deed()],
        "topics": [
            subject("cieplo", 1, name_pl="Ciepło sieciowe", name_en="District heating"),
            subject("rowery", 1200, name_pl=LONG["name_pl"]),
        ],
        "tips": [
            deed(headline=indicators[0], lessons_pl="<p>Zacznij wcześnie.</p>"),
            deed(lessons_en="<p>Begin early.</p><p>Ask twice.</p>"),
        ],
        "timeline": Timeline(
            [
                deed(first_year=2009, last_year=2016),
                deed(first_year=2018),
                deed(first_year=2020, last_year=2022, stage="planned"),
                deed(last_year=2014),
                deed(),
            ]
        ),
        "results": results(indicators),
        "matrix": matrix([POLAND], counted),
        "expert_countries": [Country(code="nl", name_pl="Holandia", name_en="Netherlands")],
        "citation": {"apa": "Wzorowo (2021).", "bibtex": "@misc{wzorowo,\n  year = {2021}\n}"},
        "sources": [
            Source(title="PNEC", url="https://example.org/", accessed_on=date(2020, 2, 26)),
            Source(title="Gazeta"),
            gone,
        ],
        "mentions": [
            Mention(title="Klimakommune", url="https://example.org/", language="de", collection="X")
        ],
    }
    return render(request, "styleguide.html", context)
