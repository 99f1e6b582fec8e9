"""The accessibility statement, by the Polish ministry's “Warunki techniczne…” 2.0."""

from datetime import date

import pytest

pytestmark = pytest.mark.django_db

# What the ministry's checker looks for, in the order of the model.
REQUIRED = ["wstep", "podmiot", "zakres", "url", "data-publikacja", "data-aktualizacja", "status"]
REQUIRED += ["data-sporzadzenie", "kontakt", "email", "telefon", "procedura", "aplikacje"]
REQUIRED += ["architektura", "komunikacja"]
HEADINGS = [
    "Stan dostępności cyfrowej",
    "Przygotowanie deklaracji dostępności i jej aktualizacja",
    "Udogodnienia, ograniczenia i inne informacje",
    "Skróty klawiszowe",
    "Informacje zwrotne i dane kontaktowe",
    "Obsługa wniosków i skarg związanych z dostępnością",
    "Pozostałe informacje",
]
STATEMENTS = {"pl": "/pl/dostepnosc/", "en": "/en/accessibility/"}
both_languages = pytest.mark.parametrize("language", STATEMENTS)


def ids(page):
    found = (element.attributes.get("id") or "" for element in page.elements)
    return [name.removeprefix("a11y-") for name in found if name.startswith("a11y-")]


@both_languages
def test_it_has_the_parts_that_the_model_requires_in_its_order(visit, language):
    assert ids(visit(STATEMENTS[language])) == ["deklaracja", *REQUIRED]


def test_its_headings_are_those_of_the_model(visit):
    headings = [" ".join(text.split()) for text in visit(STATEMENTS["pl"]).texts("h2")]
    assert headings == HEADINGS


@both_languages
def test_what_the_operator_has_not_given_is_not_claimed(visit, language):
    page = visit(STATEMENTS[language])
    unknown = {"pl": "jeszcze nie podano", "en": "not given yet"}[language]
    (body,) = page.texts("dd", id="a11y-podmiot")
    assert body == unknown
    assert page.find("time") == []
    for name in ("data-publikacja", "data-aktualizacja", "data-sporzadzenie", "email"):
        assert page.texts("span", id=f"a11y-{name}") == [unknown]


@pytest.mark.parametrize(("language", "day"), [("pl", "1 marca 2027"), ("en", "1 March 2027")])
def test_what_the_operator_has_given_stands_there(settings, visit, language, day):
    settings.OPERATOR_NAME, settings.OPERATOR_EMAIL = "Gmina Wzorowo", "biuro@example.org"
    settings.SITE_PUBLISHED_ON = settings.SITE_CHANGED_ON = date(2027, 3, 1)
    settings.STATEMENT_MADE_ON = settings.STATEMENT_REVIEWED_ON = date(2027, 3, 1)
    page = visit(STATEMENTS[language])
    assert page.texts("dd", id="a11y-podmiot") == ["Gmina Wzorowo"]
    assert page.links(id="a11y-email") == ["mailto:biuro@example.org"]
    times = {e.attributes["id"].removeprefix("a11y-data-"): e for e in page.find("time")}
    assert list(times) == ["publikacja", "aktualizacja", "sporzadzenie", "przeglad"]
    for element in times.values():
        assert (element.text, element.attributes["datetime"]) == (day, "2027-03-01")


@both_languages
def test_every_page_tells_machines_where_it_is(settings, visit, make_city, language):
    make_city(slug="wzorowo")
    paths = {"pl": ["/pl/", "/pl/miasta/wzorowo/"], "en": ["/en/", "/en/cities/wzorowo/"]}
    for path in [*paths[language], STATEMENTS[language]]:
        (meta,) = visit(path).find("meta", name="deklaracja-dostępności")
        assert meta.attributes["content"] == settings.SITE_URL + STATEMENTS[language]
