"""What is to be translated: each text with its source and state, counted, narrowed and in order."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from cities.editing import drafts, translating
from cities.editing.saving import saving
from cities.editing.translating import NO_COUNTRY, Text
from cities.models import City, Freshness, Practice

pytestmark = pytest.mark.django_db

FOUR = [("pl", "Polish"), ("en", "English"), ("de", "German"), ("uk", "Ukrainian")]


@pytest.mark.parametrize(
    ("told", "language", "source"),
    [
        ("pl en de uk", "uk", "pl"),
        ("en de uk", "uk", "en"),
        ("de uk", "uk", "de"),
        ("uk", "uk", "pl"),
        ("", "uk", "pl"),
        ("pl en de", "pl", "en"),
        ("pl de", "pl", "de"),
        ("", "pl", "en"),
        ("pl de", "en", "pl"),
        ("de", "en", "de"),
    ],
)
def test_a_text_is_translated_from_polish_else_english_else_any(settings, told, language, source):
    settings.LANGUAGES = FOUR
    part = SimpleNamespace(**{f"text_{code}": code * (code in told) for code, _name in FOUR})
    text = Text(part, "text", language)
    assert (text.column, text.source_column) == (f"text_{language}", f"text_{source}")
    assert (text.now, text.source) == (language * (language in told), source * (source in told))


@pytest.mark.parametrize(
    ("polish", "english", "was", "state"),
    [
        ("A", "B", None, Freshness.FRESH),
        ("A", "B", "C", Freshness.OUTDATED),
        ("A", "", None, Freshness.MISSING),
        ("", "B", None, Freshness.FRESH),
        ("", "", None, Freshness.FRESH),
        ("A", "B", "", Freshness.OUTDATED),  # there was none from which it was made
    ],
)
def test_a_translation_is_fresh_outdated_or_missing(polish, english, was, state):
    outdated = {} if was is None else {"summary": was}
    city = City(summary_pl=polish, summary_en=english)
    city.outdated = lambda language: outdated if language == "en" else {}
    text = Text(city, "summary", "en")
    assert (text.state, text.was) == (state, was)
    assert text.field is City._meta.get_field("summary_en")


@pytest.fixture
def towns(make_city, make_practice, make_topic):
    """Texts to translate: of two towns, of a practice of the first, and of a topic."""
    with saving():
        first = make_city(name_pl="Łódź", name_en="Lodz", summary_en="", profile_pl="<p>A</p>")
        second = make_city("de", name_pl="Ulm", name_en="Aulm", summary_en="")
        practice = make_practice(city=first, title_pl="Zajezdnia", title_en="Depot")
        practice.title_pl = "Zajezdnia tramwajowa"
        practice.save()
        topic = make_topic(practice, name_pl="Woda", name_en="Water", intro_en="")
    return {"first": first, "second": second, "practice": practice, "topic": topic}


def rows(found):
    return [
        (row["language"], *translating.page_key(row), (row["missing"], row["outdated"]))
        for row in translating.by_page(found)
    ]


NARROWED = [
    ({}, ["first", "second", "topic", "practice"]),  # Łódź, Ulm, Woda, Zajezdnia
    ({"language": "en"}, ["first", "second", "topic", "practice"]),
    ({"language": "pl"}, []),
    ({"kind": "city"}, ["first", "second"]),
    ({"kind": "topic"}, ["topic"]),
    ({"state": "missing"}, ["first", "second", "topic"]),
    ({"state": "outdated"}, ["practice"]),
    ({"country": NO_COUNTRY}, ["topic"]),
    ({"kind": "city", "country": NO_COUNTRY}, []),
]


def test_what_is_wanted_is_narrowed_and_stands_by_name(publisher, towns):
    told = {(page._meta.model_name, page.pk): name for name, page in towns.items()}
    german = ({"country": towns["second"].country_id}, ["second"])
    for asked, expected in [*NARROWED, german]:
        found = rows(translating.narrowed(translating.wanted(publisher), **asked))
        assert [told[kind, key] for _language, kind, key, _numbers in found] == expected, asked


def test_texts_are_counted_by_page_and_by_country(publisher, towns):
    found = translating.wanted(publisher)
    counts = {tuple(key): numbers for _language, *key, numbers in rows(found)}
    keys = {name: (page._meta.model_name, page.pk) for name, page in towns.items()}
    assert counts == {
        keys["first"]: (2, 0),
        keys["second"]: (1, 0),
        keys["practice"]: (0, 1),
        keys["topic"]: (1, 0),
    }
    countries = {
        key: (row["missing"], row["outdated"]) for key, row in translating.counted(found).items()
    }
    assert countries == {
        (towns["first"].country_id, "en"): (2, 1),
        (towns["second"].country_id, "en"): (1, 0),
        (None, "en"): (1, 0),
    }


def test_the_next_page_follows_by_its_name_in_the_readers_language(publisher, towns, make_city):
    twin = make_city(name_pl="Łódź", name_en="Lodz", slug="lodz-2", summary_en="")
    found = translating.wanted(publisher)
    for language, order in (
        ("pl", [towns["first"], twin, towns["second"], towns["topic"], towns["practice"]]),
        ("en", [towns["second"], towns["practice"], towns["first"], twin, towns["topic"]]),
    ):
        with translation.override(language):
            wanted = translating.wanted(publisher)
            following = [translating.following(wanted, page, "en") for page in order]
        keys = [row and translating.page_key(row) for row in following]
        assert keys == [*((page._meta.model_name, page.pk) for page in order[1:]), None]
    assert translating.following(found, towns["first"], "pl") is None


def test_a_page_has_its_texts_and_those_of_its_parts(towns, make_indicator):
    make_indicator(practice=towns["practice"], label_pl="Sieć", label_en="")
    practice = Practice.objects.get()
    names = [(str(text.part), text.name) for text in translating.texts(practice, "en")]
    part = str(practice.indicators.get())
    assert names == [*((str(practice), name) for name in ("title", "summary")), (part, "label")]


def test_pages_come_with_the_state_of_their_drafts(publisher, towns):
    with drafts.kept_apart(towns["first"], publisher):
        pass
    found = translating.pages_of(translating.by_page(translating.wanted(publisher)))
    assert set(found.values()) == set(towns.values())
    assert all((page._meta.model_name, page.pk) == key for key, page in found.items())
    assert found["city", towns["first"].pk].draft_state == "draft"
    assert found["city", towns["second"].pk].draft_state is None


def test_nobody_is_told_of_kinds_that_they_may_not_change(editor, towns, django_user_model):
    kinds = {kind._meta.model_name for kind in translating.kinds_of(editor)}
    assert kinds == {"city", "event", "practice", "material"}
    clerk = django_user_model.objects.create_user("clerk", is_staff=True)
    assert translating.kinds_of(clerk) == []
    assert not translating.wanted(clerk).exists()
    assert {row[1] for row in rows(translating.wanted(editor))} == {"city", "practice"}
