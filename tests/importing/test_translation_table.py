"""The table of translations: what it tells, what of it is refused and why, and what it writes."""

import pytest
from django.db import connection
from django.utils import translation

from cities.editing import drafts
from cities.editing.checklist import refresh_all_findings
from cities.editing.translating import RULES, by_page, wanted
from cities.importing.table_files import TableError, tabulated
from cities.importing.translation_table import TranslationTable, exported
from cities.models import DraftState, Indicator, Practice

pytestmark = pytest.mark.django_db

HEADER = ["key of the text", "source text", "translation"]


@pytest.fixture
def practice(make_practice, make_indicator):
    """Return a draft: its summary outdated in English, its figure without English words."""
    practice = make_practice(
        status="draft", title_pl="Tramwaj", title_en="Tram", summary_pl="Stary.", summary_en="Old."
    )
    indicator = make_indicator(practice=practice, label_pl="Trasa", label_en="x", measure="")
    practice.summary_pl = "Nowy."
    practice.save()
    Indicator.objects.filter(pk=indicator.pk).update(label_en="")
    refresh_all_findings()
    return practice


def tried(user, *rows, header=HEADER):
    """Return what a table would change that has these rows from line 2 on."""
    with translation.override("en"):
        return TranslationTable(tabulated(enumerate([header, *rows], 1)), user)


def test_each_text_is_told_with_its_page_its_source_and_what_changed(publisher, practice):
    indicator = practice.indicators.get()
    table = exported(by_page(wanted(publisher)), list(RULES))
    assert table.headers == [
        *("klucz tekstu", "rodzaj", "wpis", "pole"),
        *("tekst źródłowy", "tekst źródłowy przed zmianą", "tłumaczenie"),
    ]
    page, part = f"practice.{practice.pk}.summary_en", f"indicator.{indicator.pk}.label_en"
    assert list(table) == [
        (page, "Dobra praktyka", "Tramwaj", "streszczenie [en]", "Nowy.", "Stary.", "Old."),
        (part, "Wskaźnik", f"Tramwaj: {indicator}", "nazwa wskaźnika [en]", "Trasa", "", ""),
    ]


def test_no_cell_holds_what_a_release_of_long_ago_let_in(publisher, practice):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cities_practice SET summary_pl = %s", ["No\x0bwy."])
    (text, _label) = exported(by_page(wanted(publisher)), list(RULES))
    assert text[4] == "No\nwy."


@pytest.mark.parametrize(
    "header",
    [
        ["KEY of  the text", "source\ntext", "Translation"],
        ["tłumaczenie", "klucz tekstu", "tekst źródłowy"],
        ["kind", "key of the text", "tłumaczenie", "source text"],
    ],
)
def test_columns_are_known_in_any_language_and_order(publisher, practice, header):
    told = {"key": f"practice.{practice.pk}.summary_en", "source": "Nowy.", "translation": "New."}
    names = {"klucz": "key", "key": "key", "tekst": "source", "source": "source", "kind": "kind"}
    row = [told.get(names.get(name.casefold().split()[0], "translation"), "x") for name in header]
    table = tried(publisher, row, header=header)
    assert [(row.before, row.translation) for row in table.changes] == [("Old.", "New.")]
    assert (
        table.changes[0].differences
        == [("Summary [en]", [("gone", "Old"), ("new", "New"), ("same", ".")])]
        or table.changes[0].differences[0][0] == "Streszczenie [en]"
    )


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        (["source text", "translation"], "key of the text"),
        (["key of the text", "translation"], "source text"),
        (["key of the text", "source text"], "translation"),
        ([*HEADER, "tłumaczenie"], "translation"),
    ],
)
def test_without_one_of_three_columns_no_text_can_be_found(publisher, header, missing):
    with translation.override("en"), pytest.raises(TableError) as error:
        TranslationTable(tabulated([(1, header)]), publisher)
    reason = f"The column “{missing}” is missing; without it no text can be found."
    assert (error.value.line, str(error.value)) == (1, reason)


UNKNOWN = "There is no such text among those that are yours to translate."
CHANGED = "The source text has changed since this table was exported. Export it again."
LONG = "Ensure this value has at most 120 characters (it has 999)."
FAILED = "The formula of this cell has failed: #N/A."


@pytest.mark.parametrize(
    ("key", "source", "words", "told"),
    [
        ("practice.{}.summary_en", "Nowy.", "New.", ""),
        ("practice.{}.summary_en", " Nowy. \n", "New.", ""),
        ("practice.{}.summary_en", "Stary.", "New.", CHANGED),
        ("practice.{}.title_en", "Tramwaj", "B" * 999, LONG),
        ("practice.{}.title_en", "Tramwaj", "#N/A", FAILED),
        ("practice.{}.slug", "x", "New.", UNKNOWN),
        ("practice.{}.summary_xx", "Nowy.", "New.", UNKNOWN),
        ("practice.{}.summary", "Nowy.", "New.", UNKNOWN),
        ("practice.0.summary_en", "Nowy.", "New.", UNKNOWN),
        ("practice.x.summary_en", "Nowy.", "New.", UNKNOWN),
        ("user.{}.name_en", "x", "New.", UNKNOWN),
        ("source.{}.title_en", "x", "New.", UNKNOWN),
        ("practice.{}.summary_en.x", "Nowy.", "New.", UNKNOWN),
        ("", "Nowy.", "New.", UNKNOWN),
    ],
)
def test_a_row_that_does_not_fit_says_why(publisher, practice, key, source, words, told):
    with translation.override("en"):
        table = tried(publisher, [key.format(practice.pk), source, words])
        assert table.faults == ([(2, told)] if told else [])
    assert len(table.changes) == (not told)


