"""Whom to ask, and what: on every page that tells of a city or a practice."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as site_settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from cities.evidence.asking import Asking
from cities.models import City, Country
from cities.views.file import File

pytestmark = pytest.mark.django_db
OFFICE = {"office_pl": "Urząd Miasta", "office_en": "Town hall"}
REACHED = {"email": "um+klimat@example.org", "telephone": "+48 22 123 45 67"}
PARTNER = {"partner": "PNEC", "partner_url": "https://example.org/pnec"}
SITE = "https://www.wzorowo.example/"


@pytest.fixture
def asked(deed):
    """Give the town of the deed, or its country, what a test tells; return the deed."""

    def asked(country=(), **town):
        for record, fields in ((deed.city, town), (deed.city.country, dict(country))):
            for name, value in fields.items():
                setattr(record, name, value)
            record.save()
        return deed

    return asked


def letter(link):
    """Return the address, the subject and the lines of a mail link."""
    parts = urlsplit(link)
    fields = parse_qs(parts.query)
    return parts.path, fields["subject"][0], fields["body"][0].split("\r\n")


def ways(page):
    """Return where the part of a page leads that says whom to ask."""
    return [link.partition("?")[0] for link in page.links(inside="office")]


@pytest.mark.parametrize(
    ("country", "town", "links"),
    [
        (
            PARTNER,
            OFFICE | REACHED | {"contact_page": "https://example.org/um", "website": SITE},
            ["mailto:um%2Bklimat@example.org", "tel:+48221234567", "https://example.org/um"],
        ),
        (PARTNER, REACHED | {"email": "", "website": SITE}, ["tel:+48221234567"]),
        (PARTNER, OFFICE | {"website": SITE}, ["https://example.org/pnec"]),
        (
            PARTNER | {"contact_page": "https://example.org/o-nas", "email": "pnec@example.org"},
            {"website": SITE},
            ["mailto:pnec@example.org", "https://example.org/o-nas"],
        ),
        ({"partner": "PNEC"}, OFFICE | {"website": SITE}, [SITE]),
    ],
    ids=["office", "without e-mail", "office out of reach", "partner", "site"],
)
def test_pages_lead_to_the_office_else_to_the_partner_else_to_the_site(
    asked, visit, make_practice, country, town, links
):
    deed = asked(country, **town)
    other = make_practice(slug="inna", city=deed.city)
    for page in (deed.city.get_absolute_url(), deed.get_absolute_url()):
        assert ways(visit(page)) == links
    query = f"?p={deed.slug}&p={other.slug}"
    assert ways(visit(f"/pl/porownaj/{query}")) == links * 2
    assert ways(visit(f"/pl/teczka/{query}")) == links * 4  # its sheets, and side by side


def test_nobody_is_named_where_nobody_is_known(asked, visit):
    assert not Asking(asked(**OFFICE).city)
    page = visit("/pl/miasta/wzorowo/")
    assert (page.find("h2", id="ask"), page.find("div", of="office")) == ([], [])


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "pl",
            [
                "Dzień dobry,",
                "",
                "piszę w sprawie praktyki opisanej w serwisie „Miasta prekursorzy”: "
                "„Wzorczyn” (Wzorowo).",
                "{address}",
                "",
                "Źródła nie podają: liczby mieszkańców miasta, kosztu całości, kto zapłacił, "
                "wyniku w liczbach, kiedy się zaczęło. Czy mogą Państwo to uzupełnić?",
            ],
        ),
        (
            "en",
            [
                "Good morning,",
                "",
                "I am writing about “Musterdeed” (Musterton), as the site Precursor Cities "
                "describes it.",
                "{address}",
                "",
                "The sources do not say: how many people live in the town, what the whole cost, "
                "who paid, a result in figures, when it began. Could you tell me?",
            ],
        ),
    ],
)
def test_the_letter_asks_in_the_language_of_the_page_what_sources_leave_open(
    asked, visit, language, lines
):
    deed = asked(**OFFICE | REACHED)
    with override(language):
        path, title = deed.get_absolute_url(), deed.title
    page = visit(path)
    assert page.find("pre", inside="office") == []
    (link,) = [link for link in page.links(inside="office") if link.startswith("mailto:")]
    address, subject, written = letter(link)
    assert (address, subject) == ("um%2Bklimat@example.org", title)
    lines = [line.format(address=site_settings.SITE_URL + path) for line in lines]
    assert [line.replace("\xa0", " ") for line in written] == lines


def test_the_letter_about_a_city_names_it(asked):
    question = Asking(asked(**REACHED).city).question.splitlines()
    assert question[2:] == [
        "piszę w\xa0sprawie miasta opisanego w\xa0serwisie „Miasta prekursorzy”: Wzorowo.",
        f"{site_settings.SITE_URL}/pl/miasta/wzorowo/",
    ]


@pytest.mark.parametrize(
    ("country", "town", "whom", "page"),
    [
        (PARTNER, REACHED | {"website": SITE}, "city", ""),
        (
            PARTNER,
            REACHED | {"contact_page": "https://example.org/um"},
            "city",
            "https://example.org/um",
        ),
        (PARTNER, {"website": SITE}, "country", "https://example.org/pnec"),
        ({"partner": "PNEC"}, {"website": SITE}, None, SITE),
        ({"partner": "PNEC"}, {}, None, ""),
    ],
)
def test_one_asks_the_office_else_the_partner_else_what_the_site_says(country, town, whom, page):
    city = City(country=Country(code="pl", **country), **town)
    asking = Asking(city)
    assert asking.whom is (whom and {"city": city, "country": city.country}[whom])
    assert asking.is_of_partner is (whom == "country")
    assert (asking.page, asking.untold) == (page, "")
    assert bool(asking) is bool(whom or page)


def test_what_no_source_tells_is_worth_telling_where_nobody_can_be_asked(make_practice):
    assert Asking(make_practice())


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_letter_of_a_site_without_an_address_leaves_it_out(settings, asked, language):
    settings.SITE_URL = ""
    with override(language):
        greeting, *lines = Asking(asked(**REACHED).city).question.split("\n")
    assert greeting == {"pl": "Dzień dobry,", "en": "Good morning,"}[language]
    assert lines == ["", lines[1], ""]


@pytest.mark.parametrize(
    ("letters", "subject"), [(80, "x" * 80), (81, "x" * 79 + "…"), (200, "x" * 79 + "…")]
)
def test_a_subject_has_80_letters_at_most(letters, subject):
    assert Asking(City(name_pl="x" * letters)).subject == subject


def test_without_an_address_the_question_is_there_to_be_copied(asked, visit):
    deed = asked(**OFFICE, telephone="+48 22 123 45 67")
    page = visit(deed.get_absolute_url())
    (question,) = page.find("pre", inside="office")
    assert question.text == Asking(deed).question
    assert len(page.find("button", inside="office", **{"data-copy": True})) == 1


def test_a_letter_is_short_enough_for_every_program(asked, make_practice):
    town = asked(**REACHED).city
    practice = make_practice(city=town, title_pl="Żółć " * 40, slug="z" * 80)
    assert len(Asking(practice).mail_link) <= 2_000
    assert "…" in Asking(practice).subject


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("/pl/miasta/wzorowo/", "Sprawdzono 3 maja 2026."), ("/en/cities/wzorowo/", "Checked on")],
)
def test_only_what_was_checked_says_so(asked, visit, path, sentence):
    town = asked(**REACHED).city
    assert sentence not in visit(path).html
    town.contact_checked_on = date(2026, 5, 3)
    town.save()
    assert sentence in visit(path).html


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ("yes", "Miasto przyjmuje wizyty studyjne."),
        ("no", "Miasto nie przyjmuje wizyt studyjnych."),
        ("", None),
    ],
)
def test_study_visits_are_told_where_they_are_known(asked, visit, known, sentence):
    asked(**REACHED, study_visits=known)
    told = visit("/pl/miasta/wzorowo/").texts("p", inside="office")
    assert [text for text in told if "wizyt" in text] == ([sentence] if sentence else [])


def test_the_file_to_take_along_says_whom_to_ask(asked):
    asked(**OFFICE | REACHED)
    made = File(RequestFactory().get("/?p=wzorczyn").GET)
    text = render_to_string("file/odt.html", {"file": made})
    assert "Urząd Miasta</text:p>" in text
    assert "+48 22 123 45 67" in text
    assert 'xlink:href="mailto:um%2Bklimat@example.org?subject=Wzorczyn&amp;body=' in text


def test_a_country_leads_to_its_partner(make_country, visit):
    country = make_country(**PARTNER)
    assert ways(visit("/pl/kraje/pl/")) == [PARTNER["partner_url"]]
    country.office_pl, country.email = "PNEC, biuro", "pnec@example.org"
    country.save()
    page = visit("/pl/kraje/pl/")
    assert page.texts("p", inside="office") == ["PNEC, biuro"]
    assert ways(page) == ["mailto:pnec@example.org", PARTNER["partner_url"]]


@pytest.mark.usefixtures("programme")
def test_every_city_of_the_programme_leads_somewhere(client):
    cities = City.objects.published()
    assert len(cities) == 37
    silent = [
        city.slug
        for city in cities
        if 'class="office"' not in client.get(city.get_absolute_url()).text
    ]
    assert silent == []
    astray = [city.slug for city in cities if not (Asking(city).whom or city.website)]
    assert astray == []
