import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cities.models import City, Practice, Source

pytestmark = pytest.mark.database

# Name of the address, its arguments; path and first heading in Polish, in English.
PAGES = [
    (
        "home",
        {},
        ("/pl/", "Miasta, które planują wszystko naraz"),
        ("/en/", "Cities that plan everything at once"),
    ),
    ("cities", {}, ("/pl/miasta/", "Miasta"), ("/en/cities/", "Cities")),
    (
        "city",
        {"slug": "wzorowo"},
        ("/pl/miasta/wzorowo/", "Wzorowo"),
        ("/en/cities/wzorowo/", "Musterton"),
    ),
    ("country", {"code": "pl"}, ("/pl/kraje/pl/", "Polska"), ("/en/countries/pl/", "Poland")),
    (
        "practices",
        {},
        ("/pl/dobre-praktyki/", "Dobre praktyki"),
        ("/en/good-practices/", "Good practices"),
    ),
    (
        "practice",
        {"slug": "wzorczyn"},
        ("/pl/dobre-praktyki/wzorczyn/", "Wzorczyn"),
        ("/en/good-practices/wzorczyn/", "Musterdeed"),
    ),
    (
        "theme",
        {"theme": "energy"},
        ("/pl/tematy/energia/", "Energia"),
        ("/en/themes/energy/", "Energy"),
    ),
    (
        "theme",
        {"theme": "mobility"},
        ("/pl/tematy/mobilnosc/", "Mobilność"),
        ("/en/themes/mobility/", "Mobility"),
    ),
    (
        "theme",
        {"theme": "spatial"},
        ("/pl/tematy/przestrzen/", "Planowanie przestrzenne"),
        ("/en/themes/spatial/", "Spatial planning"),
    ),
    (
        "theme",
        {"theme": "integrated"},
        ("/pl/tematy/zintegrowane/", "Zintegrowane planowanie"),
        ("/en/themes/integrated/", "Integrated planning"),
    ),
    ("about", {}, ("/pl/o-programie/", "O programie"), ("/en/about/", "About the programme")),
    (
        "accessibility",
        {},
        ("/pl/dostepnosc/", "Deklaracja dostępności"),
        ("/en/accessibility/", "Accessibility statement"),
    ),
    ("data", {}, ("/pl/dane/", "Otwarte dane"), ("/en/data/", "Open data")),
    (
        "widget_builder",
        {},
        ("/pl/dane/widzet/", "Widżet na Twoją stronę"),
        ("/en/data/widget/", "For your site"),
    ),
    ("privacy", {}, ("/pl/prywatnosc/", "Prywatność"), ("/en/privacy/", "Privacy")),
]
PATHS = {"pl": [page[2][0] for page in PAGES], "en": [page[3][0] for page in PAGES]}
SITE_NAME = {"pl": "Miasta prekursorzy", "en": "Precursor Cities"}
every_page = pytest.mark.parametrize(
    ("name", "kwargs", "polish", "english"), PAGES, ids=PATHS["en"]
)
both_languages = pytest.mark.parametrize("language", ["pl", "en"])


@pytest.fixture
def town(make_city):
    return make_city(slug="wzorowo", name_pl="Wzorowo", name_en="Musterton")


@pytest.fixture
def deed(town, make_practice):
    """Make a practice that joins all, in a town of Poland."""
    return make_practice(
        "energy mobility spatial",
        city=town,
        slug="wzorczyn",
        title_pl="Wzorczyn",
        title_en="Musterdeed",
    )


@every_page
@both_languages
def test_a_page_speaks_the_language_of_its_address(
    deed, visit, reverse_in, language, name, kwargs, polish, english
):
    path, heading = {"pl": polish, "en": english}[language]
    assert reverse_in(language, name, **kwargs) == path
    page = visit(path)
    assert [element.attributes["lang"] for element in page.find("html")] == [language]
    assert page.response.headers["Content-Language"] == language
    assert page.texts("h1") == [heading]
    (title,) = page.texts("title")[:1]
    assert title.endswith(f" – {SITE_NAME[language]}")
    assert name == "home" or title.startswith(heading)
    (description,) = page.find("meta", name="description")
    assert 10 < len(description.attributes["content"].strip()) < 300
    assert not re.search("[<>]", description.attributes["content"])


