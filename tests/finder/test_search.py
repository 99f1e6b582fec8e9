"""Search: which records a question finds, and in which order, on either database."""

import json
from pathlib import Path

import pytest
from django.utils import translation

from cities.finder import similarity
from cities.finder.filters import LONGEST_SEARCH
from cities.finder.indexing import refresh_index
from cities.finder.search import UNASKED, How, Query, called, find, search
from cities.finder.sets import Sets, any_of
from cities.models import City, Country, Practice, Source, Synonym, Topic

pytestmark = pytest.mark.database
CASES = json.loads((Path(__file__).parent / "search_cases.json").read_text())


@pytest.fixture
def found():
    def found(query, language="pl", model=Practice):
        with translation.override(language):
            records = model.objects.alphabetically()
            return [str(record) for record in find(query, records).best(records)[:100]]

    return found


@pytest.fixture
def how(db):
    def how(query, model=Practice):
        answer = find(query, model.objects.published())
        return answer.how, answer.text

    return how


@pytest.mark.parametrize("query", ["lodz", "Łódź", "łódź", "LODZ", "  łodź  "])
def test_accents_and_case_do_not_matter(make_city, found, query):
    make_city(name_pl="Łódź", name_en="Łódź")
    make_city(name_pl="Lódka", name_en="Boat")
    assert found(query, "pl", City) == found(query, "en", City) == ["Łódź"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("tramwaje", "Nowy tramwaj"),
        ("rowerowe", "Droga rowerowa"),
        ("oświetlenia", "Oświetlenie LED"),
        ("szkoły", "Szkoła bez kotła"),
        ("kocioł", "Kotły na biomasę"),
        ("dworzec", "Węzeł przy dworcu"),
        ("ścieżek", "Ścieżka nad rzeką"),
        ("energia", "Zarządzanie energią"),
        ("parki", "Drzewa w parku"),
        ("car-sharing", "Carsharing w gminie"),
        ("car sharing", "Carsharing w gminie"),
        ("carsharing", "Auta, czyli car-sharing"),
    ],
)
def test_polish_endings_do_not_matter(make_practice, found, query, title):
    make_practice(title_pl=title)
    make_practice(title_pl="Most")
    assert found(query) == [title]


@pytest.mark.parametrize(
    ("query", "title"), [("Łódź", "Młodzi planują"), ("gaz", "Bagażnik"), ("las", "Klasa")]
)
def test_a_word_is_not_found_inside_another(make_practice, found, query, title):
    make_practice(title_pl=title)
    assert found(query) == []


def test_all_words_must_be_found(make_practice, make_city, found, how):
    city = make_city(name_pl="Sztum")
    make_practice(title_pl="Tramwaj", summary_pl="Tory przez park.", city=city)
    make_practice(title_pl="Trolejbus", summary_pl="Bez torów.", city=city)
    assert found("tramwaj park sztum") == ["Tramwaj"]
    assert how("tramwaj park sztum") == (How.ALL, "tramwaj park sztum")
    assert found("") == found(" „” ") == ["Tramwaj", "Trolejbus"]


def test_where_no_practice_has_all_words_any_will_do_the_rare_before_the_common(
    make_practice, found, how
):
    for number in range(4):
        make_practice(title_pl=f"Autobus {number}")
    make_practice(title_pl="Trolejbus")
    assert found("autobus trolejbus") == ["Trolejbus", *(f"Autobus {n}" for n in range(4))][:1]
    assert how("autobus trolejbus")[0] == How.ANY
    assert how("statek") == (How.NOTHING, "statek")


