"""What an answer of a city would put into which field, and what an editor sees beside it."""

from datetime import UTC, datetime

import pytest
from django.db.models import URLField

from cities.editing import answers, drafts, history
from cities.editing.saving import saving
from cities.models import Answer, City, Indicator, Practice, Source

pytestmark = pytest.mark.django_db

URL = "https://a.example/2024.pdf"


@pytest.fixture
def city(make_city):
    return make_city(
        name_pl="Kutno",
        population=43000,
        population_year=2021,
        summary_pl="Miasto róż.",
        summary_en="A town of roses.",
        study_visits="yes",
        profile_pl="<p>Róże.</p>",
    )


@pytest.fixture
def practice(city, make_practice, make_indicator):
    with saving():
        practice = make_practice(city=city, first_year=2012)
        make_indicator(practice=practice, value=12, unit="km", label_pl="Sieć")
    return practice


def answer(record, name, verdict="wrong", **told):
    """Let the city of a record, or of its page, say something of an item."""
    page = record.practice if isinstance(record, Indicator) else record
    told = {"said": "", "language": "pl"} | told
    return Answer.objects.create(
        city=getattr(page, "city", page),
        practice=page if isinstance(page, Practice) else None,
        item=f"{record._meta.model_name}-{record.pk}-{name}",
        verdict=verdict,
        **told,
    )


def field(column):
    """Return the field of a form for a column."""
    return column.formfield(**{"assume_scheme": "https"} if isinstance(column, URLField) else {})


def only(city):
    """Return the one answer that waits of a city, beside what its site says."""
    (page,) = answers.of_city(City.objects.get(pk=city.pk))
    (told,) = page.corrected
    return told


PROPOSED = [
    (City, "summary", {"text": "Miasto kolei."}, {"summary_pl": "Miasto kolei."}),
    (City, "summary", {"text": "Rails.", "language": "en"}, {"summary_en": "Rails."}),
    (City, "website", {"text": "https://b.example/"}, {"website": "https://b.example/"}),
    (City, "role", {"text": "Od 2019."}, {"role_note_pl": "Od 2019."}),
    (City, "study_visits", {"text": "Już nie."}, {}),
    (City, "texts", {"text": "Za długo."}, {}),
    (City, "gone", {"text": "Inaczej."}, {}),
    (Practice, "years", {"text": "2013"}, {}),
    (Practice, "payers", {"text": "Gmina"}, {}),
    (
        City,
        "population",
        {"text": "41 000", "year": 2024, "source": f"GUS, {URL}"},
        {
            "population": "41 000",
            "population_year": 2024,
            "population_source": f"GUS, {URL}",
            "source_title": "GUS",
            "source_url": URL,
        },
    ),
    (
        Indicator,
        "figure",
        {"text": "15", "year": 2024, "source": "Sprawozdanie"},
        {"value": "15", "year": 2024, "source_title": "Sprawozdanie", "source_url": ""},
    ),
    (
        Indicator,
        "figure",
        {"text": "15", "source": URL},
        {"value": "15", "source_title": "a.example", "source_url": URL},
    ),
    (
        Indicator,
        "figure",
        {"text": "15", "source": f"{URL} – Raport;"},
        {"value": "15", "source_title": "Raport", "source_url": URL},
    ),
]


def test_an_answer_is_offered_to_the_field_where_it_plainly_belongs(city, practice):
    for kind, name, told, proposed in PROPOSED:
        Answer.objects.all().delete()
        answer(kind.objects.get(), name, **told)
        fields = {column.name: field(column) for column in kind._meta.fields if column.editable}
        assert only(city).proposed(fields) == proposed


def test_an_answer_stands_beside_what_the_site_says_by_now(city):
    kept = answer(city, "summary", said="Miasto róż.", text="Miasto kolei.")
    told = only(city)
    assert (told.label, told.said_now, told.has_changed) == ("Streszczenie", "Miasto róż.", False)
    assert (told.record, told.columns) == (city, ["summary_pl", "summary_en"])
    assert (told.prefix, told.asks_for_source) == (f"answer-{kept.pk}", False)
    City.objects.update(summary_pl="Miasto ogrodów.")
    told = only(city)
    assert (told.said_now, told.has_changed) == ("Miasto ogrodów.", True)


def test_what_the_site_says_is_read_in_the_language_of_the_answer(city):
    answer(city, "summary", said="A town of roses.", language="en", text="Rails.")
    told = only(city)
    assert (told.label, told.has_changed) == ("Streszczenie", False)


def test_an_answer_about_what_is_gone_is_called_by_what_the_site_said(city, practice):
    answer(practice.indicators.get(), "figure", said="12 km", text="15")
    assert only(city).asks_for_source
    practice.indicators.get().delete()
    told = only(city)
    assert (told.label, told.said_now, told.has_changed) == ("12 km", "", True)
    assert (told.record, told.columns, told.asks_for_source) == (None, [], False)


def test_answers_are_read_page_by_page_beside_the_draft_of_each(city, practice):
    with drafts.kept_apart(practice, None):
        practice.title_pl = "Szkic"
        practice.save()
    moment = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)  # the sixth in Poland
    for record, name, verdict in ((practice, "title", "wrong"), (city, "name", "true")):
        answer(record, name, verdict, date_created=moment)
    of_practice, of_city = answers.of_city(city)
    assert [(page.page, page.prefix) for page in (of_practice, of_city)] == [
        (practice, f"practice-{practice.pk}"), (city, f"city-{city.pk}"),
    ]  # fmt: skip
    assert of_practice.records[0].title_pl == "Szkic"
    assert (len(of_practice.confirmed), len(of_practice.corrected)) == (0, 1)
    assert (len(of_city.confirmed), len(of_city.corrected)) == (1, 0)
    of_city.confirm()
    assert of_city.records[0].confirmed_on.isoformat() == "2026-03-06"


@pytest.mark.parametrize("last", [None, 4])
def test_a_source_that_is_named_comes_last_on_its_page(city, practice, editor, last):
    if last:
        practice.sources.create(title="Dawne", position=last)
    history.record([practice], None, "")
    answer(practice.indicators.get(), "figure", text="15")
    (page,) = answers.of_city(city)
    page.keep(city, ["Sieć"], [Source(title=title) for title in "AB"], editor)
    draft = drafts.of(practice)
    assert (draft.state, draft.user) == ("draft", editor)
    drafts.publish(draft, None, "")
    told = [(source.title, source.position) for source in practice.sources.all()]
    assert told[-2:] == [("A", (last or 0) + 1), ("B", (last or 0) + 2)]
    assert len(told) == (3 if last else 2)
