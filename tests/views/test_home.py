import pytest

pytestmark = pytest.mark.database
both_languages = pytest.mark.parametrize("language", ["pl", "en"])


# What the programme's own page tells (facts/source-page-pl.txt), as key words of each point.
POINTS = {
    "pl": {
        "city and district level": ["całego miasta", "dzielnic"],
        "integrated": ["trzy dziedziny planuje się jako jedną całość"],
        "energy": ["planowanie energetyczne"],
        "energy: rules": ["przepisy", "energooszczędnemu budownictwu", "odnawialnym źródłom"],
        "energy: retrofit": ["programy gruntownej modernizacji energetycznej budynków"],
        "mobility": ["zrównoważony transport i mobilność"],
        "mobility: fewer cars": ["rzadziej jeździ się własnym samochodem"],
        "mobility: bicycles": ["sieć dróg rowerowych"],
        "space": ["planowanie przestrzenne"],
        "space: infrastructure": ["błękitno-zielona infrastruktura"],
        "space: services": ["sklepy i usługi potrzebne na co dzień"],
        "aim": ["lepiej wykorzystywać energię", "dobrze się żyje"],
        "role: exchange": ["wymianę wiedzy i doświadczeń", "z miastami zaangażowanymi"],
        "role: events": ["warsztatach i innych wydarzeniach"],
        "role: models": ["wzorcowe rozwiązania, wytyczne", "transformacji energetycznej Europy"],
        "role: among precursors": ["wymianie między prekursorami"],
        "countries": ["Siedem krajów", "miasta z sześciu krajów", "ekspertów z siódmego"],
        "training and visits": ["razem się szkoliły", "wizyty studyjne"],
        "Poland": ["Miasta prekursorzy w Polsce", "Bydgoszcz", "Sztum", "Piastów"],
        "invitation": ["Kliknij miasto na mapie", "wyrusz w drogę po Europie"],
        "profiles and practices": ["sylwetek miast i dobrych praktyk"],
    },
    "en": {
        "city and district level": ["in the whole city and in single districts"],
        "integrated": ["three fields are planned as one"],
        "energy": ["sustainable energy planning"],
        "energy: rules": ["local rules that favour low-energy buildings and renewables"],
        "energy: retrofit": ["thorough programmes to modernise buildings"],
        "mobility": ["sustainable transport and mobility"],
        "mobility: fewer cars": ["fewer private cars"],
        "mobility: bicycles": ["network for bicycles"],
        "space": ["sustainable spatial planning"],
        "space: infrastructure": ["blue and green infrastructure"],
        "space: services": ["shops and services for everyday needs"],
        "aim": ["a city that uses energy better and is a good place to live"],
        "role: exchange": ["exchange of knowledge and experience", "with the committed cities"],
        "role: events": ["workshops and other events"],
        "role: models": ["model solutions, guidelines", "Europe’s energy transition"],
        "role: among precursors": ["also learn from one another"],
        "countries": [
            "Seven countries",
            "cities of six European countries",
            "experts of a seventh",
        ],
        "training and visits": ["trained together", "study visits to one another"],
        "Poland": ["Precursor cities in Poland", "Bydgoszcz", "Sztum", "Piastów"],
        "invitation": ["Click a city on the map", "set off across Europe"],
        "profiles and practices": ["see what each has done, what it cost and what came of it"],
    },
}


@both_languages
def test_home_tells_every_point_of_the_programmes_own_page(make_city, visit, language):
    for name in ("Bydgoszcz", "Sztum", "Piastów"):
        make_city(name_pl=name, name_en=name)
    (text,) = visit(f"/{language}/").texts("main")
    untold = {
        point: words
        for point, words in POINTS[language].items()
        if any(w not in text for w in words)
    }
    assert untold == {}


@both_languages
def test_home_names_the_countries_with_cities_and_the_one_without(
    make_city, make_country, visit, language
):
    expected = []
    for code in ("at", "de", "hu", "it", "pl", "se"):
        make_country(code, name_pl=code.upper(), name_en=code.upper())
        make_city(code, role="committed")
        expected.append(code.upper())
    make_country("nl", name_pl="NL", name_en="NL")
    experts = {"pl": "bez miast w programie", "en": "no cities here"}[language]
    page = visit(f"/{language}/")
    assert page.texts("th", scope="row") == [*expected, "NL"]
    assert page.texts("td", colspan="4") == [experts]


@both_languages
def test_home_begins_with_two_questions_that_the_finder_answers(
    make_practice, make_topic, visit, reverse_in, language
):
    make_topic(make_practice(), name_pl="Ruch rowerowy", name_en="Cycling", slug="rowery")
    page = visit(f"/{language}/")
    (form,) = page.find("form", of="ask")
    assert form.attributes["action"] == reverse_in(language, "practices")
    (town,) = page.find("input", inside="ask")
    assert (town.attributes["name"], town.attributes.get("value")) == ("like", None)
    options = page.find("option", inside="ask")
    assert [option.attributes["value"] for option in options] == ["", "rowery"]
    assert not any("selected" in option.attributes for option in options)
    everything = visit(reverse_in(language, "practices") + "?like=&topic=")
    assert len(everything.find("h3")) == 1