def test_words_said_in_passing_need_not_be_found(make_practice, found):
    make_practice(title_pl="Tramwaj")
    assert found("co to jest tramwaj") == ["Tramwaj"]


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("query", ["Göteborg", "gothenburg", "Wiedeń", "vienna", "wien"])
def test_places_are_found_by_their_name_in_every_language(
    make_city, make_practice, found, language, query
):
    vienna = make_city(name_pl="Wiedeń", name_en="Vienna", local_name="Wien")
    gothenburg = make_city(name_pl="Göteborg", name_en="Gothenburg")
    for city in (vienna, gothenburg):
        make_practice(title_pl=f"Praktyka {city.pk}", title_en=f"Practice {city.pk}", city=city)
    city = gothenburg if query in ("Göteborg", "gothenburg") else vienna
    with translation.override(language):
        expected = [[city.name], [city.practices.get().title]]
    assert [found(query, language, City), found(query, language, Practice)] == expected


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Böblingen", ["boblingen", "Boeblingen", "BÖBLINGEN"]),
        ("Boeblingen", ["Böblingen", "boblingen", "boeblingen"]),
        ("Umeå", ["umea", "Umeaa", "Umeå"]),
        ("Ærø", ["aero", "Ærø", "aeroe"]),
        ("Diyarbakır", ["diyarbakir"]),
        ("Għarb", ["gharb"]),
    ],
)
def test_a_name_is_found_however_a_keyboard_writes_it(make_city, found, written, asked):
    make_city(name_pl=written, name_en=written)
    make_city(name_pl="Poznań", name_en="Poznań")
    for query in asked:
        assert found(query, "pl", City) == found(query, "en", City) == [written]
        with translation.override("pl"):
            assert similarity.town(query).name == written


def test_other_texts_are_found_in_their_own_language(make_practice, found):
    make_practice(title_pl="Kocioł", title_en="Boiler", summary_pl="Węgiel", summary_en="Coal")
    assert found("kocioł") == found("węgiel") == ["Kocioł"]
    assert found("boiler", "en") == found("coal", "en") == ["Boiler"]
    assert found("boiler", "pl") == found("kocioł", "en") == []


@pytest.mark.parametrize(("language", "query"), [("pl", "niemcy"), ("en", "germany")])
def test_a_countrys_name_finds_its_cities_and_practices(
    make_country, make_city, make_practice, found, language, query
):
    make_country("de", name_pl="Niemcy", name_en="Germany")
    make_practice(title_pl="A", title_en="A", city=make_city("de", name_pl="B", name_en="B"))
    make_practice()
    assert [found(query, language, City), found(query, language)] == [["B"], ["A"]]


def test_all_that_a_practice_tells_is_found(make_practice, make_indicator, found):
    practice = make_practice(
        title_pl="Osiedle", description_pl="<p>Ocieplono ściany.</p>", lessons_pl="<p>Pytaj.</p>"
    )
    make_indicator(practice=practice, label_pl="Zużycie gazu", counted_pl="piece", unit="count")
    Source.objects.create(practice=practice, title="Raport miasta")
    make_practice(title_pl="Park")
    for query in ("ocieplenie ściany", "pytaj", "gaz", "piece", "raporty", "ścian gazu"):
        assert found(query) == ["Osiedle"], query


def test_the_best_place_comes_first(make_practice, found):
    make_practice(title_pl="Autobus", description_pl="<p>Zamiast tramwaju.</p>")
    make_practice(title_pl="Bilet", summary_pl="Na tramwaj.")
    make_practice(title_pl="Zajezdnia tramwajów")
    make_practice(title_pl="Łączony bilet na tramwaj")
    assert found("tramwaj") == [
        "Łączony bilet na tramwaj",
        "Zajezdnia tramwajów",
        "Bilet",
        "Autobus",
    ]


def test_of_many_answers_any_slice_stands_in_their_order(make_practice):
    for n in reversed(range(4)):  # so that no other order is theirs by chance
        make_practice(title_pl=f"Tramwaj {n}")
        make_practice(title_pl=f"Bilet {n}", summary_pl="Na tramwaj.")
        make_practice(title_pl=f"Most {n}")
    make_practice(title_pl="Tramwaj bez torów", status="draft")
    practices = Practice.objects.published().alphabetically()
    best = find("tramwaj", practices).best(practices)
    every = [f"{title} {n}" for title in ("Tramwaj", "Bilet") for n in range(4)]
    assert [str(practice) for practice in best[:20]] == every
    assert [str(practice) for practice in best[3:6]] == every[3:6]


def test_words_that_stand_together_come_first(make_practice, found):
    make_practice(title_pl="A", summary_pl="Plan miasta, dalej osobno ciepło.")
    make_practice(title_pl="B", summary_pl="Powstał ciepła plan.")
    assert found("plan ciepła") == ["B", "A"]


