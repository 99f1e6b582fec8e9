import pytest

pytestmark = pytest.mark.database
both_languages = pytest.mark.parametrize("language", ["pl", "en"])


@both_languages
@pytest.mark.parametrize("name", ["cities", "practices"])
def test_a_question_without_an_answer_says_what_to_do(deed, visit, reverse_in, language, name):
    page = visit(reverse_in(language, name) + "?q=nowhere")
    advice = {"pl": "Wpisz inne słowo", "en": "Search for another word"}[language]
    assert any(advice in text for text in page.texts("p"))
    assert reverse_in(language, name) in page.links()
    assert page.find("article") == []


@pytest.mark.parametrize(
    ("language", "advice"),
    [("pl", "Bez warunku „planowana”: 1 wynik"), ("en", "Without “planned” there is 1")],
)
def test_it_tells_which_filter_to_lift(deed, visit, reverse_in, language, advice):
    page = visit(reverse_in(language, "practices") + "?theme=energy&stage=planned")
    assert page.texts("a", href="?theme=energy") == [advice]


@pytest.mark.parametrize(
    ("language", "asked", "note"),
    [
        ("pl", "sztum", "Najpierw praktyki z miejscowości najbardziej podobnych do tej: Sztum."),
        ("en", "sztum", "First come the practices of the places most like this one: Sztum."),
        ("en", "9 900", "First come the practices of places with about 9,900 people."),
        ("pl", "Atlantyda", "Nie znamy miejscowości „Atlantyda”. Wpisz, ile osób mieszka"),
        ("en", "Atlantis", "This site knows no town called “Atlantis”. Type how many people"),
    ],
)
def test_the_finder_answers_to_a_town_in_words(
    visit, reverse_in, make_city, make_practice, language, asked, note
):
    make_city(name_pl="Sztum", name_en="Sztum", role="committed", population=10_000)
    make_practice(city=make_city(population=10_500))
    page = visit(f"{reverse_in(language, 'practices')}?like={asked}")
    assert [text for text in page.texts("p", of="note") if text.startswith(note)]
    assert [e.attributes["value"] for e in page.find("option")][-1] == "Sztum"
    size, country = {
        "pl": ("podobna liczba mieszkańców", "w tym samym kraju"),
        "en": ("about as many people", "in the same country"),
    }[language]
    reasons = {"sztum": [f"{size} · {country}"], "9 900": [size]}.get(asked, [])
    assert page.texts("p", of="reasons") == reasons


def test_the_finder_costs_twelve_queries_at_most(
    client, reverse_in, make_practice, django_assert_max_num_queries
):
    make_practice(city=make_practice().city)
    for query in ("", "like=9900", "like=city", "q=practice&like=city&theme=energy"):
        with django_assert_max_num_queries(12):
            client.get(f"{reverse_in('en', 'practices')}?{query}")
