"""The library: one page, kind by kind; what no source tells is said to be unknown."""

import json
import re

import pytest

from cities.models import Material, Topic

pytestmark = pytest.mark.django_db


def listed(page):
    return [e.text for e in page.find("h3", inside="library")]


@pytest.mark.database
def test_entries_stand_by_kind_and_alphabet_each_at_its_own_place(visit, make_material):
    make_material(kind="film", title_pl="Film")
    make_material(title_pl="Źródło", slug="zrodlo")
    make_material(title_pl="Łąka")
    make_material(title_pl="Szkic", status="draft")
    make_material(kind="tool", title_pl="Kalkulator")
    page = visit("/pl/biblioteka/")
    assert page.texts("h2") == ["Narzędzia", "Poradniki", "Filmy"]
    assert listed(page) == ["Kalkulator", "Łąka", "Źródło", "Film"]
    assert Material.objects.get(slug="zrodlo").get_absolute_url() == "/pl/biblioteka/#zrodlo"
    assert 'id="zrodlo"' in page.html


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Plan", "Inny plan", "Film"]),
        ("?kind=plan", ["Plan", "Inny plan"]),
        ("?topic=wzory", ["Plan", "Film"]),
        ("?country=pl&kind=&topic=", ["Plan"]),
        ("?kind=film&topic=wzory", ["Film"]),
        ("?kind=film&country=pl", []),
        ("?kind=obraz", []),
        ("?topic=%00%27&country=xx", []),
    ],
)
def test_the_library_is_narrowed_by_kind_topic_and_country(
    visit, deed, make_material, query, titles
):
    topics, country = [Topic.objects.get()], deed.city.country
    make_material(kind="plan", title_pl="Plan", topics=topics, country=country)
    make_material(kind="plan", title_pl="Inny plan")
    make_material(kind="film", title_pl="Film", topics=topics)
    page = visit(f"/pl/biblioteka/{query}")
    assert sorted(listed(page)) == sorted(titles)
    assert ("Nic nie spełnia wszystkich" in page.html.replace("\u00a0", " ")) is (not titles)


def test_filters_tell_how_many_entries_each_choice_leaves(visit, deed, make_material):
    make_material(kind="plan", topics=[Topic.objects.get()])
    make_material(kind="film", country=deed.city.country)
    page = visit("/pl/biblioteka/?kind=plan")
    assert page.texts("option") == [
        "wszystkie rodzaje", "Filmy (1)", "Plany (1)",
        "wszystkie zagadnienia", "Wzory (1)",
        "wszystkie kraje",
    ]  # fmt: skip
    assert page.texts("option", selected=True) == ["Plany (1)"]


@pytest.mark.parametrize(
    ("path", "sentences"),
    [
        (
            "/pl/biblioteka/",
            ["język nie jest podany", "adres nie\u00a0jest znany", "źródło jej nie\u00a0podaje"],
        ),
        (
            "/en/library/",
            ["language not stated", "address not known", "none is stated"],
        ),
    ],
)
def test_what_nobody_knows_is_said(visit, make_material, path, sentences):
    make_material()
    html = visit(path).html.replace("nie ", "nie\u00a0")
    for sentence in sentences:
        assert sentence.replace("nie ", "nie\u00a0") in html


def test_an_entry_tells_what_it_is_and_whence_it_comes(visit, deed, make_material, make_practice):
    hidden = make_practice(status="draft")
    make_material(
        *(deed, hidden),
        topics=[Topic.objects.get()],
        country=deed.city.country,
        language="de",
        year=2021,
        url="https://example.org/plan.pdf",
        licence="CC BY 4.0",
        source_url="https://example.org/zrodlo",
    )
    page = visit("/pl/biblioteka/")
    assert page.links(inside="library") == [
        "/pl/zagadnienia/wzory/",
        "/pl/dobre-praktyki/wzorczyn/",
        "https://example.org/plan.pdf",
        "https://example.org/zrodlo",
    ]
    for told in ("niemiecki, 2021", "Polska", "licencja: CC BY 4.0"):
        assert told in page.html


