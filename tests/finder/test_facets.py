from dataclasses import replace

import pytest
from django.http import QueryDict
from django.utils import translation

from cities.finder.facets import CityFacets, PracticeFacets
from cities.finder.filters import Filters
from cities.models import City, Country, Practice, Size
from cities.text.measures import Measure

pytestmark = pytest.mark.database


def ask(query=""):
    return Filters.read(QueryDict(query), Country.objects.all())


def counts(chosen):
    return {choice.value: choice.count for choice in chosen.choices}


@pytest.fixture
def practices(make_city, make_practice):
    village = make_city(population=800)
    town = make_city(country="at", population=12_000)
    make_practice("energy", city=village, stage="planned")
    make_practice("energy mobility", city=village)
    make_practice("energy mobility spatial", city=town)
    make_practice("spatial", city=town, status="draft")


def test_a_theme_counts_what_would_join_it_too(practices):
    facets = PracticeFacets(ask("theme=mobility"), Country.objects.all())
    assert facets.count() == 2
    assert counts(facets.themes()) == {"energy": 2, "mobility": 2, "spatial": 1}


def test_a_choice_of_one_counts_what_it_would_leave_in_the_place_of_the_present_one(practices):
    facets = PracticeFacets(ask("country=at&theme=energy"), Country.objects.all())
    assert counts(facets.country()) == {"at": 1, "pl": 2}
    assert counts(facets.stage()) == {"planned": 0, "underway": 0, "operation": 1, "completed": 0}
    assert counts(facets.size()) == dict.fromkeys(Size.values, 0) | {"5k-20k": 1}


def test_a_city_counts_when_one_of_its_practices_joins_all(make_city, make_practice):
    apart, together = make_city(), make_city()
    make_practice("energy", city=apart)
    make_practice("mobility", city=apart)
    make_practice("energy mobility", city=together)
    make_city(role="committed")
    facets = CityFacets(ask("theme=energy"), Country.objects.all())
    assert counts(facets.themes()) == {"energy": 2, "mobility": 1, "spatial": 0}
    assert counts(facets.role()) == {"precursor": 2, "committed": 0}


@pytest.mark.parametrize(
    "query",
    [
        *("", "theme=energy", "theme=mobility&theme=energy", "size=under-5k", "country=at"),
        *("stage=planned", "role=committed", "visits=yes", "q=tramwaj", "q=tramwaj&country=at"),
        *("like=Sztum", "like=16000", "like=Atlantyda", "like=Sztum&q=tramwaj"),
    ],
)
def test_the_count_is_the_number_of_answers(practices, make_city, make_practice, query):
    sztum = make_city(name_pl="Sztum", role="committed", population=10_000)
    make_practice("energy", title_pl="Tramwaj", city=sztum)
    make_practice("energy", title_pl="Tramwaj nocny", city=City.objects.get(country__code="at"))
    filters = ask(query)
    countries = Country.objects.all()
    assert PracticeFacets(filters, countries).count() == filters.practices().count()
    assert CityFacets(filters, countries).count() == filters.cities().count()


def test_without_an_answer_it_says_what_lifting_each_filter_would_leave(practices):
    facets = PracticeFacets(ask("theme=spatial&country=pl&stage=planned"), Country.objects.all())
    assert facets.count() == 0
    lifted = [(query, count) for _label, query, count in facets.relaxations()]
    assert lifted == [("country=pl&stage=planned", 1)]


def test_the_filter_whose_lifting_leaves_most_comes_first(practices, make_practice):
    make_practice("energy", city=City.objects.get(country__code="at"))
    facets = PracticeFacets(ask("country=at&stage=planned"), Country.objects.all())
    lifted = [(query, count) for _label, query, count in facets.relaxations()]
    assert lifted == [("country=at", 2), ("stage=planned", 1)]


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (None, "unknown"),
        (0, "under-5k"),
        (4999, "under-5k"),
        (5000, "5k-20k"),
        (19999, "5k-20k"),
        (20000, "20k-100k"),
        (100000, "over-100k"),
    ],
)
def test_a_population_is_of_one_size(make_city, population, size):
    city = make_city(population=population)
    assert list(ask(f"size={size}").cities()) == [city]


