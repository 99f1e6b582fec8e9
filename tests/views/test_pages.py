import re
from datetime import timedelta

import pytest
from addresses import PAGES, PATHS
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cities.models import City, Practice, Source, Topic

SITE_NAME = {"pl": "Miasta prekursorzy", "en": "Precursor Cities"}
every_page = pytest.mark.parametrize(
    ("name", "kwargs", "polish", "english"), PAGES, ids=PATHS["en"]
)
both_languages = pytest.mark.parametrize("language", ["pl", "en"])


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
        ("pl", "/pl/zagadnienia/wzory/", ["Strona główna", "Zagadnienia", "Wzory"]),
        ("en", "/en/topics/", ["Home", "Topics"]),
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


@pytest.mark.database
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


@pytest.mark.database
@both_languages
def test_a_practice_that_is_not_published_is_nowhere(deed, client, visit, language):
    own = dict(zip(PATHS["en"], PATHS[language], strict=True))
    Practice.objects.update(status="draft")
    visit(own["/en/good-practices/wzorczyn/"], status=404)
    pages = everywhere(client, language) | {"city": visit(own["/en/cities/wzorowo/"]).html}
    found = [path for path, text in pages.items() if re.search("(?i)wzorczyn|musterdeed", text)]
    assert found == []


@pytest.mark.database
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


@pytest.mark.database
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


LISTS = ["/pl/", "/pl/miasta/", "/pl/miasta/wzorowo/", "/pl/kraje/pl/", "/pl/dobre-praktyki/"]
LISTS += ["/pl/dobre-praktyki/?theme=energy&q=praktyka", "/pl/miasta/?theme=energy&q=miasto"]
LISTS += ["/pl/dobre-praktyki/wzorczyn/", "/pl/tematy/energia/", "/pl/tematy/zintegrowane/"]
LISTS += ["/pl/zagadnienia/", "/pl/zagadnienia/wzory/"]


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_version")
def test_a_page_costs_the_same_few_queries_however_much_there_is(
    deed, make_city, make_practice, make_indicator, make_topic, client
):
    costs = []
    for _ in range(3):
        for city in (deed.city, make_city(), make_city(role="committed")):
            practice = make_practice("energy mobility spatial", city=city)
            make_indicator(practice=practice, headline=True)
            make_topic(practice).practices.add(deed)
            practice.topics.add(Topic.objects.get(slug="wzory"))
            make_indicator(practice=deed)
            Source.objects.create(practice=deed, title="A")
            Source.objects.create(city=city, title="A")
        round_costs = {}
        for path in LISTS:
            client.get(path)  # reads what is kept until the next change
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            round_costs[path] = len(queries)
        costs.append(round_costs)
    assert costs[0] == costs[1] == costs[2]
    most = {path: 12 if "q=" in path else 10 for path in LISTS}  # to search takes some more
    most["/pl/dobre-praktyki/wzorczyn/"] = 12  # it leads on to others, their figures and journeys
    assert {path: cost for path, cost in costs[0].items() if cost > most[path]} == {}


@pytest.mark.database
@pytest.mark.parametrize(
    ("country", "spoken"), [("cz", "cs"), ("at", "de"), ("se", "sv"), ("pl", "pl"), ("be", None)]
)
def test_a_local_name_is_in_the_language_of_its_country(
    make_city, visit, reverse_in, country, spoken
):
    make_city(country, slug="town", local_name="Tam")
    (name,) = [
        term
        for term in visit(reverse_in("en", "city", slug="town")).find("dd")
        if term.text == "Tam"
    ]
    assert name.attributes.get("lang") == spoken


def test_a_printed_page_tells_the_address_with_what_was_asked(db, visit):
    page = visit("/pl/dobre-praktyki/?theme=energy&q=%22%3E")
    assert page.texts("p", of="only-in-print") == [
        "http://127.0.0.1:8000/pl/dobre-praktyki/?theme=energy&q=%22%3E"
    ]
