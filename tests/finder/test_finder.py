import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.http import QueryDict

from cities.finder.filters import LONGEST_SEARCH, Filters
from cities.models import Country, Practice
from cities.views import pages as views_pages

pytestmark = pytest.mark.database


@pytest.fixture
def ask(db):
    return lambda query: Filters.read(QueryDict(query), Country.objects.all())


@pytest.fixture
def sztum(make_city, make_practice):
    """Make a city with an energy practice of 2020 and one that joins all; a draft joins too."""
    city = make_city("pl", slug="sztum", name_pl="Sztum")
    make_practice("energy", city=city, slug="boilers", title_pl="Kotły", stage="completed")
    make_practice("energy mobility spatial", city=city, slug="quarter", title_pl="Dzielnica")
    make_practice("mobility spatial", city=city, slug="draft", status="draft")
    return city


@pytest.fixture
def graz(make_city, make_country, make_practice):
    """Make a foreign city with a mobility practice and an energy practice, apart."""
    make_country("at", name_pl="Austria", name_en="Austria")
    city = make_city("at", slug="graz", name_pl="Graz")
    make_practice("mobility", city=city, slug="tram", title_pl="Tramwaj", stage="planned")
    make_practice("energy", city=city, slug="solar", title_pl="Słońce")
    return city


@pytest.fixture
def piastow(make_city):
    return make_city("pl", slug="piastow", name_pl="Piastów", role="committed")


ALL = ["quarter", "boilers", "solar", "tram"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("theme=energy", ["quarter", "boilers", "solar"]),
        ("theme=mobility", ["quarter", "tram"]),
        ("theme=energy&theme=mobility", ["quarter"]),
        ("theme=energy&theme=mobility&theme=spatial", ["quarter"]),
        ("country=at", ["solar", "tram"]),
        ("stage=completed", ["boilers"]),
        ("theme=energy&country=at&stage=operation", ["solar"]),
        ("theme=spatial&country=at", []),
        ("q=tramwaj", ["tram"]),
        ("q=graz&theme=energy", ["solar"]),
        ("role=committed", ALL),
        ("THEME=energy", ALL),
        ("theme=ENERGY&country=AT&stage=Operation", ["solar"]),
        ("theme=energy&theme=energy", ["quarter", "boilers", "solar"]),
        ("theme=wind&country=xx&stage=9&role=king&page=7", ALL),
        ("theme=wind&theme=mobility", ["quarter", "tram"]),
        ("country=&stage=&q=", ALL),
    ],
)
def test_practices_answer_every_filter_at_once(sztum, graz, piastow, ask, query, expected):
    assert [practice.slug for practice in ask(query).practices()] == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["graz", "piastow", "sztum"]),
        ("theme=energy", ["graz", "sztum"]),
        ("theme=energy&theme=mobility", ["sztum"]),  # Graz does both, but not together
        ("theme=mobility&theme=spatial", ["sztum"]),
        ("country=pl", ["piastow", "sztum"]),
        ("role=committed", ["piastow"]),
        ("Role=committed&role=COMMITTED", ["piastow"]),
        ("role=committed&theme=energy", []),
        ("role=precursor&country=at", ["graz"]),
        ("stage=planned", ["graz", "piastow", "sztum"]),
        ("q=piastow", ["piastow"]),
        ("role=king&country=atlantis", ["graz", "piastow", "sztum"]),
    ],
)
def test_cities_answer_every_filter_at_once(sztum, graz, piastow, ask, query, expected):
    assert [city.slug for city in ask(query).cities()] == expected


def test_a_city_matches_through_published_practices_only(make_practice, sztum, ask):
    sztum.practices.filter(slug="quarter").update(status="review")
    assert list(ask("theme=mobility").cities()) == list(ask("theme=spatial").cities()) == []
    assert list(ask("theme=energy").cities()) == [sztum]


def test_drafts_answer_nothing(sztum, graz, ask):
    type(sztum).objects.filter(pk=sztum.pk).update(status="draft")
    assert list(ask("").cities()) == [graz]
    assert {practice.city for practice in ask("").practices()} == {graz}


