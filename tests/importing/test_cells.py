"""What stands in a cell, read for its column: choices, records, days, numbers, identifiers."""

import re
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils import translation

from cities.importing import cells
from cities.models import City, Payer, Topic

TEXT, NUMBER, DAY, TICK = None, cells.WholeNumber(), cells.Day(), cells.Tick()
UNCALCULATED = "The formula in cell B7 was never calculated."
ODD = "A spreadsheet program has made something else of this cell: {}."


def read(value, widget):
    """Return what a cell becomes in its column."""
    taken = cells.taken(cells.from_json(value), widget)
    return widget.clean(taken) if widget else taken


def told(value, widget):
    """Return what is told of a cell that its column does not hold."""
    with translation.override("en"), pytest.raises(ValueError, match=r".") as error:
        read(value, widget)
    return str(error.value)


@pytest.mark.parametrize(
    ("value", "widget", "known"),
    [
        ("  Łódź \n", TEXT, "Łódź"),
        ("'=1", TEXT, "=1"),
        (2030, TEXT, "2030"),
        (Decimal("1.50"), TEXT, "1.50"),
        (Decimal("1E+3"), TEXT, "1000"),
        ("#1 in the region", TEXT, "#1 in the region"),
        ("x" * 32_766, TEXT, "x" * 32_766),
        ({"day": "2024-03-12"}, DAY, date(2024, 3, 12)),
        (1200, NUMBER, 1200),
        (Decimal("1200"), NUMBER, 1200),
        ("1 200", NUMBER, 1200),
        ("", NUMBER, None),
        ("", DAY, None),
        (True, TICK, True),
        (1, TICK, True),
        ("Nie", TICK, False),
    ],
)
def test_a_cell_is_read_as_its_column_wants_it(value, widget, known):
    assert read(value, widget) == known


@pytest.mark.parametrize(
    ("value", "widget", "reason"),
    [
        ({"formula": "B7"}, TEXT, UNCALCULATED),
        ({"formula": "B7"}, NUMBER, UNCALCULATED),
        ({"day": "2024-03-12"}, TEXT, ODD.format("2024-03-12")),
        ({"day": "2024-03-12"}, NUMBER, ODD.format("2024-03-12")),
        ({"moment": "2024-03-12 14:30"}, DAY, ODD.format("2024-03-12 14:30")),
        ({"time": "12:05:00"}, TEXT, ODD.format("12:05:00")),
        (True, TEXT, ODD.format("True")),
        (False, NUMBER, ODD.format("False")),
        ("#REF!", TEXT, "The formula of this cell has failed: #REF!."),
        ("x" * 32_767, TEXT, "This text is cut off: spreadsheet programs keep 32767 characters"),
        ("12,5", NUMBER, "Enter a whole number."),
        ("maybe", TICK, "“maybe” is neither 1 nor 0."),
        (2, TICK, "“2” is neither 1 nor 0."),
    ],
)
def test_what_a_column_does_not_hold_is_told(value, widget, reason):
    assert told(value, widget).startswith(reason)


CHOICES = [("", "–"), ("b", "Bee"), ("a", "b"), ("c", "Sea")]


@pytest.mark.parametrize(
    ("words", "choice"), [("b", "b"), ("B", "b"), ("bee", "b"), ("SEA", "c"), ("", ""), ("–", "")]
)
def test_a_choice_is_named_by_its_key_before_the_name_of_another(words, choice):
    assert cells.Choice(CHOICES).clean(words) == choice


def test_what_is_no_choice_is_told_with_all_that_are():
    assert told("Dee", cells.Choice(CHOICES)) == "“Dee” is none of: Bee (b), b (a), Sea (c)."


def test_several_choices_stand_in_the_order_of_their_list():
    payers = cells.Choices(Payer)
    first, second, *_rest, last = Payer
    assert payers.clean(f" {last}| |{first.value.upper()}|{second.label}|{first}") == [
        first, second, last,
    ]  # fmt: skip
    assert payers.clean("") == []
    assert payers.render([first, last]) == f"{first}|{last}"
    assert payers.render(None) == ""
    reason = told(f"b|a|{first}", payers)
    assert reason.startswith("“a” is none of: ")
    assert re.findall(r"\((\w+)\)", reason) == Payer.values


@pytest.mark.django_db
def test_several_records_stand_in_their_own_order_once_and_no_more_than_may(make_topic):
    second, first, other = (make_topic(slug=slug) for slug in ("woda", "energia", "las"))
    topics = cells.Keys(Topic, "slug", 3)
    assert topics.clean(" Energia |woda||energia") == [first, second]
    assert topics.render([first, second]) == "energia|woda"
    assert (topics.clean(" | "), topics.render(None)) == ([], "")
    assert topics.clean("las|las|woda|energia|woda") == [other, second, first]
    assert told("energia|woda|las|a", topics) == "At most 3 can stand here, not 4."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("ELK", "elk"),
        ("ełk", "elk"),
        ("Lyck", "elk"),
        ("Kutno", None),  # there are two of this name
        ("Nigdzie", None),
    ],
)
def test_a_record_is_named_by_its_key_or_by_a_name_that_no_other_has(make_city, words, slug):
    make_city(slug="elk", name_pl="Ełk", name_en="Lyck")
    make_city(slug="kutno-1", name_pl="Kutno", name_en="Kutno")
    make_city(slug="kutno-2", name_pl="Nowe Kutno", name_en="Kutno")
    widget = cells.Key(City, "slug")
    if slug:
        assert read(words, widget).slug == slug
    else:
        assert told(words, widget) == f"There is no city “{words}”."


@pytest.mark.django_db
def test_what_is_anothers_is_no_record_for_an_editor(make_editor, make_city):
    ulm, theirs, every = make_city("de", slug="ulm"), *(cells.Key(City, "slug") for _ in "ab")
    theirs.user, every.user = make_editor(), make_editor("publisher", countries=[])
    assert told("ulm", theirs) == "There is no city “ulm” among what is yours to edit."
    assert read("ulm", every) == ulm
    assert told("nic", every) == "There is no city “nic”."


def test_an_identifier_is_a_uuid_or_blank():
    widget = cells.Identifier()
    word = "0b9e3c1e-6d52-4b8e-9d0a-3c9f0c7d2a11"
    assert (widget.clean(word), widget.clean(""), widget.clean(None)) == (UUID(word), None, None)
    assert widget.render(UUID(word)) == word
    reason = "“lodz” is no identifier. Leave it blank for a new record."
    assert told("lodz", widget) == reason