def test_an_entry_in_one_language_alone_says_so(visit, make_material):
    make_material(title_en="", text_en="")
    assert '<span lang="pl">Co w nim jest.</span>' in visit("/en/library/").html


def test_an_empty_library_says_so(visit, db):
    assert "Biblioteka jest na razie pusta." in visit("/pl/biblioteka/").html


def test_a_topic_leads_to_what_is_about_it(visit, deed, make_material):
    topic = Topic.objects.get()
    entries = [make_material(topics=[topic]) for _n in range(6)]
    make_material(topics=[topic], status="draft")
    make_material()
    page = visit(topic.get_absolute_url())
    links = page.links(inside="in-library")
    assert links == ["/pl/biblioteka/", *(e.get_absolute_url() for e in entries[:4])]
    assert "i\u00a0jeszcze\u00a02" in page.html
    Material.objects.all().delete()
    assert visit(topic.get_absolute_url()).links(inside="in-library") == []


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_version")
def test_the_library_asks_as_much_for_many_as_for_one(
    client, deed, make_material, django_assert_max_num_queries, count
):
    topic = Topic.objects.get()
    for _n in range(count):
        make_material(deed, topics=[topic], country=deed.city.country)
    for path in ("biblioteka/", "library.csv", "library.json", "library.atom"):
        with django_assert_max_num_queries(3):
            assert client.get(f"/pl/{path}").status_code == 200
    for page in (deed, topic):
        client.get(page.get_absolute_url())  # reads what is kept until the next change
        with django_assert_max_num_queries(12):
            assert client.get(page.get_absolute_url()).status_code == 200


def test_others_take_the_library_as_tables_and_a_feed(client, deed, make_material):
    material = make_material(deed, topics=[Topic.objects.get()], title_pl="Plan", slug="plan")
    make_material(status="draft", title_pl="Szkic")
    table = client.get("/pl/library.csv").text
    assert f"{material.uuid},plan,http://127.0.0.1:8000/pl/biblioteka/#plan,guide,Plan" in table
    (told,) = json.loads(client.get("/pl/library.json").content)["library"]
    assert (told["topics"], told["practices"]) == ("wzory", str(deed.uuid))
    feed = client.get("/pl/library.atom").text
    assert "<title>Plan</title>" in feed
    assert 'href="http://127.0.0.1:8000/pl/biblioteka/#plan"' in feed
    assert "Szkic" not in table + feed


@pytest.mark.parametrize(
    ("kind", "type"),
    [
        ("pdf", "application/pdf"),
        ("odt", "application/vnd.oasis.opendocument.text"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_the_feed_encloses_the_file_of_an_entry(client, make_material, kind, type):
    make_material()
    assert 'rel="enclosure"' not in client.get("/pl/library.atom").text
    Material.objects.update(url="", file=f"library/plan.{kind}", size=77)
    address = f"http://127.0.0.1:8000/media/library/plan.{kind}"
    (link,) = re.findall('<link [^>]*rel="enclosure"[^>]*>', client.get("/pl/library.atom").text)
    assert sorted(re.findall(r'(\w+)="([^"]*)"', link)) == [
        ("href", address),
        ("length", "77"),
        ("rel", "enclosure"),
        ("type", type),
    ]


def test_the_sitemap_names_the_library_but_no_places_in_it(client, make_material):
    make_material()
    sitemap = client.get("/sitemap.xml").text
    assert "/pl/biblioteka/<" in sitemap
    assert "#" not in sitemap


def test_an_identifier_leads_to_the_place_of_an_entry(client, make_material):
    material = make_material(slug="plan")
    answer = client.get(f"/id/{material.uuid}", headers={"Accept-Language": "en"})
    assert answer.url == "/en/library/#plan"


def test_the_search_of_the_whole_site_leads_to_the_place_of_an_entry(visit, make_material):
    make_material(title_pl="Kalkulator ciepła", slug="kalkulator")
    page = visit("/pl/szukaj/?q=kalkulator")
    assert "/pl/biblioteka/#kalkulator" in page.links(inside="found-card")
