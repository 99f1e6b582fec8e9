"""An editor goes through what a city says; what is accepted is published as any draft is."""

import pytest
from django.utils import timezone
from django.utils.translation import override
from editing import address, edit

from cities.editing import deeds, drafts, history
from cities.models import Answer, City, Draft
from cities.models.given_link import make_link
from cities.templatetags.to_do import to_do
from precursors.page_cache import version

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def town(make_city):
    city = make_city(
        name_pl="Kutno",
        name_en="Kutno",
        population=43000,
        population_year=2021,
        population_source="GUS",
        summary_pl="Miasto róż.",
    )
    history.record([city], None, "")
    return city


@pytest.fixture
def practice(make_practice, make_indicator, town):
    practice = make_practice(city=town)
    make_indicator(practice=practice, value=12, unit="km", year=2019, label_pl="Sieć")
    history.record([practice], None, "")
    return practice


@pytest.fixture
def office(client, town):
    """Answer for the city: what is sent takes the place of what was."""
    token = make_link(town.office_links, None)

    def office(language="pl", **told):
        way = {"pl": "/pl/czy-aktualne/", "en": "/en/still-true/"}[language]
        data = {name.replace("__", "-"): value for name, value in told.items()}
        assert client.post(f"{way}{token}/", data).status_code == 302

    return office


def corrections(town):
    city = f"city__{town.pk}__"
    return {
        f"{city}summary__verdict": "wrong",
        f"{city}summary__text": "Miasto kolei.",
        f"{city}email__text": "urzad@kutno.example",
        f"{city}population__verdict": "figure",
        f"{city}population__text": "41 000",
        f"{city}population__year": "2024",
        f"{city}population__source": "Bank Danych Lokalnych",
    }


def decide(client, town, **choices):
    """Decide on answers by the names of their items; others are left for later."""
    url = address("city", "answers", town.pk)
    data = {}
    for page in client.get(url).context["pages"]:
        for form in page.forms:
            for field in form:
                data[field.html_name] = "" if field.value() is None else field.value()
            name = form.told.answer.item.rpartition("-")[2]
            for changed, value in choices.pop(name, {}).items():
                data[form.add_prefix(changed)] = value
        if page.form and (decision := choices.pop("rest", None)):
            data[page.form.add_prefix("decision")] = decision
    assert choices == {}
    data = {name: value for name, value in data.items() if value is not False}
    return client.post(url, data)


ACCEPT, DECLINE = {"decision": "accept"}, {"decision": "decline"}


def items():
    return [item.rpartition("-")[2] for item in Answer.objects.values_list("item", flat=True)]


def tasks_of(user):
    return [task.label for task in to_do(user)["waiting"]]


def told_of(page):
    return deeds.told(history.versions(page).first().revision.comment)


def live(record):
    record.refresh_from_db()
    return record


def test_answers_are_accepted_mended_and_declined_field_by_field(
    desk, log_in, publisher, office, town, own_version, commit
):
    office(**corrections(town))
    before = version.current()
    with commit():
        decide(
            desk,
            town,
            population=ACCEPT | {"population": "41 050"},
            summary=ACCEPT,
            email=DECLINE,
        )
    assert version.current() == before
    assert (items(), live(town).summary_pl) == ([], "Miasto róż.")
    draft = drafts.of(town)
    assert draft.state == "draft"
    edit(log_in(publisher), town)  # opens the draft and publishes it
    live(town)
    assert (town.summary_pl, town.email) == ("Miasto kolei.", "")
    assert (town.population, town.population_year) == (41050, 2024)
    assert town.population_source == "Bank Danych Lokalnych"
    assert drafts.of(town) is None
    assert told_of(town).startswith("Według miasta (Kutno): Streszczenie, Liczba mieszkańców. ")
    with override("en"):
        assert told_of(town).startswith("As the city says (Kutno): ")