@every_page
def test_a_page_names_itself_and_its_twins(settings, deed, visit, name, kwargs, polish, english):
    twins = {
        "pl": settings.SITE_URL + polish[0],
        "en": settings.SITE_URL + english[0],
        "x-default": settings.SITE_URL + polish[0],
    }
    for language, (path, _) in {"pl": polish, "en": english}.items():
        page = visit(f"{path}?theme=energy&utm_source=x")
        assert page.links("link", rel="canonical") == [twins[language]]
        named = page.find("link", rel="alternate", hreflang=True)
        assert {e.attributes["hreflang"]: e.attributes["href"] for e in named} == twins
        assert len(named) == 3


@every_page
def test_the_language_switch_keeps_page_and_query(deed, visit, name, kwargs, polish, english):
    query = "?theme=energy&theme=spatial&q=%C5%82%C3%B3d%C5%BA+%22a%22&country=pl"
    for here, there, language in [(polish, english, "en"), (english, polish, "pl")]:
        page = visit(here[0] + query)
        (switch,) = page.find("a", hreflang=language)
        assert switch.attributes["href"] == there[0] + query
        assert switch.attributes["lang"] == language
        assert visit(switch.attributes["href"]).texts("h1") == [there[1]]


@both_languages
def test_no_two_pages_share_a_title(deed, visit, language):
    titles = [visit(path).texts("title")[0] for path in PATHS[language]]
    assert len(set(titles)) == len(PAGES)


@pytest.mark.parametrize(
    ("language", "path", "trail"),
    [
        ("pl", "/pl/miasta/", ["Strona główna", "Miasta"]),
        ("en", "/en/cities/", ["Home", "Cities"]),
        ("pl", "/pl/miasta/wzorowo/", ["Strona główna", "Miasta", "Polska", "Wzorowo"]),
        ("en", "/en/cities/wzorowo/", ["Home", "Cities", "Poland", "Musterton"]),
        ("pl", "/pl/kraje/pl/", ["Strona główna", "Miasta", "Polska"]),
        (
            "pl",
            "/pl/dobre-praktyki/wzorczyn/",
            ["Strona główna", "Dobre praktyki", "Wzorowo", "Wzorczyn"],
        ),
        (
            "en",
            "/en/good-practices/wzorczyn/",
            ["Home", "Good practices", "Musterton", "Musterdeed"],
        ),
        ("en", "/en/themes/spatial/", ["Home", "Good practices", "Spatial planning"]),
        ("pl", "/pl/tematy/energia/", ["Strona główna", "Dobre praktyki", "Energia"]),
        ("pl", "/pl/prywatnosc/", ["Strona główna", "Prywatność"]),
    ],
)
def test_breadcrumbs_lead_back(deed, visit, language, path, trail):
    page = visit(path)
    assert page.texts("li", inside="breadcrumbs") == trail
    for link in page.links(inside="breadcrumbs"):
        visit(link)
    assert page.texts("li", **{"aria-current": "page"}) == trail[-1:]