def test_synonyms_are_found_after_the_words_themselves(make_practice, found):
    Synonym.objects.create(
        language="pl", said="transport publiczny, komunikacja miejska", also="tramwaj"
    )
    make_practice(title_pl="A tramwaj")
    make_practice(title_pl="B transport publiczny")
    make_practice(title_pl="C komunikacja w gminie miejskiej")
    make_practice(title_pl="D publiczny park")
    typed = "B transport publiczny"
    assert found("transport publiczny") == [typed, "A tramwaj", "C komunikacja w gminie miejskiej"]
    assert found("komunikacją miejską")[0] == "C komunikacja w gminie miejskiej"
    assert found("tramwaj") == ["A tramwaj"]


def test_a_mistyped_word_is_read_as_the_nearest_known_one(make_practice, found, how):
    make_practice(title_pl="Fotowoltaika na dachu")
    make_practice(title_pl="Fontanna", status="draft")
    assert how("fotowoltajka dach") == (How.CORRECTED, "fotowoltaika dach")
    assert how("fontana") == (How.NOTHING, "fontana")  # only a draft has the word
    assert found("fotowoltajka") == ["Fotowoltaika na dachu"]


def test_a_mistyped_word_may_be_one_that_is_only_said(make_practice, how):
    Synonym.objects.create(language="pl", said="kopciuch", also="stary piec")
    make_practice(title_pl="Stary piec")
    assert how("kopcuch") == (How.CORRECTED, "kopciuch")


def test_while_somebody_types_the_last_word_may_be_a_beginning(make_practice):
    make_practice(title_pl="Fotowoltaika na dachu")
    practices = Practice.objects.published()
    assert find("dach foto", practices, typing=True).how == How.ALL
    assert find("dach foto", practices).how == How.ANY


def test_wildcards_and_operators_of_the_databases_are_only_characters(make_practice, found):
    make_practice(title_pl="Sto procent")
    assert found("%") == found("_") == found("\"'") == ["Sto procent"]  # no word, no question
    assert found("s%c x") == found("st* & pro:*") == found("AND OR NOT") == []
    assert found("sto AND procent") == ["Sto procent"]
    assert found("½ ² ﷺ Ⅷ") == []


def test_what_was_saved_last_is_found(make_city, make_practice, found):
    city = make_city(name_pl="Stare")
    practice = make_practice(title_pl="Dawny", city=city)
    city.name_pl, practice.title_pl = "Nowe", "Świeży"
    city.save(), practice.save()
    Country.objects.get().save()
    assert found("nowe swiezy") == ["Świeży"]
    assert found("stare") == found("dawny") == []
    assert found("nowe", "pl", City) == ["Nowe"]
    with translation.override("en"):
        practice.city.country.name_en = "Sarmatia"
        practice.city.country.save()
    assert found("sarmatia", "en") == [practice.title_en]
    practice.delete()
    assert found("swiezy") == []


def test_the_index_is_made_in_few_queries(make_practice, django_assert_max_num_queries):
    for _number in range(5):
        make_practice()
    with django_assert_max_num_queries(16):
        refresh_index(City.objects.all(), Practice.objects.all())


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    "query",
    ["tramwaj%00", "%00tramwaj", "tramwaj%00" + "%00" * 200, "tramwaj" + "+" * LONGEST_SEARCH],
)
def test_null_bytes_and_excess_are_left_out_of_a_search(
    make_practice, visit, reverse_in, language, query
):
    make_practice(title_pl="Tramwaj", title_en="Tramwaj")
    make_practice()
    page = visit(reverse_in(language, "practices") + "?q=" + query)
    assert page.texts("h3") == ["Tramwaj"]
    assert page.find("input", name="q", type="search")[0].attributes["value"] == "tramwaj"


@pytest.mark.parametrize("case", CASES["answers"], ids=lambda case: case["claim"])
def test_server_and_archive_find_the_same_in_the_same_order(make_practice, case):
    """static/js/search.js is held to the same cases: tests/js/search.test.js."""
    for said, also in case.get("synonyms", []):
        Synonym.objects.create(language="pl", said=said, also=also)
    for slug, texts in case["records"].items():
        text = {"description_pl": f"<p>{texts['text']}</p>"} if "text" in texts else {}
        title, summary = texts.get("title", slug), texts.get("summary", "")
        make_practice(slug=slug, title_pl=title, summary_pl=summary, **text)
    practices = Practice.objects.published()
    answer = find(case["question"], practices)
    best = [practice.slug for practice in answer.best(practices)[:10]]
    assert (answer.how, best) == (case["how"], case["found"])
    assert sorted(practice.slug for practice in answer.among(practices)) == sorted(best)