@pytest.mark.parametrize("query", ["", "?q=Wzorowo", "?country=pl&role=committed"])
def test_study_visits_can_be_asked_for_once_a_published_city_receives_them(make_city, visit, query):
    make_city(name_pl="Wzorowo", role="committed", study_visits="no")
    host = make_city(name_pl="Gościniec", study_visits="yes", status="draft")

    def options():
        return visit(f"/pl/miasta/{query}").texts("option", value="yes")

    assert options() == []
    host.status = "published"
    host.save()
    assert options() == [f"przyjmuje wizyty studyjne ({0 if query else 1})"]
    page = visit("/pl/miasta/?visits=yes")
    assert [e.text for e in page.find("h3")] == ["Gościniec"]
    assert page.texts("a", href="?") == ["Usuń filtr: przyjmuje wizyty studyjne ×"]


@pytest.mark.parametrize("facets", [CityFacets, PracticeFacets])
def test_a_country_that_got_its_first_city_meanwhile_is_counted_the_next_time(
    make_practice, facets
):
    countries = list(Country.objects.with_cities())
    make_practice()
    assert facets(Filters(), countries).count() == 0
    assert facets(Filters(), [Country(code="at")]).count() == 0
    assert facets(Filters(), Country.objects.with_cities()).count() == 1


@pytest.fixture
def evident(make_practice, make_indicator):
    """Make three practices of which figures and payers tell this and that."""
    one, other, plain = (make_practice(slug=slug) for slug in ("one", "other", "plain"))
    one.payers, other.payers = ["own", "eu"], ["eu"]
    one.save()
    other.save()
    cost = {"unit": "MEUR", "about": "cost", "measure": "whole-cost"}
    make_indicator(practice=one, value=2, **cost)
    make_indicator(practice=other, value=9, unit="MPLN", about="cost", measure="whole-cost")
    make_indicator(practice=other, value=7, evidence="measured", measure="cycle-route-length")
    make_indicator(practice=plain, value=3, **cost | {"year": 2020})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tells=cost", ["one", "other", "plain"]),
        ("tells=cost&tells=result", ["other"]),
        ("payer=eu", ["one", "other"]),
        ("payer=own&tells=result", []),
        ("measure=cycle-route-length", ["other"]),
        ("measure=whole-cost&payer=own", ["one"]),
    ],
)
def test_practices_are_found_by_what_figures_tell_and_by_who_paid(evident, query, found):
    practices = ask(query).practices().for_filters()
    assert sorted(practice.slug for practice in practices) == found
    assert PracticeFacets(ask(query), Country.objects.all()).count() == len(found)
    every = Filters().practices().select_related("city__country").for_filters()
    assert sorted(p.slug for p in every if ask(query).matches(p.filter_values)) == found


def test_choices_of_figures_and_payers_count_what_they_would_leave(evident):
    facets = PracticeFacets(ask("payer=eu"), Country.objects.all())
    assert counts(facets.tells()) == {"cost": 2, "result": 1}
    paid = {"own": 1, "region": 0, "state": 0, "eu": 2, "eea": 0, "company": 0, "residents": 0}
    assert counts(facets.payer()) == paid
    measured = {measure.value: 0 for measure in Measure}
    assert counts(facets.measure()) == measured | {"whole-cost": 2, "cycle-route-length": 1}
    facets = PracticeFacets(ask("payer=own&tells=result"), Country.objects.all())
    assert [(query, n) for _label, query, n in facets.relaxations()] == [
        ("payer=own", 1),
        ("tells=result", 1),
    ]


def test_the_largest_figure_comes_first_and_what_no_rate_converts_last(evident):
    found = ask("measure=whole-cost&sort=figure").practices()
    assert [practice.slug for practice in found] == ["plain", "one", "other"]


