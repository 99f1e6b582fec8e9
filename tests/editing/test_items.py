"""What the office of a city is asked: each item, its words and the columns in which it stands."""

import pytest
from django.utils import translation

from cities.editing.items import items_of, pages_of
from cities.models import City, Indicator, Practice

COLUMNS = {
    "name": ["name_pl", "name_en"],
    "local_name": ["local_name"],
    "region": ["region_pl", "region_en"],
    "summary": ["summary_pl", "summary_en"],
    "role": ["role", "role_note_pl", "role_note_en"],
    "population": ["population", "population_year", "population_source"],
    "website": ["website"],
    "office": ["office_pl", "office_en"],
    "email": ["email"],
    "telephone": ["telephone"],
    "contact_page": ["contact_page"],
    "study_visits": ["study_visits"],
    "texts": [],
    "title": ["title_pl", "title_en"],
    "stage": ["stage"],
    "years": ["first_year", "last_year"],
    "led_by": ["led_by_pl", "led_by_en"],
    "payers": [
        "paid_own", "paid_region", "paid_state", "paid_eu", "paid_eea", "paid_company",
        "paid_residents", "payers_in_part",
    ],
    "figure": ["value", "value_to", "qualifier", "unit", "year"],
}  # fmt: skip


CONTACT = ["website", "office", "email", "telephone", "contact_page"]


def asked(page, language):
    """Return (name, label, what is said, language of that) of each item, for reading."""
    with translation.override(language):
        told = ((item.name, item.label, item.said, item.language) for item in items_of(page))
        return [tuple(words.replace("\xa0", " ") for words in each) for each in told]


@pytest.fixture
def city():
    return City(
        pk=7,
        name_pl="Łódź",
        name_en="Lodz",
        local_name="Łódź",
        region_pl="łódzkie",
        summary_pl="Opis.",
        summary_en="Text.",
        role="precursor",
        role_note_pl="Od 2019.",
        population=43000,
        population_year=2021,
        population_source="GUS",
        website="https://a.example/",
        office_pl="Urząd",
        office_en="Office",
        email="a@b.example",
        telephone="+48 22 123 45 67",
        contact_page="https://a.example/k",
        study_visits="yes",
        profile_en="<p>A</p>",
    )


@pytest.fixture
def practice(make_practice):
    practice = make_practice(
        title_pl="Tramwaj",
        title_en="Tram",
        summary_en="",
        stage="operation",
        first_year=2012,
        last_year=2015,
        led_by_pl="Urząd",
        paid_own=True,
        paid_eu=True,
        payers_in_part=True,
        lessons_en="<p>A</p>",
    )
    told = {"evidence": "measured", "unit": "km"}
    practice.indicators.create(label_pl="Sieć", label_en="Lines", value=12, year=2020, **told)
    practice.indicators.create(label_pl="Trasa", label_en="Line", value=5, **told)
    return practice


OWN_PL = "własny budżet gminy i Unia Europejska"
OWN_EN = "the municipality’s own budget and the European Union"
REST = ("Cała reszta strony, razem z dłuższymi tekstami.", "")