def test_a_text_stands_once_and_blank_rows_are_none(publisher, practice):
    key = f"practice.{practice.pk}.summary_en"
    blank, full = [key, "Nowy.", ""], [key, "Nowy.", "New."]
    with translation.override("en"):
        assert tried(publisher, blank, full, blank, full, full).faults == [
            (5, "The same text as in line 3."), (6, "The same text as in line 3."),
        ]  # fmt: skip


def test_what_is_said_already_is_no_change(publisher, practice):
    key = f"practice.{practice.pk}"
    rows = [f"{key}.title_en", "Tramwaj", "Tram"], [f"{key}.summary_en", "Nowy.", "Old."]
    table = tried(publisher, *rows)
    assert (table.faults, table.changes) == ([], [])
    assert table.apply("a.csv") == (0, 0)


def test_what_the_whole_record_forbids_is_told_of_the_row(publisher, practice):
    Indicator.objects.update(measure="heat-network-length", unit="MWh/year")
    row = [f"indicator.{practice.indicators.get().pk}.label_en", "Trasa", "Route"]
    ((line, reason),) = tried(publisher, row).faults
    assert line == 2
    assert reason.startswith("The unit does not fit this measure, which is given in: ")


def test_a_name_that_another_has_is_refused(publisher, practice, make_indicator):
    other = make_indicator(practice=practice, label_pl="Inna", label_en="Other")
    row = [f"indicator.{other.pk}.label_pl", "Other", "Trasa"]
    table = tried(publisher, row)
    assert [line for line, _reason in table.faults] == [2]
    assert table.apply("a.csv") == (0, 0)


def test_what_is_taken_up_is_written_or_drafted_and_counted(
    editor, practice, make_practice, make_indicator
):
    shown = make_practice(city=practice.city, title_pl="Rower", summary_pl="Opis", summary_en="")
    figure = make_indicator(practice=shown, label_pl="Droga", label_en="Way")
    rows = [
        [f"practice.{practice.pk}.summary_en", "Nowy.", "New."],
        [f"practice.{practice.pk}.title_en", "Tramwaj", "Tramway"],
        [f"indicator.{practice.indicators.get().pk}.label_en", "Trasa", "Route"],
        [f"practice.{shown.pk}.summary_en", "Opis", "A text."],
        [f"indicator.{figure.pk}.label_en", "Droga", "Path"],
    ]
    assert tried(editor, *rows).apply("a.csv") == (5, 2)
    practice, shown = Practice.objects.get(pk=practice.pk), Practice.objects.get(pk=shown.pk)
    assert (practice.summary_en, practice.title_en) == ("New.", "Tramway")
    assert practice.indicators.get().label_en == "Route"
    assert (shown.summary_en, shown.indicators.get().label_en) == ("", "Way")
    draft = drafts.of(shown)
    page, part = drafts.records_of(draft)
    assert (draft.state, page.summary_en, part.label_en) == (DraftState.DRAFT, "A text.", "Path")
    assert "a.csv" in draft.note


@pytest.mark.parametrize(
    ("state", "after"),
    [(DraftState.REVIEW, DraftState.REVIEW), (DraftState.SCHEDULED, DraftState.DRAFT)],
)
def test_a_draft_keeps_what_it_has_and_whether_it_was_sent(editor, make_practice, state, after):
    page = make_practice(title_pl="Rower", title_en="Bike", summary_pl="Opis", summary_en="")
    with drafts.kept_apart(page, editor, state):
        Practice.objects.get().save()
        changed = Practice.objects.get()
        changed.title_en = "Bicycle"
        changed.save()
    tried(editor, [f"practice.{page.pk}.summary_en", "Opis", "A text."]).apply("a.csv")
    draft = drafts.of(page)
    record = drafts.records_of(draft)[0]
    assert (draft.state, record.title_en, record.summary_en) == (after, "Bicycle", "A text.")


@pytest.mark.parametrize("count", [1, 3])
def test_a_table_asks_no_more_queries_for_more_rows(
    publisher, make_indicator, django_assert_num_queries, count
):
    figures = [make_indicator(label_pl="Trasa", label_en="") for _ in range(count)]
    rows = [[f"indicator.{figure.pk}.label_en", "Trasa", "Route"] for figure in figures]
    publisher.has_perm("cities.publish_city")
    with django_assert_num_queries(1):
        table = tried(publisher, *rows)
    assert len(table.changes) == count