def test_a_question_reads_itself_the_same_way_whatever_the_order(graz, ask):
    first = ask("theme=spatial&theme=energy&country=AT&q=+a++b+")
    assert first == ask("q=a%00b&country=at&theme=ENERGY&theme=spatial")
    assert (first.themes, first.country, first.search) == (("energy", "spatial"), "at", "a b")


def test_a_long_search_is_cut(ask):
    assert ask("q=" + "a" * 8000).search == "a" * LONGEST_SEARCH


@pytest.mark.parametrize(
    ("query", "cities", "practices"),
    [
        ("", False, False),
        ("theme=wind", False, False),
        ("theme=energy", True, True),
        ("topic=rain", False, True),
        ("tells=cost", False, True),
        ("country=pl", True, True),
        ("role=precursor", True, False),
        ("stage=planned", False, True),
        ("size=unknown", True, True),
        ("visits=yes", True, False),
        ("payer=eu", False, True),
        ("measure=grant", False, True),
        ("q=a", True, True),
        ("like=a", False, True),
        ("sort=new", False, False),
        ("p=a", False, False),
    ],
)
def test_a_question_knows_whether_it_narrows(
    ask, make_country, make_topic, query, cities, practices
):
    make_country()
    make_topic(slug="rain")
    filters = ask(query)
    assert (filters.asks_for_cities, filters.asks_for_practices) == (cities, practices)


@pytest.mark.parametrize(
    ("query", "misses"),
    [
        ("", False),
        ("theme=ENERGY&topic=rain&tells=cost&country=PL&role=precursor&stage=planned", False),
        ("size=unknown&visits=yes&payer=eu&measure=grant", False),
        ("theme=&country=+&q=nic&like=nic&sort=best&p=A", False),
        ("theme=energy&theme=wind", True),
        *((f"{name}=9", True) for name in ("topic", "tells", "country", "role", "stage", "size")),
        *((f"{name}=9", True) for name in ("visits", "payer", "measure")),
        ("visits=no", True),
    ],
)
def test_a_question_knows_what_it_asks_for_that_no_record_has(
    ask, make_country, make_topic, query, misses
):
    make_country()
    make_topic(slug="rain")
    assert ask(query).misses(QueryDict(query)) is misses


def test_what_is_too_long_or_too_much_is_not_read(ask, make_topic):
    for n in range(7):
        make_topic(slug=f"t{n}")
    topics = "&".join(f"topic=t{n}" for n in range(7))
    filters = ask(f"{topics}&q={'a' * 199}+bc&like={'a' * 79}+bc&p={'a' * 80}&p={'a' * 81}&p=ą")
    assert len(filters.topics) == 5
    assert filters.search == "a" * 199 + " "
    assert filters.like == "a" * 79 + " "
    assert filters.chosen == ("a" * 80,)


def test_what_no_reader_sees_is_left_out_of_words(ask):
    assert ask("q=tram\u00adwaj%00nocny&like=%00Sz\u200btum").search == "tramwaj nocny"
    assert ask("like=%00Sz\u200btum").like == "Sztum"


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_form_shows_what_was_asked(sztum, graz, visit, reverse_in, language):
    query = "?theme=spatial&theme=energy&country=at&role=committed&stage=planned&q=a+%22b%22"
    for name, choice in [("cities", ("role", "committed")), ("practices", ("stage", "planned"))]:
        page = visit(reverse_in(language, name) + query)
        checked = [box.attributes["value"] for box in page.find("input", checked=True)]
        chosen = [option.attributes["value"] for option in page.find("option", selected=True)]
        assert (checked, chosen) == (["energy", "spatial"], ["at", choice[1]])
        assert page.find("select", name=choice[0])
        assert page.find("input", name="q", type="search")[0].attributes["value"] == 'a "b"'


# The cases that static/js/filters.js must decide alike: tests/js/rules.test.js.
CASES = json.loads((Path(__file__).parent / "finder_cases.json").read_text())


def read(query):
    return Filters.read(QueryDict(query), [SimpleNamespace(code=code) for code in ("at", "pl")])


@pytest.fixture
def _topics(make_topic):
    for slug in ("cycling", "rain"):
        make_topic(slug=slug, name_pl=slug)
    make_topic(slug="fog", status="draft")


