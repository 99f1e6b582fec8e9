"""What somebody did is kept by the names of columns and read in the language of the reader."""

import json
from datetime import UTC, datetime

import pytest
from django.utils import translation
from editing import edit

from cities.editing import deeds, history
from cities.models import Source

CITY = {"of": "cities.city"}
SOURCE = {"of": "cities.source", "name": "", "object": "GUS"}
OLD = {"name": "city", "object": "X"}  # as Django itself keeps it


@pytest.mark.parametrize(
    ("deed", "polish", "english"),
    [
        ({"added": {}}, "Dodano.", "Added."),
        (
            {"changed": CITY | {"fields": ["summary_pl", "region_en"]}},
            "Zmieniono: Streszczenie [pl] i Region [en].",
            "Changed Summary [pl] and Region [en].",
        ),
        ({"changed": {"fields": ["Password"]}}, "Zmieniono: Hasło.", "Changed Password."),
        ({"changed": CITY | {"fields": ["gone"]}}, "Zmieniono: Gone.", "Changed Gone."),
        ({"added": SOURCE}, "Dodano: źródło „GUS”.", "Added source “GUS”."),
        (
            {"changed": SOURCE | {"fields": ["title"]}},
            "Zmieniono: źródło „GUS” (Tytuł lub wydawca).",
            "Changed Title or publisher for source “GUS”.",
        ),
        ({"deleted": SOURCE}, "Usunięto: źródło „GUS”.", "Deleted source “GUS”."),
        ({"added": OLD}, "Dodano: miasto „X”.", "Added city “X”."),
        ({"deleted": OLD}, "Usunięto: miasto „X”.", "Deleted city “X”."),
        ("Słowa.", "Słowa.", "Słowa."),
    ],
)
def test_a_deed_is_told_in_the_language_of_the_reader(deed, polish, english):
    for language, told in (("pl", polish), ("en", english)):
        with translation.override(language):
            assert deeds.told(json.dumps([deed])) == told


@pytest.mark.parametrize(
    ("msgid", "values", "polish", "english"),
    [
        ("Deleted", {}, "Usunięto", "Deleted"),
        (
            "As the city says (%(city)s): %(items)s.",
            {"city": "Łódź", "items": "Rola"},
            "Według miasta (Łódź): Rola.",
            "As the city says (Łódź): Rola.",
        ),
        (
            "Brought back as of %(moment)s",
            {"moment": "2026-03-05T12:30:00+00:00"},
            "Przywrócono stan z 5 marca 2026 13:30",
            "Brought back as of March 5, 2026, 1:30 p.m.",
        ),
        (
            "Status: %(status)s",
            {"status": "review"},
            "Status: do sprawdzenia",
            "Status: in review",
        ),
    ],
)
def test_a_note_is_filled_in_as_the_reader_writes_it(msgid, values, polish, english):
    kept = deeds.note(msgid, **values)
    assert "\\u" not in kept  # readable in the table, too
    for language, told in (("pl", polish), ("en", english)):
        with translation.override(language):
            assert deeds.told(kept).replace("\xa0", " ") == told


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ([], ""),
        (["", ""], ""),
        (["Słowa"], "Słowa"),
        (["", deeds.note("Deleted")], "Usunięto"),
        (["Słowa.", "Więcej"], "Słowa. Więcej"),
        ([deeds.note("Deleted"), "", "Słowa"], "Usunięto Słowa"),
        ([deeds.note("Deleted"), deeds.note("Deleted"), "Słowa"], "Usunięto Usunięto Słowa"),
    ],
)
def test_what_was_done_one_after_another_is_told_as_one(kept, told):
    joined = deeds.joined(*kept)
    assert deeds.told(joined) == told
    assert "\\u" not in joined


@pytest.mark.parametrize(
    ("kept", "told"),
    [("[]", "Nic się nie zmieniło."), ("[w nawiasie", "[w nawiasie"), ("Słowa", "Słowa")],
)
def test_what_is_no_list_of_deeds_is_told_as_it_is(kept, told):
    assert deeds.told(kept) == told


@pytest.mark.django_db
def test_a_form_keeps_what_was_done_to_a_page_and_each_of_its_parts(admin_client, make_city):
    city = make_city(publish_at=datetime(2020, 1, 31, tzinfo=UTC))
    for title in ("Strategia", "Plan"):
        Source.objects.create(city=city, title=title)
    changes = {
        "initial-publish_at_0": "2020-01-31",  # as a browser has it
        "initial-publish_at_1": "01:00:00",
        "region_pl": "Mazowsze",
        "population": "41000",
        "sources-TOTAL_FORMS": "3",
        "sources-0-title": "Strategia 2030",
        "sources-1-DELETE": "on",
        "sources-2-title": "Raport",
        "sources-2-position": "0",
    }
    edit(admin_client, city, **changes)
    source = {"of": "cities.source", "name": ""}
    assert json.loads(history.versions(city)[0].revision.comment) == [
        {"changed": {"of": "cities.city", "fields": ["region_pl", "population"]}},
        {"added": source | {"object": "Raport"}},
        {"changed": source | {"object": "Strategia 2030", "fields": ["title"]}},
        {"deleted": source | {"object": "Plan"}},
    ]