# Of each filter its name, its label, what it says where nothing is chosen, and its choices.
FIELDS = {
    "themes": ("theme", "Łączy wszystkie zaznaczone tematy", "", "energy mobility spatial"),
    "theme": ("theme", "Temat", "wszystkie tematy", "energy mobility spatial"),
    "topics": ("topic", "Zagadnienie", "", "rain heat"),
    "country": ("country", "Kraj", "wszystkie kraje", "at pl"),
    "stage": ("stage", "Etap", "wszystkie etapy", "planned underway operation completed"),
    "size": (
        *("size", "Wielkość miejscowości", "dowolna wielkość"),
        "under-5k 5k-20k 20k-100k over-100k unknown",
    ),
    "tells": ("tells", "Wskaźniki", "", "cost result"),
    "payer": ("payer", "Kto zapłacił", "ktokolwiek", "own region state eu eea company residents"),
    "measure": ("measure", "Podaje", "cokolwiek", " ".join(Measure.values)),
}
FIELDS_OF_CITIES = {
    "themes": FIELDS["themes"],
    "country": FIELDS["country"],
    "role": ("role", "Rola", "wszystkie role", "precursor committed"),
    "size": FIELDS["size"],
    "visits": ("visits", "Wizyty studyjne", "wszystkie miasta", "yes"),
}
CHOSEN = {
    "themes": "energy spatial",
    "theme": "energy spatial",
    "topics": "heat",
    "country": "pl",
    "role": "precursor",
    "stage": "planned",
    "size": "5k-20k",
    "visits": "yes",
    "tells": "result",
    "payer": "eu",
    "measure": "grant",
}
EVERYTHING = (
    "theme=energy&theme=spatial&topic=heat&topic=rain&tells=cost&tells=result&country=pl"
    "&role=precursor&stage=planned&size=5k-20k&visits=yes&payer=eu&measure=grant"
)


@pytest.fixture
def _topics(make_topic, make_country, make_city):
    make_topic(slug="heat", name_pl="Sieć", name_en="Network")
    make_topic(slug="rain", name_pl="Deszcz", name_en="Rain")
    make_topic(slug="fog", name_pl="Mgła", status="draft")
    make_country("at", name_pl="Austria", name_en="Austria")
    make_city(study_visits="yes")


@pytest.mark.usefixtures("_topics")
@pytest.mark.parametrize(
    ("facets", "fields"), [(PracticeFacets, FIELDS), (CityFacets, FIELDS_OF_CITIES)]
)
def test_each_filter_has_its_name_its_words_and_its_choices_of_which_some_are_chosen(
    facets, fields
):
    query = EVERYTHING.replace("&topic=rain&tells=cost", "")
    found = facets(ask(query), Country.objects.alphabetically())
    made = {name: getattr(found, name)() for name in fields}
    told = {
        name: (field.name, str(field.label), str(field.any_label), " ".join(values(field.choices)))
        for name, field in made.items()
    }
    assert told == fields
    ticked = {name: [c for c in field.choices if c.is_chosen] for name, field in made.items()}
    assert {name: " ".join(values(chosen)) for name, chosen in ticked.items()} == {
        name: CHOSEN[name] for name in fields
    }
    several = {name for name, field in made.items() if field.is_multiple}
    assert several == {"themes", "topics", "tells"} & set(fields)


def values(choices):
    return [choice.value for choice in choices]


def test_a_theme_alone_counts_what_it_would_leave_in_the_place_of_all(practices):
    facets = PracticeFacets(ask("theme=mobility&theme=spatial"), Country.objects.all())
    assert counts(facets.theme()) == {"energy": 3, "mobility": 2, "spatial": 1}