@pytest.mark.parametrize(
    ("accept", "path"),
    [
        ("", "/pl/"),
        ("en", "/en/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("de,fr;q=0.8", "/pl/"),
        ("de,en;q=0.5", "/en/"),
        ("en;q=0.1,pl;q=0.9", "/pl/"),
        ("not a language", "/pl/"),
    ],
)
def test_the_bare_address_sends_to_the_readers_language(client, accept, path):
    headers = {"Accept-Language": accept} if accept else {}
    response = client.get("/", headers=headers)
    assert (response.status_code, response.headers["Location"]) == (302, path)
    assert "Accept-Language" in response.headers["Vary"]


@both_languages
def test_an_address_in_the_other_language_does_not_exist(deed, visit, language):
    for path in PATHS["en" if language == "pl" else "pl"]:
        if len(path) > 4:
            wrong = f"/{language}{path[3:]}"
            assert visit(wrong, status=404).find("html", lang=language)


OWN_WORDS = re.compile("wzorowo|wzorczyn|musterton|musterdeed", re.IGNORECASE)


def everywhere(client, language):
    """Return what visitors and machines get that could tell of the practice or its city."""
    at = dict(zip(PATHS["en"], PATHS[language], strict=True))
    lists = ["/en/", "/en/cities/", "/en/good-practices/", "/en/countries/pl/"]
    lists += [path for path in PATHS["en"] if "/themes/" in path]
    paths = [*(at[path] for path in lists), f"/{language}/cities.geojson", "/sitemap.xml"]
    return {path: client.get(path).text for path in paths}


@both_languages
@pytest.mark.parametrize(
    "hidden",
    [{"status": "draft"}, {"publish_at": timezone.now() + timedelta(days=1)}],
    ids=["draft", "not yet"],
)
def test_a_city_that_is_not_published_is_nowhere(deed, make_city, client, visit, language, hidden):
    make_city()  # the country has another one
    own = dict(zip(PATHS["en"], PATHS[language], strict=True))
    pages = [own["/en/cities/wzorowo/"], own["/en/good-practices/wzorczyn/"]]
    told = everywhere(client, language)
    assert [path for path, text in told.items() if not OWN_WORDS.search(text)] == []
    City.objects.filter(slug="wzorowo").update(**hidden)
    for path in pages:
        visit(path, status=404)
    told = everywhere(client, language)
    assert [path for path, text in told.items() if OWN_WORDS.search(text)] == []


@both_languages
def test_a_practice_that_is_not_published_is_nowhere(deed, client, visit, language):
    own = dict(zip(PATHS["en"], PATHS[language], strict=True))
    Practice.objects.update(status="draft")
    visit(own["/en/good-practices/wzorczyn/"], status=404)
    pages = everywhere(client, language) | {"city": visit(own["/en/cities/wzorowo/"]).html}
    found = [path for path, text in pages.items() if re.search("(?i)wzorczyn|musterdeed", text)]
    assert found == []


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
        "energy: rules": ["local rules that favour buildings", "use of renewables"],
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
        "role: among precursors": ["exchange with other precursor cities too"],
        "countries": ["Seven countries", "cities of six countries", "experts of a seventh"],
        "training and visits": ["trained together", "visited each other"],
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


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        (
            "pl",
            [
                ["Wynik", "Oszczędność", "ok. 2752 MWh/rok", "szacunek"],
                ["Skala", "Trasa (2016)", "9,5 km", "wg źródła"],
            ],
        ),
        (
            "en",
            [
                ["Result", "Saving", "about 2,752 MWh/a", "estimated"],
                ["Scale", "Line (2016)", "9.5 km", "reported"],
            ],
        ),
    ],
)
def test_a_practice_shows_its_figures_with_unit_and_evidence(
    deed, make_indicator, visit, reverse_in, language, rows
):
    make_indicator(
        practice=deed, label_pl="Trasa", label_en="Line", value="9.5", year=2016, about="scale"
    )
    make_indicator(
        practice=deed,
        label_pl="Oszczędność",
        label_en="Saving",
        value=2752,
        unit="MWh/year",
        qualifier="about",
        about="result",
        evidence="estimated",
    )
    page = visit(reverse_in(language, "practice", slug="wzorczyn"))
    told = zip(
        page.texts("th", scope="rowgroup"),
        page.texts("th", scope="row"),
        page.texts("td", of="figure"),
        page.texts("td", of="evidence"),
        strict=True,
    )
    assert [list(row) for row in told] == rows
    assert len(page.find("tr", of="is-promise")) == 1


@pytest.mark.parametrize(
    ("language", "sources"),
    [
        ("pl", ["PNEC Dostęp: 26 lutego 2020.", "Gazeta (archiwalne)"]),
        ("en", ["PNEC Accessed on 26 February 2020.", "Gazeta (archived)"]),
    ],
)
@pytest.mark.parametrize("name", ["city", "practice"])
def test_sources_stand_on_the_page_of_their_owner(deed, visit, reverse_in, language, sources, name):
    owner = deed if name == "practice" else deed.city
    url = "https://example.org/?a=1&b=2"
    Source.objects.create(**{name: owner}, title="Gazeta", position=2)
    Source.objects.create(
        **{name: owner}, title="PNEC", position=1, url=url, accessed_on="2020-02-26"
    )
    page = visit(reverse_in(language, name, slug=owner.slug))
    assert url in page.links()
    assert page.texts("li", inside="sources") == sources


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


