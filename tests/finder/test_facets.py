import pytest
from django.http import QueryDict

from cities.finder.facets import PracticeFacets, city_facets
from cities.finder.filters import Filters
from cities.models import City, Country, Size
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
    facets = city_facets(ask("theme=energy"), Country.objects.all())
    assert counts(facets.themes()) == {"energy": 2, "mobility": 1, "spatial": 0}
    assert counts(facets.role()) == {"precursor": 2, "committed": 0}


@pytest.mark.parametrize(
    "query", ["", "theme=energy", "size=under-5k", "country=at", "stage=planned"]
)
def test_the_count_is_the_number_of_answers(practices, query):
    filters = ask(query)
    countries = Country.objects.all()
    assert PracticeFacets(filters, countries).count() == filters.practices().count()
    assert city_facets(filters, countries).count() == filters.cities().count()


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


@pytest.mark.parametrize("facets", [city_facets, PracticeFacets])
def test_a_country_that_got_its_first_city_meanwhile_is_counted_the_next_time(
    make_practice, facets
):
    countries = list(Country.objects.with_cities())
    make_practice()
    assert facets(Filters(), countries).count() == 0
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
