"""One search of the whole site, and the names that its box suggests."""

from datetime import date

import pytest
from django.urls import reverse

from cities.models import Country, Practice
from cities.views import site_search

pytestmark = pytest.mark.database
both_languages = pytest.mark.parametrize("language", ["pl", "en"])


@pytest.fixture
def asked(visit, reverse_in):
    """Return what the page answers to a question: {kind: [names]}."""

    def asked(question, language="pl"):
        page = visit(reverse_in(language, "search") + f"?q={question}")
        kinds = page.texts("h2", id=True)
        names = iter(page.texts("h3"))
        counts = {kind.rsplit(" ", 1)[0]: int(kind.rsplit(" ", 1)[1]) for kind in kinds}
        return {kind: [next(names) for _ in range(min(n, 4))] for kind, n in counts.items()}

    return asked


def test_what_is_found_stands_in_groups_and_topics_come_first(
    make_city, make_practice, make_topic, asked
):
    city = make_city(name_pl="Sztum", summary_pl="Miasto z tramwajem.")
    tram = make_practice(title_pl="Nowy tramwaj", city=city)
    make_practice(title_pl="Kotły", city=city)
    make_topic(tram, name_pl="Transport publiczny", synonyms_pl="autobus, tramwaj")
    Country.objects.update(text_pl="<p>Pojechali tramwajem.</p>")
    assert asked("tramwaje") == {
        "Zagadnienia": ["Transport publiczny"],
        "Dobre praktyki": ["Nowy tramwaj"],
        "Miasta": ["Sztum"],
        "Strony": ["Polska"],
    }


def test_journeys_are_found_by_their_words_and_those_of_their_stops(make_city, make_journey, asked):
    sztum, other = make_city(name_pl="Sztum"), make_city(name_pl="Weiz")
    make_journey(sztum, title_pl="Po szynach", intro_pl="Koleją przez Europę.")
    make_journey(other, title_pl="Szkic o kolei", status="draft")
    for question in ("szyny", "kolej", "powód"):
        assert asked(question) == {"Podróże": ["Po szynach"]}
    assert asked("sztum") == {"Miasta": ["Sztum"], "Podróże": ["Po szynach"]}


@both_languages
def test_more_than_four_lead_on_to_the_list_with_the_same_question(
    make_practice, visit, reverse_in, language
):
    for n in range(6):
        make_practice(title_pl=f"Tramwaj {n}", title_en=f"Tram {n}")
    word = {"pl": "tramwaj", "en": "tram"}[language]
    page = visit(reverse_in(language, "search") + f"?q={word}")
    assert len(page.texts("h3")) == 4
    more = reverse_in(language, "practices") + f"?q={word}"
    words = {"pl": "jeszcze 2 wyniki", "en": "2 more results"}
    assert page.texts("a", href=more) == [words[language]]


def test_more_topics_than_four_unfold(make_practice, make_topic, visit):
    practice = make_practice(title_pl="Most")
    for n in range(5):
        make_topic(practice, name_pl=f"Rower {n}", slug=f"rower-{n}")
    page = visit("/pl/szukaj/?q=rowery")
    assert page.texts("summary") == ["jeszcze 1 wynik"]
    assert len([name for name in page.texts("h3") if name.startswith("Rower")]) == 5


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("pl", "Nie pokazano 2 wyników: dodaj słowo do pytania, a będzie ich mniej."),
        ("en", "2 more are not shown: another word in the question finds fewer."),
    ],
)
def test_no_more_unfold_than_anybody_reads(
    make_event, visit, reverse_in, monkeypatch, language, told
):
    monkeypatch.setattr(site_search, "MOST_SHOWN", 6)
    days = [date(2020, 9, day) for day in range(1, 9)]
    for day in days:
        make_event(day=day, title_pl=f"Ksylofon {day.day}", title_en=f"Ksylofon {day.day}")
    page = visit(reverse_in(language, "search") + "?q=ksylofon")
    assert page.texts("h3") == [f"Ksylofon {day.day}" for day in days[:1:-1]]
    assert page.texts("p", of="note") == [told]


def test_a_mistyped_word_is_told_and_answered_at_once(make_practice, visit):
    make_practice(title_pl="Fotowoltaika na szkole")
    page = visit("/pl/szukaj/?q=fotowoltajka")
    (note,) = page.texts("p", of="note")
    assert note == "Nie znaleźliśmy „fotowoltajka”. Oto wyniki dla: fotowoltaika"
    assert page.texts("h3")[0] == "Fotowoltaika na szkole"
    assert page.texts("mark")[0] == "Fotowoltaika"


@pytest.mark.parametrize(
    ("language", "question", "name"),
    [("pl", "pliki cookie", "Prywatność"), ("en", "Horizon 2020", "About the programme")],
)
def test_pages_are_found_by_what_stands_on_them(db, visit, reverse_in, language, question, name):
    page = visit(reverse_in(language, "search") + f"?q={question}")
    assert name in page.texts("h3")


