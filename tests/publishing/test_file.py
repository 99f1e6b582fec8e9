"""The file: practices that a visitor chose, as a page, as a text to edit and as references."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import translation
from html_page import Page

from cities.publishing import odt, qr

ODF = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@pytest.fixture
def three(make_practice, make_city):
    town = make_city(name_pl="Wzorowo", name_en="Musterton", website="https://wzorowo.example")
    return [
        make_practice(city=town, slug=slug, title_pl=slug.title(), title_en=f"The {slug}")
        for slug in ("alfa", "beta", "gamma")
    ]


def ask(client, language, name, query):
    with translation.override(language):
        return client.get(f"{reverse(name)}?{query}")


@pytest.mark.parametrize(
    ("language", "heading", "titles"),
    [("pl", "Na radę", ["Beta", "Alfa"]), ("en", "Na radę", ["The beta", "The alfa"])],
)
def test_a_file_holds_what_its_address_names_in_that_order(
    client, three, language, heading, titles
):
    page = Page(ask(client, language, "file", "p=beta&p=alfa&p=nowhere&p=beta&title=Na+radę"))
    assert page.texts("h1") == [heading]
    assert page.texts("h2")[:2] == titles
    links = {e.attributes.get("aria-label"): e.attributes["href"] for e in page.find("a")}
    move, remove = ("Przesuń wyżej", "Usuń") if language == "pl" else ("Move up", "Remove")
    assert links[f"{move}: {titles[1]}"] == "?p=alfa&p=beta&title=Na+rad%C4%99"
    assert links[f"{remove}: {titles[0]}"] == "?p=alfa&title=Na+rad%C4%99"
    assert f"{move}: {titles[0]}" not in links


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_a_file_are_as_many_for_one_as_for_three(
    client, three, django_assert_num_queries, count
):
    query = "&".join(f"p={practice.slug}" for practice in three[:count])
    ask(client, "pl", "file", query)
    with django_assert_num_queries(4):
        ask(client, "pl", "file", query)


def test_a_file_holds_twelve_and_says_so(client, make_practice, make_city):
    town = make_city()
    slugs = [make_practice(city=town).slug for _n in range(13)]
    page = ask(client, "en", "file", "&".join(f"p={slug}" for slug in slugs))
    assert page.text.count('<article class="sheet"') == 12
    assert "A file holds 12 practices; these are the first." in page.text


def test_a_draft_gets_into_no_file(client, three):
    three[0].status = "draft"
    three[0].save()
    for name in ("file_odt", "file_bib"):
        assert ask(client, "en", name, "p=alfa").status_code == 404
    assert "The alfa" not in ask(client, "en", "file", "p=alfa&p=beta").text


def test_the_line_of_a_cover_is_a_line_and_is_escaped(client, three):
    page = ask(client, "en", "file", "p=alfa&title=%20%3Cb%3E%0Ax%22" + "y" * 300)
    assert "<h1>&lt;b&gt; x&quot;" + "y" * 114 + "</h1>" in page.text


def test_an_empty_file_says_how_to_fill_it(client, three):
    page = ask(client, "pl", "file", "")
    assert "Teczka jest jeszcze pusta." in page.text
    assert 'class="sheet"' not in page.text


@pytest.mark.parametrize(
    ("language", "name"), [("pl", "teczka-praktyk-pl"), ("en", "file-of-practices-en")]
)
def test_the_text_to_edit_has_headings_links_and_its_language(client, three, language, name):
    three[0].description_pl = three[0].description_en = (
        '<p>A <a href="https://a.example/?x=1&amp;y">b</a></p>'
    )
    three[0].save()
    three[0].sources.create(title="Źródło & co", url="https://source.example/")
    response = ask(client, language, "file_odt", "p=alfa&p=beta")
    assert response.headers["Content-Type"] == odt.CONTENT_TYPE
    assert f'filename="{name}-' in response.headers["Content-Disposition"]
    file = zipfile.ZipFile(io.BytesIO(response.content))
    assert file.namelist()[0] == "mimetype"
    assert file.infolist()[0].compress_type == zipfile.ZIP_STORED
    content = ElementTree.fromstring(file.read("content.xml"))  # noqa: S314
    headings = ["".join(e.itertext()) for e in content.iter(f"{ODF}h")]
    titles = [practice.title_pl if language == "pl" else practice.title_en for practice in three]
    assert [text for text in headings if text[:1].isdigit()] == [
        f"1. {titles[0]}",
        f"2. {titles[1]}",
    ]
    links = [e.attrib["{http://www.w3.org/1999/xlink}href"] for e in content.iter(f"{ODF}a")]
    assert {"https://a.example/?x=1&y", "https://source.example/"} <= set(links)
    assert f'fo:language="{language}"' in file.read("styles.xml").decode()


def test_references_of_a_file_are_those_of_its_practices(client, three):
    text = ask(client, "en", "file_bib", "p=alfa&p=beta").text
    assert text.count("@misc{") == 2
    assert "The alfa" in text
    assert "The beta" in text


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>a<br>b</p>", "<P>a<text:line-break/>b</P>"),
        ("<ul><li>a <strong>b</strong></li></ul>", "<L><I><P>a <S>b</S></P></I></L>"),
        (
            "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>",
            "<L><I><P>a</P><L><I><P>b</P></I></L></I></L>",
        ),
        ("words &amp; <em>more</em>", "<P>words &amp; <E>more</E></P>"),
        ("", ""),
    ],
)
def test_html_becomes_paragraphs_of_opendocument(html, told):
    names = {"P": "p", "L": "ul", "I": "li", "S": "strong", "E": "em"}
    for sign, tag in names.items():
        told = told.replace(f"<{sign}>", odt.ELEMENTS[tag][0])
        told = told.replace(f"</{sign}>", odt.ELEMENTS[tag][1])
    assert odt.paragraphs(html) == told


def test_an_address_becomes_a_square_and_one_too_long_none():
    code = qr.drawn("https://example.org/")
    assert code.size == 25
    assert code.path.startswith("M0 0h7v1h-7z")  # the eye in the corner
    assert qr.drawn("x" * 4000) is None
