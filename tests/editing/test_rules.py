"""The rules of the checklist at their edges: what is still well, and what is not any more."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from cities.editing import checklist
from cities.editing.saving import saving
from cities.models import CheckedLink, City, Country, Finding, Rule

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def found(page, *rules):
    """Return what these rules find on a page as it is, stored or not."""
    told = [(each.rule, each.column, each.detail) for each in checklist.findings(page)]
    return [(column, detail) for rule, column, detail in told if rule in rules]


@pytest.fixture
def city():
    """A city that is not stored: of its own words alone something can be found."""
    return in_memory()


def in_memory(country="pl", **fields):
    place = {"latitude": Decimal("52.2"), "longitude": Decimal("20.9")}
    return City(pk=7, country=Country(pk=7, code=country), **place | fields)


def words(count):
    return " ".join(["Słowo", *["słowo"] * (count - 1)])


@pytest.mark.parametrize(
    ("text", "is_long"),
    [
        (f"{words(30)}.", False),
        (f"{words(31)}.", True),
        *((f"{words(20)}{end} {words(20)}.", False) for end in (".", "!", "?", "…")),
        *((f"{words(20)}.{mark} {words(20)}.", False) for mark in ("”", '"', "’", ")")),
        (f"{words(20)}. {words(20).lower()}.", True),
        (f"{words(20)}, {words(20)}.", True),
        (f"{words(20)}. „{words(20)}.", False),
        (f"{words(20)}. 12 {words(20)}.", False),
        (f"{words(20)}. {'1 ' * 12}{words(10)}.", True),  # a table of contents is no sentence
        (f"{words(31)}. Koniec.", True),
        *((f"<{tag}>{words(20)}</{tag}><p>{words(20)}</p>", False) for tag in ("p", "h3", "h4")),
        (f"<ul><li>{words(20)}</li><li>{words(20)}</li></ul>", False),
        (f"<p>{words(20)}<br>{words(20)}</p>", False),
        (f"<p>{words(20)} <em>{words(20)}</em></p>", True),
    ],
)
def test_a_sentence_is_too_long_beyond_thirty_words(city, text, is_long):
    city.profile_pl = city.profile_en = text
    columns = [f"city.profile_{code}" for code in ("pl", "en")] if is_long else []
    told = found(city, Rule.SENTENCE)
    assert [column for column, _detail in told] == columns
    assert {detail for _column, detail in told} <= {f"{words(8)}…"}


@pytest.mark.parametrize(
    "words",
    [
        *("tu", "tutaj", "kliknij", "kliknij tutaj", "więcej", "czytaj więcej", "link"),
        *("here", "click here", "this", "this page", "more", "read more"),
        *("Tutaj", "więcej »", "here.", "more>", " more "),
    ],
)
def test_a_link_says_where_it_leads(city, words):
    told = words.strip(" .»>")
    for link, is_vague in ((words, True), (f"Raport o {words}", False), ("tu i teraz", False)):
        city.profile_pl = f'<p><a href="/pl/">{link}</a></p>'
        assert found(city, Rule.LINK_TEXT) == ([("city.profile_pl", told)] if is_vague else [])


@pytest.mark.parametrize(
    ("html", "skips"),
    [
        ("<h3>A</h3><h4>B</h4><h4>C</h4><h3>D</h3><h4>E</h4>", []),
        ("<h4>A</h4><h4>B</h4><h3>C</h3><h4>D</h4>", ["A"]),
        ("<h4>A b</h4><h3>C</h3>", ["A b"]),
    ],
)
def test_a_heading_stands_at_most_one_level_below_the_one_before(city, html, skips):
    city.profile_en = html
    assert found(city, Rule.HEADING) == [("city.profile_en", skip) for skip in skips]


@pytest.mark.parametrize(("days", "is_asked"), [(730, False), (731, True)])
def test_an_address_is_checked_every_two_years(days, is_asked):
    city = in_memory(office_pl="Urząd", email="a@b.example")
    day = city.contact_checked_on = TODAY - timedelta(days=days)
    told = [("city.contact_checked_on", str(day))] if is_asked else []
    assert found(city, Rule.OFFICE, Rule.ADDRESS, Rule.UNCHECKED) == told


@pytest.mark.parametrize(
    ("office", "told"),
    [
        ({}, [("city.office_pl", "")]),
        ({"office_en": "Office"}, [("city.email", "")]),
        (
            {"office_pl": "Urząd", "contact_page": "https://a.example/"},
            [("city.contact_checked_on", "")],
        ),
        ({"email": "a@b.example"}, [("city.office_pl", ""), ("city.contact_checked_on", "")]),
    ],
)
def test_of_an_office_its_name_and_a_way_to_it_are_asked(office, told):
    assert found(in_memory(**office), Rule.OFFICE, Rule.ADDRESS, Rule.UNCHECKED) == told


def test_a_journey_has_four_to_seven_stops(make_city, make_journey):
    journey, told = make_journey(), {}
    with saving():
        for count in range(1, 9):
            journey.stops.create(city=make_city(), position=count)
            told[count] = found(journey, Rule.STOPS)
    assert [count for count, faults in told.items() if faults] == [1, 2, 3, 8]
    assert told[8] == [("", "8")]


@pytest.mark.parametrize(("country", "is_told"), [("pl", True), ("us", False)])
def test_a_position_is_asked_of_countries_whose_border_is_known(country, is_told):
    city = in_memory(country, latitude=10, longitude=10)
    assert found(city, Rule.POSITION) == ([("city.latitude", "10, 10")] if is_told else [])


@pytest.mark.parametrize(
    ("unit", "counted", "told"),
    [
        ("count", {"counted_pl": "aut", "counted_en": "cars"}, []),
        ("count", {"counted_pl": "aut"}, ["indicator.counted_en"]),
        ("km", {}, []),
    ],
)
def test_what_is_counted_is_told_in_every_language(make_indicator, unit, counted, told):
    figure = make_indicator(unit=unit, **counted)
    places = found(figure.practice, Rule.FIGURE, Rule.TRANSLATION)
    assert places == [(column, str(figure)) for column in told]


@pytest.mark.parametrize(
    ("alt", "decorative", "told"),
    [
        ({"alt_pl": "Rynek", "alt_en": "The square"}, False, []),
        ({"alt_pl": "Rynek", "alt_en": ""}, False, ["photo.alt_en"]),
        ({"alt_pl": "Rynek", "alt_en": ""}, True, []),
        ({"alt_pl": "", "alt_en": ""}, True, []),
    ],
)
def test_a_photo_is_described_or_decorative(make_photo, alt, decorative, told):
    photo = make_photo(decorative=decorative, **alt)
    assert found(photo.city, Rule.PHOTO) == [(column, str(photo)) for column in told]


def test_what_is_told_in_one_language_is_asked_in_the_others(make_practice):
    practice = make_practice(led_by_pl="Urząd", lessons_en="<p>A</p>")
    assert found(practice, Rule.TRANSLATION) == [
        ("practice.lessons_pl", ""),
        ("practice.led_by_en", ""),
    ]


def test_a_finding_holds_as_much_of_an_address_as_fits(city):
    url = "https://example.org/" + "a" * 300
    CheckedLink.objects.create(url=url, failures=2)
    CheckedLink.objects.create(url="https://example.org/", failures=2)  # which nobody links to
    city.profile_pl = f'<p><a href="{url}">Raport</a></p>'
    assert found(city, Rule.LINK) == [("", url[:250])]


def test_all_pages_are_asked_anew_some_at_a_time(make_city, monkeypatch):
    monkeypatch.setattr(checklist, "CHUNK", 2)
    for _n in range(3):
        make_city()
    before = list(Finding.objects.values_list("city", "practice", "rule").order_by("pk"))
    Finding.objects.all().delete()
    checklist.refresh_all_findings()
    checklist.refresh_all_findings()
    after = list(Finding.objects.values_list("city", "practice", "rule"))
    assert sorted(after, key=str) == sorted(before, key=str)