@pytest.mark.parametrize(
    ("language", "items"),
    [
        (
            "pl",
            [
                ("name", "Nazwa", "Łódź", ""),
                ("local_name", "Nazwa w miejscowym języku", "Łódź", ""),
                ("region", "Region", "łódzkie", ""),
                ("summary", "Streszczenie", "Opis.", ""),
                ("role", "Rola", "Miasto prekursor. Od 2019.", ""),
                ("population", "Liczba mieszkańców", "43 000 (2021; GUS)", ""),
                ("website", "Strona internetowa", "https://a.example/", ""),
                ("office", "Urząd lub instytucja", "Urząd", ""),
                ("email", "Adres e-mail", "a@b.example", ""),
                ("telephone", "Telefon", "+48 22 123 45 67", ""),
                ("contact_page", "Strona urzędu", "https://a.example/k", ""),
                ("study_visits", "Wizyty studyjne", "przyjmuje wizyty studyjne", ""),
                ("texts", "Reszta", *REST),
            ],
        ),
        (
            "en",
            [
                ("name", "Name", "Lodz", ""),
                ("local_name", "Name in the local language", "Łódź", ""),
                ("region", "Region", "łódzkie", "pl"),
                ("summary", "Summary", "Text.", ""),
                ("role", "Role", "Precursor city. Od 2019.", ""),
                ("population", "Population", "43,000 (2021; GUS)", ""),
                ("website", "Website", "https://a.example/", ""),
                ("office", "Office to ask", "Office", ""),
                ("email", "E-mail", "a@b.example", ""),
                ("telephone", "Telephone", "+48 22 123 45 67", ""),
                ("contact_page", "Page of the office", "https://a.example/k", ""),
                ("study_visits", "Study visits", "receives study visits", ""),
                ("texts", "The rest", "All the rest of the page, with its longer texts.", ""),
            ],
        ),
    ],
)
def test_the_office_is_asked_about_all_that_the_site_says_of_a_city(city, language, items):
    assert asked(city, language) == items


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "items"),
    [
        (
            "pl",
            [
                ("title", "Tytuł", "Tramwaj", ""),
                ("summary", "Streszczenie", "Co zrobiono.", ""),
                ("stage", "Etap", "działa", ""),
                ("years", "Lata", "2012–2015", ""),
                ("led_by", "Kto prowadził", "Urząd", ""),
                ("payers", "Kto zapłacił", f"między innymi: {OWN_PL}", ""),
                ("figure", "Sieć", "12 km, 2020, zmierzone", ""),
                ("figure", "Trasa", "5 km, zmierzone", ""),
                ("texts", "Reszta", *REST),
            ],
        ),
        (
            "en",
            [
                ("title", "Title", "Tram", ""),
                ("summary", "Summary", "Co zrobiono.", "pl"),
                ("stage", "Stage", "in operation", ""),
                ("years", "Years", "2012–2015", ""),
                ("led_by", "Who led it", "Urząd", "pl"),
                ("payers", "Paid by", f"among others {OWN_EN}", ""),
                ("figure", "Lines", "12 km, 2020, measured", ""),
                ("figure", "Line", "5 km, measured", ""),
                ("texts", "The rest", "All the rest of the page, with its longer texts.", ""),
            ],
        ),
    ],
)
def test_the_office_is_asked_about_all_that_the_site_says_of_a_practice(practice, language, items):
    assert asked(practice, language) == items


def test_an_item_knows_its_columns_and_whether_it_is_a_figure(city, db, practice):
    items = [*items_of(city), *items_of(practice)]
    assert {item.name: item.columns for item in items} == COLUMNS
    assert {item.name for item in items if item.is_figure} == {"population", "figure"}
    keys = [item.key for item in items_of(city)]
    assert keys[:2] == ["city-7-name", "city-7-local_name"]
    figures = Indicator.objects.order_by("pk").values_list("pk", flat=True)
    own = [item.key for item in items_of(practice) if item.name == "figure"]
    assert own == [f"indicator-{pk}-figure" for pk in figures]


@pytest.mark.parametrize(
    ("page", "names"),
    [
        (
            City(pk=7, name_pl="Łódź", role="precursor"),
            ["name", "role", "population", *CONTACT, "study_visits"],
        ),
        (
            Practice(pk=8, title_pl="Tramwaj", stage="planned"),
            ["title", "stage", "years", "led_by", "payers"],
        ),
    ],
)
@pytest.mark.django_db
def test_of_what_the_site_does_not_say_it_asks_what_any_office_knows(page, names):
    assert [item.name for item in items_of(page)] == names


@pytest.mark.django_db
def test_the_office_is_asked_about_the_practices_that_visitors_see_in_their_order(
    make_city, make_practice
):
    city = make_city()
    make_practice(city=city, status="draft")
    make_practice()
    last, first = (make_practice(city=city, title_pl=title) for title in ("Żagle", "Łąka"))
    assert pages_of(city) == [city, first, last]
