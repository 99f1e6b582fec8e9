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
    assert page.texts("a", href="?theme=energy")[-1] == advice


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
    size, country = {
        "pl": ("podobna liczba mieszkańców", "w tym samym kraju"),
        "en": ("about as many people", "in the same country"),
    }[language]
    reasons = {"sztum": [f"{size} · {country}"], "9 900": [size]}.get(asked, [])
    assert page.texts("p", of="reasons") == reasons


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_version")
def test_the_finder_costs_twelve_queries_at_most(
    client, reverse_in, make_practice, django_assert_max_num_queries
):
    make_practice(city=make_practice().city)
    client.get(reverse_in("en", "practices"))  # reads what is kept until the next change
    for query in ("", "like=9900", "like=city", "q=practice&like=city&theme=energy"):
        with django_assert_max_num_queries(12):
            client.get(f"{reverse_in('en', 'practices')}?{query}")


@both_languages
def test_what_is_set_can_be_taken_off_and_stands_in_the_title(deed, visit, reverse_in, language):
    query = "?theme=energy&country=pl&q=wzor&sort=new"
    page = visit(reverse_in(language, "practices") + query)
    assert page.links(inside="chips") == [
        "?country=pl&q=wzor&sort=new",
        "?theme=energy&q=wzor&sort=new",
    ]
    (title,) = page.texts("title")
    words = {"pl": ": energia, Polska, wzor –", "en": ": energy, Poland, wzor –"}[language]
    assert words in title


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["a", "b", "c"]),
        ("name", ["a", "b", "c"]),
        ("themes", ["c", "a", "b"]),
        ("new", ["b", "a", "c"]),
        ("people", ["c", "a", "b"]),
        ("absurd", ["a", "b", "c"]),
    ],
)
def test_practices_stand_in_the_order_asked_for(visit, make_city, make_practice, sort, order):
    for name, themes, people, day in (
        ("a", "energy", 5000, "2026-01-02"),
        ("b", "energy", None, "2026-01-03"),
        ("c", "energy spatial", 900, "2026-01-01"),
    ):
        city = make_city(population=people)
        make_practice(themes, city=city, title_pl=name, slug=name, changed_on=day)
    page = visit(f"/pl/dobre-praktyki/?sort={sort}")
    assert page.texts("h3") == order


def test_ticked_practices_that_are_not_in_the_list_stay_ticked(visit, make_practice):
    for slug in ("a", "b"):
        make_practice("energy" if slug == "a" else "mobility", slug=slug, title_pl=slug)
    page = visit("/pl/dobre-praktyki/?theme=mobility&p=a&p=b")
    ticked = [box.attributes["value"] for box in page.find("input", name="p", checked=True)]
    assert sorted(ticked) == ["a", "b"]
    assert page.links(rel="next") == []