@pytest.mark.usefixtures("_topics")
@pytest.mark.parametrize("case", CASES["questions"], ids=lambda case: case["query"])
def test_a_query_string_is_read_and_written(case):
    filters = read(case["query"])
    nothing = {
        "themes": [],
        "topics": [],
        "tells": [],
        "country": "",
        "role": "",
        "stage": "",
        "size": "",
        "visits": "",
        "payer": "",
        "measure": "",
        "search": "",
        "like": "",
        "sort": "",
        "chosen": [],
    }
    asked = {name: list(v) if isinstance(v, tuple) else v for name, v in vars(filters).items()}
    assert asked == nothing | case["asks"]
    assert filters.query_string() == case["writes"]


@pytest.mark.usefixtures("_topics")
@pytest.mark.parametrize("case", CASES["answers"], ids=lambda case: case["query"])
def test_traits_answer_a_question(case):
    assert read(case["query"]).matches(case["filter_values"]) is case["matches"]


@pytest.mark.parametrize("query", ["", "&like=5000", "&q=nr"])
@pytest.mark.parametrize("count", [1, 2, 5, 6, 7])
def test_the_pages_of_a_list_hold_it_whole_and_in_order(
    visit, ask, make_city, make_practice, monkeypatch, query, count
):
    monkeypatch.setattr(views_pages, "CARDS_ON_A_PAGE", 2)
    for n in range(count):
        city = make_city(population=1000 * (n + 1))
        make_practice(title_pl=f"nr {n // 2}", slug=f"nr-{n}", city=city)
    whole = ask(query).practices()
    pages = [visit(f"/pl/dobre-praktyki/?page={n}{query}") for n in range(1, (count + 3) // 2)]
    assert [link for page in pages for link in page.links(inside="practice-card")] == [
        practice.get_absolute_url() for practice in whole
    ]


def test_the_pages_of_the_cities_hold_them_whole_and_in_order(visit, ask, make_city, monkeypatch):
    monkeypatch.setattr(views_pages, "PER_PAGE", 2)
    for country in ("pl", "at", "pl", "de", "at"):
        make_city(country)
    pages = [visit(f"/pl/miasta/?page={n}") for n in (1, 2, 3)]
    assert [link for page in pages for link in page.links(inside="city-card")] == [
        city.get_absolute_url() for city in ask("").cities().by_country()
    ]


def test_practices_and_counts_answer_every_topic_at_once(visit, ask, make_topic, sztum, graz):
    boilers, quarter, solar = (
        Practice.objects.get(slug=slug) for slug in ("boilers", "quarter", "solar")
    )
    heat = make_topic(boilers, quarter, solar, slug="heat", name_pl="Ciepło", name_en="Heat")
    make_topic(quarter, slug="rain", name_pl="Deszcz", name_en="Rain")
    make_topic(boilers, slug="fog", status="draft")
    found = {
        query: [practice.slug for practice in ask(query).practices()]
        for query in ("topic=heat", "topic=heat&topic=rain", "topic=heat&country=at", "topic=fog")
    }
    assert found == {
        "topic=heat": ["quarter", "boilers", "solar"],
        "topic=heat&topic=rain": ["quarter"],
        "topic=heat&country=at": ["solar"],
        "topic=fog": ALL,
    }
    for language, labels in (("pl", ["Ciepło 3", "Deszcz 1"]), ("en", ["Heat 3", "Rain 1"])):
        path = {"pl": "/pl/dobre-praktyki/", "en": "/en/good-practices/"}[language]
        page = visit(f"{path}?topic=heat")
        assert page.texts("label", inside="topics-of-practices") == labels
        ticked = page.find("input", name="topic", checked=True)
        assert [box.attributes["value"] for box in ticked] == ["heat"]
    nothing = visit("/pl/dobre-praktyki/?topic=heat&topic=rain&country=at")
    assert nothing.links(inside="no-answer") == ["?topic=heat&country=at", "?topic=heat&topic=rain"]
    heat.delete()
    assert [practice.slug for practice in ask("topic=heat").practices()] == ALL