@pytest.mark.parametrize(
    ("how", "done"),
    [
        ("action", "Opublikowano szkic"),
        ("schedule", "Opublikowano w wyznaczonym czasie"),
    ],
)
def test_history_names_the_city_however_the_draft_is_published(
    desk, log_in, publisher, office, town, how, done
):
    office(**corrections(town))
    decide(desk, town, summary=ACCEPT)
    if how == "action":
        chosen = {"action": "publish", "_selected_action": [town.pk]}
        log_in(publisher).post(address("city"), chosen)
    else:
        Draft.objects.current().update(state="scheduled", publish_at=timezone.now())
        drafts.publish_due()
    assert live(town).summary_pl == "Miasto kolei."
    assert told_of(town) == f"Według miasta (Kutno): Streszczenie. {done}"


def test_what_is_left_for_later_waits_and_an_answer_decided_on_is_deleted(desk, office, town):
    office(**corrections(town))
    answer = decide(desk, town, summary=DECLINE)
    assert answer.headers["Location"] == address("city", "answers", town.pk)
    told = desk.get(answer.headers["Location"]).text.replace("\xa0", " ")
    assert "Kutno: Odrzucono odpowiedź miasta: Streszczenie" in told
    assert items() == ["population", "email"]
    assert Draft.objects.count() == 0


def test_what_is_accepted_joins_a_draft_that_there_is(desk, office, town):
    edit(desk, town, region_pl="łódzkie", summary_pl="Szkic.", _review="")
    office(**corrections(town))
    decide(desk, town, summary=ACCEPT)
    draft = drafts.of(town)
    record = drafts.records_of(draft)[0]
    assert (record.region_pl, record.summary_pl) == ("łódzkie", "Miasto kolei.")
    assert draft.state == "review"


def test_an_answer_in_english_is_offered_for_the_english_text(desk, office, town):
    office("en", **corrections(town))
    decide(desk, town, summary=ACCEPT)
    record = drafts.records_of(drafts.of(town))[0]
    assert (record.summary_pl, record.summary_en) == ("Miasto róż.", "Miasto kolei.")


def test_a_better_figure_of_a_practice_brings_its_source(
    desk, log_in, publisher, office, town, practice
):
    figure = practice.indicators.get()
    prefix = f"indicator__{figure.pk}__figure__"
    office(
        **{
            f"{prefix}verdict": "figure",
            f"{prefix}text": "15,5",
            f"{prefix}year": "2024",
            f"{prefix}source": "Sprawozdanie, https://kutno.example/2024.pdf",
        }
    )
    decide(desk, town, figure=ACCEPT)
    assert practice.sources.count() == 0
    edit(log_in(publisher), practice)
    figure.refresh_from_db()
    assert (float(figure.value), figure.year) == (15.5, 2024)
    source = practice.sources.get()
    assert (source.title, source.url) == ("Sprawozdanie", "https://kutno.example/2024.pdf")


def test_what_no_field_can_hold_is_told_and_nothing_is_decided(desk, office, town):
    office(**corrections(town))
    answer = decide(
        desk, town, population=ACCEPT | {"population": "wielu"}, summary=ACCEPT, email=DECLINE
    )
    assert answer.status_code == 200
    assert "wielu" in answer.text
    assert 'class="errorlist"' in answer.text
    assert (len(items()), Draft.objects.count()) == (3, 0)


def test_what_breaks_a_rule_of_the_page_is_told(desk, office, practice, town):
    prefix = f"practice__{practice.pk}__years__"
    office(**{f"{prefix}text": "2020–2015"})
    years = {"first_year": "2020", "last_year": "2015"}
    answer = decide(desk, town, years=ACCEPT | years)
    assert answer.status_code == 200
    assert items() == ["years"]