@pytest.mark.usefixtures("_topics")
@pytest.mark.parametrize(
    ("language", "labels"),
    [
        (
            "pl",
            "energia|planowanie przestrzenne|Deszcz|Sieć|Polska|podaje koszt|ma zmierzony wynik|"
            "miasto prekursor|planowana|od 5000 do 20\xa0000|przyjmuje wizyty studyjne|"
            "Unia Europejska|Dotacja",
        ),
        (
            "en",
            "energy|spatial planning|Network|Rain|Poland|tells its cost|has a measured result|"
            "precursor city|planned|5,000 to 20,000|receives study visits|the European Union|Grant",
        ),
    ],
)
def test_each_filter_that_is_set_can_be_taken_off_alone(language, labels):
    filters, countries = ask(EVERYTHING), Country.objects.all()
    parts = EVERYTHING.split("&")
    topics = ["topic=rain", "topic=heat"] if language == "pl" else ["topic=heat", "topic=rain"]
    lifted = [*parts[:2], *topics, "country=pl", *parts[4:6], *parts[7:]]
    with translation.override(language):
        chips = PracticeFacets(filters, countries).chips()
        assert [str(chip.label) for chip in chips] == labels.split("|")
        assert filters.in_words(countries) == labels.split("|")
    assert [sorted(chip.query.split("&")) for chip in chips] == [
        sorted(part for part in parts if part != one) for one in lifted
    ]
    assert [chip.theme for chip in chips] == ["energy", "spatial", *[""] * 11]
    for chip in chips:
        assert replace(filters, **chip.changes).query_string() == chip.query


def test_what_lifting_a_filter_would_leave_is_told_in_words(practices):
    facets = PracticeFacets(ask("country=at&stage=planned"), Country.objects.all())
    told = [(str(label), query, count) for label, query, count in facets.relaxations()]
    assert told == [("Polska", "stage=planned", 1), ("planowana", "country=at", 1)]


@pytest.fixture
def trams(make_city, make_practice, make_indicator):
    """Make practices that stand otherwise in each order."""
    rows = [
        ("a", "", "energy", 90_000, "2026-01-03", 1),
        ("b", "Na tramwaj.", "energy spatial", 9_000, "2026-01-01", 3),
        ("c", "", "energy", None, "2026-01-04", None),
        ("d tramwaj", "", "energy mobility spatial", 800, "2026-01-02", 2),
    ]
    for title, summary, themes, people, day, cost in rows:
        city = make_city(name_pl=f"W{title[0]}", population=people)
        fields = {"title_pl": title, "title_en": title[0], "summary_pl": summary}
        practice = make_practice(themes, city=city, slug=title[0], **fields)
        for measure, value in (("whole-cost", cost), ("grant", cost and 10 - cost)):
            if cost:
                make_indicator(practice=practice, unit="MEUR", measure=measure, value=value)
        Practice.objects.filter(pk=practice.pk).update(changed_on=day)


ORDERS = {
    "": "abcd",
    "sort=name": "abcd",
    "sort=new": "cadb",
    "sort=people": "dbac",
    "sort=themes": "dbac",
    "sort=figure": "abcd",
    "sort=figure&measure=whole-cost": "bda",
    "sort=figure&measure=grant": "adb",
    "measure=whole-cost": "abd",
    "sort=new&measure=whole-cost": "adb",
    "like=10000": "bacd",
    "like=10000&sort=new": "cadb",
    "like=Wb": "acd",
    "like=Nigdzie": "abcd",
    "q=tramwaj&sort=name": "bd",
    "q=tramwaj&sort=people": "db",
    "q=tramwaj&like=900": "db",
    "q=nic": "",
}
BEST_FIRST = {"q=tramwaj": "db", "q=tramwaj&sort=figure": "db"}


def in_order(facets):
    best = facets.best_first(Practice.objects.all())
    slugs = "".join(practice.slug for practice in best[:9])
    assert len(best) == len(slugs)
    return slugs


def test_what_answers_best_comes_first_unless_a_visitor_sorts_it(trams):
    countries, expected = Country.objects.all(), ORDERS | BEST_FIRST
    filters = {query: ask(query) for query in expected}
    told = {query: in_order(PracticeFacets(asked, countries)) for query, asked in filters.items()}
    assert told == expected
    found = {
        query: "".join(practice.slug for practice in asked.practices())
        for query, asked in filters.items()
    }
    assert found == ORDERS | dict.fromkeys(BEST_FIRST, "bd")


def test_orders_that_were_asked_for_before_are_not_mixed_up(trams):
    countries, sets = Country.objects.all(), ask().every_practice
    for query, order in [*ORDERS.items(), *reversed(ORDERS.items())]:
        facets = PracticeFacets(ask(query), countries)
        facets.sets = sets
        assert in_order(facets) == order, query
