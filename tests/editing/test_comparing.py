"""What differs between two states of a page, as its editor reads it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from cities.editing import history
from cities.models import City, Event, Indicator, Photo, Practice, Source

REQUIRED = {
    Source: {"title": "GUS"},
    Indicator: {"label_pl": "Sieć", "label_en": "Network", "unit": "km", "value": 1},
}
MARCH = datetime(2026, 3, 5, 12, tzinfo=UTC)


def told(old, new, language="pl"):
    with translation.override(language):
        return [
            (label.replace("\xa0", " "), "".join(f"[{kind}: {text}]" for kind, text in words))
            for label, words in history.differences(old, new)
        ]


@pytest.mark.parametrize(
    ("kind", "old", "new", "polish", "english"),
    [
        (City, {"population": None}, {"population": 41000}, "[new: 41000]", "[new: 41000]"),
        (
            City,
            {"latitude": Decimal("52.20000")},
            {"latitude": Decimal(10)},
            "[gone: 52,2][new: 10]",
            "[gone: 52.2][new: 10]",
        ),
        (
            City,
            {"review_by": date(2026, 3, 5)},
            {"review_by": None},
            "[gone: 5 marca 2026]",
            "[gone: 5 March 2026]",
        ),
        (
            City,
            {"publish_at": MARCH},
            {"publish_at": MARCH.replace(day=6)},
            "[gone: 5][new: 6][same:  marca 2026 13:00]",
            "[same: March ][gone: 5][new: 6][same: , 2026, 1 p.m.]",
        ),
        (
            City,
            {"study_visits": "yes"},
            {"study_visits": ""},
            "[gone: przyjmuje wizyty studyjne][new: nie wiadomo]",
            "[gone: receives study visits][new: not known]",
        ),
        (
            Practice,
            {"energy": True},
            {"energy": False},
            "[gone: tak][new: nie]",
            "[gone: yes][new: no]",
        ),
        (City, {"profile_pl": "<p>A&amp;B</p>"}, {"profile_pl": ""}, "[gone: A&B]", "[gone: A&B]"),
        (
            City,
            {"profile_pl": "<p>A</p><ul><li>B</li></ul><p>C<br>D</p>"},
            {"profile_pl": "<h3>A</h3><h4>B</h4><p>C</p><p>D</p>"},
            "[same: Różnią się tylko nagłówki, listy albo wyróżnienia.]",
            "[same: Only headings, lists or emphasis differ.]",
        ),
        (Source, {"url": "https://a.example/"}, {"url": ""}, *["[gone: https://a.example/]"] * 2),
        (
            Indicator,
            {"value": Decimal("1200.500")},
            {"value": Decimal("1000.000")},
            "[gone: 1200,5][new: 1000]",
            "[gone: 1200.5][new: 1000]",
        ),
    ],
)
def test_a_value_is_told_as_readers_see_it(kind, old, new, polish, english):
    before, after = (kind(pk=1, **REQUIRED.get(kind, {}) | values) for values in (old, new))
    for language, words in (("pl", polish), ("en", english)):
        ((_label, difference),) = told([before], [after], language)
        assert difference == words


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        (
            "pl",
            [
                "Streszczenie [pl]",
                "Wskaźnik „Sieć: 2 km”: Wartość",
                "Źródło „GUS”: Tytuł lub wydawca",
            ],
        ),
        (
            "en",
            [
                "Summary [pl]",
                "Indicator “Network: 2 km”: Value",
                "Source “GUS”: Title or publisher",
            ],
        ),
    ],
)
def test_each_part_is_named_with_what_changed_in_it(language, labels):
    page, figure, source = Practice(pk=9), REQUIRED[Indicator], Source(pk=1, title="Bank")
    old = [source, Indicator(pk=5, **figure), page]
    page = Practice(pk=9, summary_pl="Nowe.")
    new = [Source(pk=1, title="GUS"), Indicator(pk=5, **figure | {"value": 2}), page]
    assert [label for label, _words in told(old, new, language)] == labels


def test_parts_that_came_and_went_are_told_in_their_order():
    page = City(pk=1)
    old = [page, Source(pk=3, title="C"), Source(pk=1, title="A")]
    new = [Photo(pk=1, alt_pl="Rynek"), Source(pk=2, title="B"), page]
    assert told(old, new) == [
        ("Źródło", "[gone: A]"),
        ("Źródło", "[new: B]"),
        ("Źródło", "[gone: C]"),
        ("Zdjęcie", "[new: Rynek]"),
    ]
    assert told(new, old)[::3] == [("Źródło", "[new: A]"), ("Zdjęcie", "[gone: Rynek]")]


@pytest.mark.parametrize(
    "changes",
    [{"changed_on": date(2026, 3, 5)}, {"sort_pl": "x"}, {"made_from": {"en": {}}}],
    ids=str,
)
def test_what_nobody_writes_is_no_difference(changes):
    assert told([City(pk=1)], [City(pk=1, **changes)]) == []


@pytest.mark.django_db
def test_a_record_is_called_by_its_name_and_by_its_number_once_it_is_gone(make_city):
    city = make_city(name_pl="Kutno")
    old, new = Event(pk=1, city=city), Event(pk=1)
    assert told([old], [new]) == [("Miasto", "[gone: Kutno]")]
    gone = Event(pk=1, city_id=city.pk + 1)
    assert told([gone], [new]) == [("Miasto", f"[gone: {city.pk + 1}]")]


@pytest.mark.parametrize(
    ("same", "shown"),
    [
        ("a " * 25, "a " * 25),
        ("b" + " a" * 25, "b" + " a" * 12 + " … " + "a" + " a" * 12),
        ("b" + " a" * 2_000, "b" + " a" * 12 + " … " + "a" + " a" * 12),
    ],
    ids=["fifty", "one more", "a long text"],
)
def test_what_stays_is_shortened_to_what_stands_beside_a_change(same, shown):
    assert history.compare(f"{same}!", f"{same}?") == [
        ("same", shown), ("gone", "!"), ("new", "?"),
    ]  # fmt: skip
    assert history.compare(f"!{same}", f"?{same}") == [
        ("gone", "!"), ("new", "?"), ("same", shown),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [10, 2_000])
def test_a_word_said_once_more_is_all_that_is_new(count):
    told = history.compare("raz " * count, "raz " * (count + 1))
    assert [part for part in told if part[0] != "same"] == [("new", "raz ")]