@pytest.fixture
def lines(make_practice, make_topic):
    """Make a practice of which only a topic says that it is about buses, and one that says so."""
    make_practice(title_pl="Most")
    line = make_practice(title_pl="Linia")
    make_practice(title_pl="Autobus na prąd")
    make_topic(line, name_pl="Przewozy", synonyms_pl="autobus")


@pytest.mark.parametrize(
    ("query", "how", "titles"),
    [
        ("autobus", "all", ["Autobus na prąd"]),
        ("autobus linia", "topic", ["Linia"]),
        ("autobus przewozy", "topic", ["Linia"]),
        ("linia most", "any", ["Linia", "Most"]),
        ("statek", "nothing", []),
        (" „” ", "unasked", ["Autobus na prąd", "Linia", "Most"]),
    ],
)
def test_what_is_said_of_topics_counts_only_where_no_text_has_all_words(lines, query, how, titles):
    practices = Practice.objects.published().alphabetically()
    answer, sets = find(query, practices), Sets(practices)
    assert answer.how == how
    assert [str(practice) for practice in answer.best(sets)[:9]] == titles
    assert [str(practice) for practice in search(practices, query)] == titles
    found = [practice.pk for practice in practices if str(practice) in titles]
    assert answer.found(sets) == sets.of(found)


def test_answers_are_read_from_the_records_that_are_given(lines):
    practices = Practice.objects.published()
    answer = find("most", practices)
    (most,) = answer.best(practices, practices.for_cards())[:9]
    assert most.headlines == []
    assert answer.best(practices, practices.exclude(pk=most.pk))[:9] == []


def test_words_count_in_all_that_is_searched_and_in_a_list_of_records_too(lines, make_city):
    topics = [Topic(name_pl="Statek"), Topic(name_pl="Prom"), Topic(name_pl="Statek i prom")]
    assert find("prom", topics).best(topics) == [topics[1], topics[2]]
    practices = Practice.objects.published()
    answer = find("statek most", practices, topics)
    assert answer.how == "any"
    assert answer.best(topics) == [topics[0], topics[2]]
    assert [str(practice) for practice in answer.best(practices)[:9]] == ["Most"]


def test_a_question_is_read_up_to_its_two_hundredth_character(make_practice):
    make_practice(title_pl="Dach")
    practices = Practice.objects.published()
    assert find(" " * 196 + "dach", practices).how == "all"
    assert find(" " * 197 + "dach", practices).how == "nothing"
    assert find(" " * 200 + "dach", practices) is UNASKED


def test_an_index_is_asked_in_words_of_its_language_on_a_level_or_a_better_one():
    asked = Query((), "pt-br").held({"gas", "rua"}, 2)
    assert asked == any_of(["ptbr1gas", "ptbr2gas", "ptbr1rua", "ptbr2rua"])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("szt", ["Sztum Stary"]),
        ("Sztumowi", ["Sztum Stary"]),
        ("stary szt", ["Sztum Stary"]),
        ("sztu stary", []),
        ("Wzorowo", ["Wzorowo"]),
        ("krótki", []),
        ("„”", []),
        ("a b c d e f g h", ["A B C D E F G H"]),
        ("a b c d e f g h i", ["A B C D E F G H"]),
        ("a b c d e f g i", []),
        ("wzo\u00adrowo", ["Wzorowo"]),
        (" " * 193 + "wzorowo", ["Wzorowo"]),
        (" " * 200 + "wzorowo", []),
    ],
)
def test_records_are_called_by_all_words_of_their_title_of_which_the_last_may_be_begun(
    make_city, name, found
):
    for title in ("Sztum Stary", "Wzorowo", "A B C D E F G H"):
        make_city(name_pl=title, name_en=title)
    assert [str(city) for city in called(name, City.objects.alphabetically())] == found