def test_where_all_words_are_nowhere_some_will_do(make_practice, make_topic, asked):
    make_topic(make_practice(title_pl="Tramwaj"), name_pl="Transport publiczny")
    found = asked("tramwaj xyzzy")
    assert found == {"Dobre praktyki": ["Tramwaj"]}


@both_languages
def test_who_asks_nothing_or_in_vain_may_choose_a_topic(
    make_practice, make_topic, visit, reverse_in, language
):
    make_topic(make_practice(), name_pl="Ruch rowerowy", name_en="Cycling")
    topic = {"pl": "Ruch rowerowy", "en": "Cycling"}[language]
    for question in ("", "?q=xyzzy"):
        page = visit(reverse_in(language, "search") + question)
        assert topic in page.texts("a", inside="topics")
        assert page.texts("h3") == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_version")
@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_thirteen_queries_however_much_is_found(
    make_practice,
    make_city,
    make_topic,
    make_journey,
    make_event,
    make_material,
    client,
    django_assert_num_queries,
    count,
):
    for n in range(count):
        practice = make_practice(title_pl=f"Tramwaj {n}", city=make_city(name_pl=f"Tramwaj {n}"))
        make_topic(practice, name_pl="Tramwaj", slug=f"tramwaj-{n}")
        make_journey(practice, practice.city, title_pl=f"Tramwajem {n}")
        make_event(practice.city, title_pl=f"Tramwajem {n}")
        make_material(title_pl=f"Tramwajem {n}")
    client.get("/pl/szukaj/?q=rower")  # reads what is kept until the next change
    with django_assert_num_queries(13):
        client.get("/pl/szukaj/?q=tramwaj")


def suggested(client, query=""):
    told = client.get(f"/pl/suggestions.json{query}").json()
    return told["areMany"], {
        kind: [name[2] for name in told["names"] if name[0] == kind] for kind in told["kinds"]
    }


def test_suggestions_name_topics_practices_cities_and_pages(
    make_city, make_practice, make_topic, make_material, client
):
    city = make_city(name_pl="Wiedeń", name_en="Vienna", slug="wieden")
    make_material(title_pl="Plan ciepła", country=city.country)
    make_topic(make_practice(title_pl="Tramwaj", city=city), name_pl="Transport")
    are_many, names = suggested(client)
    assert not are_many
    assert names["topic"] == ["Transport"]
    assert names["practice"] == ["Tramwaj"]
    assert names["city"] == ["Wiedeń"]
    assert {"O programie", "Prywatność", "Polska"} <= set(names["page"])
    told = client.get("/pl/suggestions.json").json()
    assert told["kinds"]["city"] == ["Miasta", "miasta/"]
    assert ["city", "miasta/wieden/", "Wiedeń"] in [name[:3] for name in told["names"]]
    assert "poradnik, Polska" in next(name for name in told["names"] if "Plan ciepła" in name)


def test_too_many_names_come_when_they_are_asked_for(make_city, make_practice, client, monkeypatch):
    monkeypatch.setattr(site_search, "MOST_NAMES", 1)
    city = make_city(name_pl="Sztum")
    make_practice(title_pl="Tramwaj", city=city)
    make_practice(title_pl="Kotły", city=make_city(name_pl="Piastów"))
    are_many, names = suggested(client)
    assert are_many
    assert names["practice"] == names["city"] == []
    _are_many, names = suggested(client, "?q=szt")
    assert (names["practice"], names["city"]) == (["Tramwaj"], ["Sztum"])


def test_of_events_the_latest_are_suggested_and_all_are_found_latest_first(
    make_city, make_event, client, asked, monkeypatch
):
    monkeypatch.setattr(site_search, "LATEST", 1)
    city = make_city(name_pl="Sztum")
    for year in (2017, 2019, 2018):
        make_event(city, title_pl=f"Narada {year}", day=date(year, 5, 6))
    assert suggested(client)[1]["event"] == ["Narada 2019"]
    assert asked("narada") == {"Wydarzenia": ["Narada 2019", "Narada 2018", "Narada 2017"]}


def test_no_page_suggests_what_is_not_published(make_practice, client):
    make_practice(title_pl="Tramwaj")
    Practice.objects.update(status="draft")
    assert suggested(client)[1]["practice"] == []


@both_languages
@pytest.mark.parametrize(
    ("name", "here"),
    [
        ("cities", "cities"),
        ("practices", "practices"),
        ("compare", "practices"),
        ("topics", "topics"),
        ("about", "about"),
        ("privacy", None),
    ],
)
def test_the_menu_marks_where_somebody_is(db, visit, reverse_in, language, name, here):
    page = visit(reverse_in(language, name))
    marked = page.links(inside="site-nav", **{"aria-current": "true"})
    assert marked == ([reverse_in(language, here)] if here else [])


@both_languages
def test_every_page_has_the_search_box(db, visit, reverse_in, language):
    (form,) = visit(reverse_in(language, "privacy")).find("form", of="site-search")
    assert form.attributes["action"] == reverse_in(language, "search")
    assert form.attributes["data-suggestions"] == reverse("suggestions").replace(
        "/pl/", f"/{language}/"
    )