def test_a_page_of_which_all_is_true_says_so_once_that_is_published(
    desk, log_in, publisher, office, client, town
):
    office(**{f"city__{town.pk}__all": "on"})
    changed_on = town.changed_on
    City.objects.update(changed_on="2020-01-01")
    decide(desk, town, rest="accept")
    assert (items(), live(town).confirmed_on) == ([], None)
    edit(log_in(publisher), town)
    assert live(town).confirmed_on == timezone.localdate()
    assert town.changed_on.isoformat() == "2020-01-01" != changed_on  # nothing is news
    for way, words in (
        ("pl/miasta", "Sprawdzone przez miasto"),
        ("en/cities", "Checked by the city"),
    ):
        assert words in client.get(f"/{way}/{town.slug}/").text
    with override("pl"):
        told = told_of(town)
    assert told.startswith("Według miasta (Kutno): wszystko nadal aktualne. ")
    assert "{" not in told


def test_a_practice_is_confirmed_by_itself(desk, office, town, practice):
    office(**{f"practice__{practice.pk}__all": "on"})
    decide(desk, town, rest="accept")
    assert drafts.of(town) is None
    assert drafts.records_of(drafts.of(practice))[0].confirmed_on == timezone.localdate()


@pytest.mark.parametrize("why", ["one is corrected", "one is missing", "one has changed since"])
def test_a_page_that_is_not_wholly_true_is_not_confirmed(desk, office, town, why):
    told = {f"city__{town.pk}__all": "on"}
    if why == "one is corrected":
        told |= corrections(town)
    office(**told)
    if why == "one is missing":
        Answer.objects.filter(item__endswith="-role").delete()
    if why == "one has changed since":
        City.objects.update(summary_pl="Miasto kolei.")
    decide(desk, town, rest="accept")
    assert not Draft.objects.exists()
    assert "true" not in set(Answer.objects.values_list("verdict", flat=True))


def test_an_answer_about_a_figure_that_is_gone_can_still_be_declined(desk, office, town, practice):
    figure = practice.indicators.get()
    office(
        **{
            f"indicator__{figure.pk}__figure__verdict": "wrong",
            f"indicator__{figure.pk}__figure__text": "mniej",
        }
    )
    figure.delete()
    assert "12" in desk.get(address("city", "answers", town.pk)).text
    decide(desk, town, figure=DECLINE)
    assert items() == []


def test_an_answer_waits_while_a_draft_of_its_figure_is_published(
    desk, log_in, publisher, office, town, practice
):
    figure = practice.indicators.get()
    prefix = f"indicator__{figure.pk}__figure__"
    office(**{f"{prefix}verdict": "wrong", f"{prefix}text": "mniej"})
    edit(log_in(publisher), practice, **{"indicators-0-value": "13"})
    assert items() == ["figure"]
    page = desk.get(address("city", "answers", town.pk))
    assert page.context["pages"][0].forms[0].told.has_changed


def test_who_decides_over_newer_answers_decides_nothing(desk, office, town):
    office(**corrections(town))
    url = address("city", "answers", town.pk)
    form = desk.get(url).context["pages"][0].forms[0]
    office(**corrections(town))
    answer = desk.post(url, {form.add_prefix("decision"): "decline"}, follow=True)
    assert "Niektórych odpowiedzi już nie ma" in answer.text.replace("\xa0", " ")
    assert len(items()) == 3


def test_only_who_may_write_a_city_decides_on_its_answers(desk, log_in, make_editor, office, town):
    office(**corrections(town))
    stranger = make_editor(countries=["de"])
    url = address("city", "answers", town.pk)
    assert log_in(stranger).get(url).status_code == 404
    assert log_in(stranger).post(url).status_code == 404
    told = ["Odpowiedzi miast" in tasks_of(user) for user in (stranger, make_editor())]
    assert told == [False, True]


def test_staff_find_the_answers_from_the_front_page_the_list_and_the_form(
    desk, editor, office, town
):
    assert "Odpowiedzi miast" not in tasks_of(editor)
    office(**corrections(town))
    task = to_do(editor)["waiting"][0]
    assert (task.label, task.count) == ("Odpowiedzi miast", 1)
    assert task.pages == [{"name": "Kutno", "url": address("city", "answers", town.pk)}]
    listed = desk.get(task.url).context["cl"].queryset
    assert list(listed) == [town]
    assert address("city", "answers", town.pk) in desk.get(address("city", "change", town.pk)).text
