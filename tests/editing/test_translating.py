"""The translators' desk: what is left to translate, side by side, and as a table."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from editing import filled

from cities.editing import drafts
from cities.editing.checklist import refresh_all_findings
from cities.models import City, Indicator, Practice

pytestmark = pytest.mark.database

DESK = reverse("admin:cities_translations")


@pytest.fixture
def practice(make_practice, make_city, make_indicator):
    """Return a draft in Łódź: its summary outdated in English, its figure without English words."""
    city = make_city(name_pl="Łódź", summary_en="About Łódź.")
    practice = make_practice(
        city=city, status="draft", title_pl="Tramwaj", summary_pl="Stary.", summary_en="An old one."
    )
    indicator = make_indicator(practice=practice, label_pl="Trasa", label_en="x")
    practice.summary_pl = "Nowy."
    practice.save()
    Indicator.objects.filter(pk=indicator.pk).update(label_en="")
    refresh_all_findings()
    return practice


def form_of(model, record, language="en", **query):
    name = f"admin:cities_{model}_translation"
    return reverse(name, args=[record.pk, language], query=query or None)


def rows(client, **query):
    response = client.get(DESK, query)
    return [(str(row["page"]), row["missing"], row["outdated"]) for row in response.context["rows"]]


def test_desk_counts_by_country_and_language_and_lists_pages(desk, practice, make_city):
    make_city("de", name_pl="Ulm", summary_pl="Opis", summary_en="")
    response = desk.get(DESK)
    ((country, (cell,)),) = response.context["summary"]
    assert (country, cell["missing"], cell["outdated"]) == ("Polska", 1, 1)
    assert rows(desk) == [("Tramwaj", 1, 1)]
    assert form_of("practice", practice) in response.text


def test_publishers_see_every_country_and_what_is_of_none(
    log_in, publisher, practice, make_country, make_city, make_topic
):
    make_country("de", name_pl="Niemcy")
    make_city("de", name_pl="Ulm", summary_pl="Opis", summary_en="")
    make_topic(name_pl="Woda", intro_pl="Opis", intro_en="")
    names = [name for name, _cells in log_in(publisher).get(DESK).context["summary"]]
    assert names == ["Niemcy", "Polska", "bez kraju"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"language": "en"}, ["Tramwaj"]),
        ({"language": "pl"}, []),
        ({"kind": "city"}, []),
        ({"kind": "practice", "state": "outdated"}, ["Tramwaj"]),
        ({"country": "-"}, []),
        ({"country": "9" * 30}, ["Tramwaj"]),
        ({"language": "xx", "state": "x", "kind": "x", "country": "x", "page": "x"}, ["Tramwaj"]),
    ],
)
def test_filters_choose_and_what_is_unknown_is_ignored(desk, practice, query, found):
    assert [name for name, *_counts in rows(desk, **query)] == found


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_the_desk_is_constant(
    admin_client, make_city, make_practice, django_assert_num_queries, count
):
    for _ in range(count):
        make_practice(city=make_city(summary_en=""), summary_en="")
    # session, user, factor, counts, countries, number, rows, cities, practices, figures
    with django_assert_num_queries(10):
        assert len(admin_client.get(DESK).context["rows"]) == 2 * count


def test_those_who_may_not_see_cities_do_not_see_the_desk(log_in, django_user_model):
    client = log_in(django_user_model.objects.create_user("clerk", is_staff=True))
    for name in ("translations", "translations_table", "translations_import"):
        assert client.get(reverse(f"admin:cities_{name}")).status_code == 403


def test_texts_stand_side_by_side_with_what_changed_in_the_first(desk, practice):
    response = desk.get(form_of("practice", practice))
    assert "<del>Stary</del><ins>Nowy</ins>." in response.text
    fields = list(response.context["adminform"].form.fields)
    assert {"title_en", "summary_en"} < set(fields)
    assert not {"title_pl", "summary_pl", "city", "status"} & set(fields)
    (formset,) = (inline.formset for inline in response.context["inline_admin_formsets"])
    assert "label_en" in formset.forms[0].fields
    assert "value" not in formset.forms[0].fields


def test_saving_writes_the_translation_and_opens_the_next(desk, practice, make_practice):
    later = make_practice(
        city=practice.city, status="draft", title_pl="Zajezdnia", summary_pl="Opis", summary_en=""
    )
    url = form_of("practice", practice, kind="practice")
    sent = filled(desk.get(url)) | {
        "summary_en": "A new one.",
        "indicators-0-label_en": "Line",
        "_save": "1",
    }
    response = desk.post(url, sent)
    assert response.url == form_of("practice", later, kind="practice")
    practice.refresh_from_db()
    assert (practice.summary_pl, practice.summary_en) == ("Nowy.", "A new one.")
    assert practice.indicators.get().label_en == "Line"
    assert [name for name, *_counts in rows(desk)] == ["Zajezdnia"]
    url = form_of("practice", later)
    response = desk.post(url, filled(desk.get(url)) | {"summary_en": "A text.", "_save": "1"})
    assert response.url == DESK


def test_ticked_translation_holds_without_being_changed(desk, practice):
    url = form_of("practice", practice)
    desk.post(url, filled(desk.get(url)) | {"is_small_change": "on", "_save": "1"})
    assert rows(desk) == [("Tramwaj", 1, 0)]


def test_translation_of_a_published_page_is_a_draft_of_who_may_not_publish(desk, practice):
    Practice.objects.update(status="published")
    url = form_of("practice", practice)
    response = desk.post(url, filled(desk.get(url)) | {"summary_en": "New.", "_review": "1"})
    assert response.status_code == 302
    assert Practice.objects.get().summary_en == "An old one."
    practice = Practice.objects.get()
    assert drafts.records_of(drafts.of(practice))[0].summary_en == "New."
    assert "(ma szkic)" in desk.get(DESK).text


def test_nobody_overwrites_what_another_has_saved_meanwhile(desk, practice):
    url = form_of("practice", practice)
    sent = filled(desk.get(url)) | {"summary_en": "Mine.", "_save": "1"}
    assert desk.post(url, sent).status_code == 302
    response = desk.post(url, sent | {"summary_en": "Theirs."})
    assert response.status_code == 200
    assert Practice.objects.get().summary_en == "Mine."


def test_pages_of_others_and_languages_that_are_none_are_not_translated(desk, practice, foreign):
    assert desk.get(form_of("city", foreign["city"])).status_code == 302
    assert desk.get(form_of("practice", practice, "xx")).status_code == 404


def table(client, **query):
    response = client.get(reverse("admin:cities_translations_table"), query)
    content = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))


def attempt(client, lines, name="texts.csv"):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(lines)
    file = SimpleUploadedFile(name, out.getvalue().encode(), "text/csv")
    return client.post(reverse("admin:cities_translations_import"), {"import_file": file})


def confirm(client, tried, **more):
    sent = {"tried": tried.context["tried"], "file_name": tried.context["file_name"]} | more
    return client.post(reverse("admin:cities_translations_import"), sent, follow=True)


def test_table_has_the_texts_of_the_filters_with_what_changed(desk, practice):
    head, *body = table(desk)
    key = f"practice.{practice.pk}.summary_en"
    assert head[-3:] == ["tekst źródłowy", "tekst źródłowy przed zmianą", "tłumaczenie"]
    assert [key, "Nowy.", "Stary.", "An old one."] in [[r[0], *r[4:]] for r in body]
    assert len(body) == 2
    assert [row[0] for row in table(desk, state="outdated")[1:]] == [key]
    xlsx = desk.get(reverse("admin:cities_translations_table"), {"format": "xlsx"})
    assert xlsx.content.startswith(b"PK")


def test_no_cell_of_the_table_is_a_formula(desk, practice):
    Practice.objects.update(summary_pl="=1+1", summary_en="")
    refresh_all_findings()
    body = table(desk, state="missing")
    assert "'=1+1" in {row[4] for row in body}
    body = [[*row[:6], "=2+2"] if row[4] == "'=1+1" else row for row in body]
    confirm(desk, attempt(desk, body))
    assert Practice.objects.get().summary_en == "=2+2"


def test_filled_in_table_is_shown_first_and_then_taken_up(desk, practice):
    body = table(desk)
    body = [body[0], *([*row[:6], f"New {n}"] for n, row in enumerate(body[1:]))]
    tried = attempt(desk, body)
    assert len(tried.context["table"].changes) == 2
    assert Practice.objects.get().summary_en == "An old one."
    confirm(desk, tried)
    written = {Practice.objects.get().summary_en, Indicator.objects.get().label_en}
    assert written == {"New 0", "New 1"}
    assert rows(desk) == []


def test_cancelled_table_is_forgotten(desk, practice):
    head, first, *_rest = table(desk)
    tried = attempt(desk, [head, [*first[:6], "New"]])
    confirm(desk, tried, cancel="1")
    assert "nie ma" in confirm(desk, tried).text
    assert rows(desk) == [("Tramwaj", 1, 1)]


def test_each_row_that_does_not_fit_is_told_and_left_out(desk, practice, foreign):
    head, *_rows = table(desk)
    key = f"practice.{practice.pk}"
    lines = [
        head,
        [f"{key}.summary_en", "", "", "", "Stary.", "", "A"],
        [f"{key}.title_en", "", "", "", "Tramwaj", "", "B" * 999],
        [f"city.{foreign['city'].pk}.name_en", "", "", "", "Ulm", "", "C"],
        [f"{key}.slug", "", "", "", "x", "", "D"],
        ["", "", "", "", "", "", "E"],
        [f"{key}.lessons_en", "", "", "", "", "", ""],
        [f"{key}.title_en", "", "", "", "Tramwaj", "", "F"],
    ]
    response = attempt(desk, lines)
    faults = response.context["table"].faults
    assert [line for line, _reason in faults] == [2, 3, 4, 5, 6, 8]
    assert "zmienił się" in faults[0][1]
    assert len({reason for _line, reason in faults[2:5]}) == 1
    assert response.context["table"].changes == []
    confirm(desk, response)
    assert not City.objects.filter(name_en="C").exists()


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"%PDF-1.4", b"PK\x03\x04x"])
def test_what_is_no_such_table_is_told_at_the_file(desk, practice, content):
    file = SimpleUploadedFile("t.csv", content, "text/csv")
    response = desk.post(reverse("admin:cities_translations_import"), {"import_file": file})
    assert list(response.context["form"].errors) == ["import_file"]


def test_rich_text_of_a_table_is_clean(desk, practice):
    Practice.objects.update(description_pl="<p>Opis</p>")
    head = table(desk)[0]
    html = "<p onclick='x'>A<script>b</script></p>"
    line = [f"practice.{practice.pk}.description_en", "", "", "", "<p>Opis</p>", "", html]
    confirm(desk, attempt(desk, [head, line]))
    assert Practice.objects.get().description_en == "<p>A</p>"


def test_table_makes_drafts_of_published_pages_for_who_may_not_publish(desk, practice):
    Practice.objects.update(status="published")
    head = table(desk)[0]
    for column, words in (("summary_en", "New."), ("title_en", "Tram")):
        source = {"summary_en": "Nowy.", "title_en": "Tramwaj"}[column]
        line = [f"practice.{practice.pk}.{column}", "", "", "", source, "", words]
        told = list(confirm(desk, attempt(desk, [head, line])).context["messages"])
        assert ["1" in str(message) for message in told] == [True, True]  # one, and in a draft
    page = Practice.objects.get()
    assert page.summary_en == "An old one."
    with drafts.shown(page) as shown:
        assert (shown.summary_en, shown.title_en) == ("New.", "Tram")


def test_publisher_takes_up_a_table_at_once_and_history_tells(log_in, publisher, practice):
    Practice.objects.update(status="published")
    client = log_in(publisher)
    head = table(client)[0]
    line = [f"practice.{practice.pk}.summary_en", "", "", "", "Nowy.", "", "New."]
    done = confirm(client, attempt(client, [head, line], name="praca.csv"))
    assert len(done.context["messages"]) == 1  # no draft is spoken of
    assert Practice.objects.get().summary_en == "New."
    history = client.get(reverse("admin:cities_practice_history", args=[practice.pk]))
    assert "praca.csv" in history.text
