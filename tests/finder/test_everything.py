"""All kinds of things that one search of the whole site finds."""

from datetime import date

import pytest
from django.utils import translation

from cities.finder.everything import KINDS, below_home, beside, countries, journeys
from cities.finder.site_pages import SitePage
from cities.models import City, Country, Event, Journey, Material, Practice, Topic

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("pl", "Zagadnienia,Dobre praktyki,Miasta,Podróże,Wydarzenia,Biblioteka,Strony"),
        ("en", "Topics,Good practices,Cities,Journeys,Events,Library,Pages"),
    ],
)
def test_each_kind_has_its_place_its_name_and_the_page_that_lists_it(language, labels):
    names = ["topic", "practice", "city", "journey", "event", "material", "page"]
    pages = ["", "practices", "cities", "", "", "", ""]
    with translation.override(language):
        told = [(kind.name, str(kind.label), kind.page) for kind in KINDS]
    assert told == list(zip(names, labels.split(","), pages, strict=True))


@pytest.mark.parametrize(
    ("language", "pages"),
    [
        ("pl", "O programie,Otwarte dane,Deklaracja dostępności,Prywatność,Austria,Polska"),
        ("en", "About the programme,Open data,Accessibility statement,Privacy,Austria,Poland"),
    ],
)
def test_of_each_kind_all_is_found_that_visitors_see_in_its_order(
    make_city, make_practice, make_topic, make_journey, make_event, make_material, language, pages
):
    make_city("at", name_pl="Szkic", name_en="Draft", status="draft")
    Country.objects.update(name_pl="Austria", name_en="Austria")
    for name, status in (("B", "published"), ("C", "draft"), ("A", "published")):
        city = make_city(name_pl=f"{name}m", name_en=f"{name}m", population=1000)
        title = {"title_pl": name, "title_en": name, "status": status}
        practice = make_practice(city=city, **title)
        make_topic(practice, name_pl=name, name_en=name, status=status)
        make_journey(practice, city, **title)
        make_event(city, day=f"2020-01-0{ord(name) - ord('A') + 1}", **title)
        make_material(**title)
    City.objects.filter(name_pl="Cm").update(status="draft")
    with translation.override(language):
        found = {kind.name: [getattr(r, r.named_by) for r in kind.records()] for kind in KINDS}
        routes = {str(journey): [*map(str, journey.route)] for journey in journeys()}
    both = ["A", "B"]
    expected = dict.fromkeys(["topic", "practice", "journey", "material"], both)
    assert found == expected | {
        "city": ["Am", "Bm"],
        "event": ["B", "A"],
        "page": pages.split(","),
    }
    assert routes == {"A": ["A", "Am"], "B": ["B", "Bm"]}


def test_a_country_tells_how_many_of_its_cities_visitors_see(make_city):
    make_city()
    make_city(status="draft")
    assert [(country.code, country.city_count) for country in countries()] == [("pl", 1)]


def counted(topic, count):
    topic.practice_count = count
    return topic


def joining(city, sets_mask):
    city.theme_sets_mask = sets_mask
    return city


def stopping(journey, route):
    journey.route = route
    return journey


DAY = date(2020, 9, 9)
PAGE = '<meta name="description" content="O."><main><h1>Prywatność</h1></main>'
POLAND = Country(code="pl", name_pl="Polska", name_en="Poland")
VIENNA = City(slug="wieden", name_pl="Wiedeń", name_en="Vienna", local_name="Wien", country=POLAND)


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (counted(Topic(theme="mobility", synonyms_pl="rower"), 1), ("rower", "1 praktyka", "m")),
        (counted(Topic(theme="energy"), 12_345), ("", "12\xa0345 praktyk", "e")),
        (Practice(city=VIENNA, energy=True, spatial=True), ("", "Wiedeń, Polska", "es")),
        (Practice(city=VIENNA), ("", "Wiedeń, Polska", "none")),
        (
            joining(City(name_pl="Weiz", role="precursor", country=POLAND), 1 << 0b011),
            ("Weiz", "miasto prekursor, Polska", "em"),
        ),
        (
            joining(City(name_pl="Weiz", local_name="Vajc", role="committed", country=POLAND), 2),
            ("Weiz · Vajc", "miasto zaangażowane, Polska", "ring"),
        ),
        (stopping(Journey(), [1, 2]), ("", "2 przystanki", "")),
        (Event(kind="workshop"), ("", "warsztaty", "")),
        (
            Event(kind="workshop", first_day=DAY, last_day=DAY, precision="month"),
            ("", "wrzesień 2020", ""),
        ),
        (Material(kind="guide", country=POLAND), ("", "poradnik, Polska", "")),
        (Material(kind="guide"), ("", "poradnik", "")),
        (SitePage("privacy", PAGE, "pl"), ("", "", "")),
        (POLAND, ("", "", "")),
    ],
)
def test_beside_a_name_stand_other_names_what_it_is_and_its_sign(record, told):
    assert beside(record) == told


@pytest.mark.parametrize(
    ("language", "address"), [("pl", "miasta/wieden/"), ("en", "cities/wieden/")]
)
def test_addresses_are_told_below_the_home_page_of_the_language(language, address):
    with translation.override(language):
        assert below_home(VIENNA) == address