LISTS = ["/pl/", "/pl/miasta/", "/pl/miasta/wzorowo/", "/pl/kraje/pl/", "/pl/dobre-praktyki/"]
LISTS += ["/pl/dobre-praktyki/?theme=energy&q=praktyka", "/pl/miasta/?theme=energy&q=miasto"]
LISTS += ["/pl/dobre-praktyki/wzorczyn/", "/pl/tematy/energia/", "/pl/tematy/zintegrowane/"]


def test_a_page_costs_the_same_few_queries_however_much_there_is(
    deed, make_city, make_practice, make_indicator, client
):
    costs = []
    for _ in range(3):
        for city in (deed.city, make_city(), make_city(role="committed")):
            practice = make_practice("energy mobility spatial", city=city)
            make_indicator(practice=practice, headline=True)
            make_indicator(practice=deed)
            Source.objects.create(practice=deed, title="A")
            Source.objects.create(city=city, title="A")
        round_costs = {}
        for path in LISTS:
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            round_costs[path] = len(queries)
        costs.append(round_costs)
    assert costs[0] == costs[1] == costs[2]
    assert {path: cost for path, cost in costs[0].items() if cost > 6} == {}


@both_languages
def test_visitors_get_no_cookie(deed, client, language):
    paths = [*PATHS[language], f"/{language}/cities.geojson", "/", "/sitemap.xml", "/robots.txt"]
    paths += [f"/{language}/nowhere/"]
    for path in paths:
        assert list(client.get(path).cookies) == [], path
    assert list(client.cookies) == []


CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
BUILDER = {"pl": "/pl/dane/widzet/", "en": "/en/data/widget/"}  # shows the widget in a frame


@both_languages
def test_every_answer_carries_the_strict_policy(deed, client, language):
    for path in [*PATHS[language], f"/{language}/cities.geojson", f"/{language}/nowhere/", "/"]:
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        expected = CONTENT_POLICY.split("; ")
        if path == BUILDER[language]:
            expected.append("frame-src 'self'")
        assert sorted(policy.split("; ")) == sorted(expected), path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


@both_languages
def test_pages_hold_no_inline_script_or_style_and_ask_nobody_else(deed, visit, language):
    for path in PATHS[language]:
        page = visit(path)
        scripts = [s for s in page.find("script") if "src" not in s.attributes]
        data = {s.attributes.get("type") for s in scripts}
        assert data <= {"application/json", "application/ld+json"}, path
        assert page.find("style") == [], path
        attributes = {name for element in page.elements for name in element.attributes}
        assert [name for name in attributes if name == "style" or name.startswith("on")] == []
        loaded = [
            element.attributes.get("src") or element.attributes.get("href")
            for element in page.elements
            if element.tag in ("script", "img", "source", "iframe", "use")
            or (element.tag == "link" and element.attributes.get("rel") in ("stylesheet", "icon"))
        ]
        own = ("/static/", "#", f"/{language}/widget/")
        assert [url for url in loaded if url and not url.startswith(own)] == []


def test_robots_are_welcome_and_told_of_the_sitemap(settings, client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.text.splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]


def test_the_sitemap_lists_every_page_with_its_twins(settings, deed, client):
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml"
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    listed = {}
    for url in ElementTree.fromstring(response.content).findall("s:url", names):  # noqa: S314
        links = url.findall("x:link", names)
        twins = {link.get("hreflang"): link.get("href") for link in links}
        listed[url.find("s:loc", names).text] = twins
    expected = {}
    for polish, english in zip(PATHS["pl"], PATHS["en"], strict=True):
        polish, english = settings.SITE_URL + polish, settings.SITE_URL + english
        twins = {"pl": polish, "en": english, "x-default": polish}
        expected |= {polish: twins, english: twins}
    assert listed == expected


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


def test_the_finder_costs_six_queries_at_most(
    client, reverse_in, make_practice, django_assert_max_num_queries
):
    make_practice(city=make_practice().city)
    for query in ("", "like=9900", "like=city", "q=practice&like=city&theme=energy"):
        with django_assert_max_num_queries(6):
            client.get(f"{reverse_in('en', 'practices')}?{query}")
