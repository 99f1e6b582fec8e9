"""A publisher and an editor: a text is returned with a note, amended, and sent again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from editing import address, edit, filled
from html_page import Page

from cities.editing import drafts, history, roles
from cities.models import City, Draft, Note
from cities.templatetags.to_do import to_do

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WHY = "Podaj źródło liczby mieszkańców."


@pytest.fixture
def office(log_in, publisher):
    """What a publisher sees and posts."""
    return log_in(publisher)


@pytest.fixture(params=["draft", "published"])
def town(request, make_city):
    """A city that was never published, and one that was: what is written of it is a draft."""
    city = make_city(slug="kutno", summary_pl="Miasto róż.", status=request.param)
    history.record([city], None, "")
    return city


def state(page):
    draft = drafts.of(page)
    page.refresh_from_db()
    return draft.state if draft else page.status


def told(client, page):
    """Return what the form says above its fields of who wrote what."""
    return Page(client.get(address("city", "change", page.pk))).texts("ol", of="notes")


def waiting(user):
    return [(task.label, task.count, task.pages[0]["name"]) for task in to_do(user)["waiting"]]


def own(user):
    mine = to_do(user)
    return mine["unfinished"].count, [page["name"] for page in mine["changed"]]


def test_a_text_is_returned_with_a_note_amended_and_published(
    desk, office, editor, publisher, town
):
    edit(desk, town, summary_pl="Szkic.", _review="", _note="Pierwszy tekst.")
    assert state(town) == "review"
    assert waiting(publisher) == [("Miasta: czekają na sprawdzenie", 1, str(town))]
    assert waiting(editor) == []
    assert "Pierwszy tekst." in told(office, town)[0]

    edit(office, town, region_pl="Mazowsze", _return="", _note=WHY)
    assert state(town) == "draft"
    form = filled(desk.get(address("city", "change", town.pk)))
    assert (form["summary_pl"], form["region_pl"]) == ("Szkic.", "Mazowsze")
    assert WHY in told(desk, town)[0]
    assert f"({publisher} → {editor})" in told(desk, town)[0]
    assert (waiting(publisher), waiting(editor)) == (
        [],
        [("Miasta: zwrócone do ciebie", 1, str(town))],
    )
    listed = desk.get(to_do(editor)["waiting"][0].url).context["cl"].result_list
    assert list(listed) == [town]
    assert own(editor) == (1, [str(town)])

    edit(desk, town, population_source="GUS")
    assert waiting(editor)
    edit(desk, town, _review="", _note="Podane.")
    assert (state(town), waiting(editor)) == ("review", [])
    assert [WHY in told(office, town)[0], "Podane." in told(office, town)[0]] == [True, True]

    published = {"_save": ""} if town.status == "published" else {"status": "published"}
    edit(office, town, **published)
    assert (state(town), town.summary_pl, town.population_source) == ("published", "Szkic.", "GUS")
    assert (told(desk, town), waiting(publisher)) == ([], [])
    past = Page(desk.get(address("city", "history", town.pk))).texts("ol", of="notes")[0]
    assert [text in past for text in ("Pierwszy tekst.", WHY, "Podane.")] == [True] * 3
    assert own(editor) == (0, [str(town)])


def test_no_text_is_returned_without_a_note_and_nothing_is_lost(desk, office, town):
    edit(desk, town, _review="")
    answer = office.post(
        address("city", "change", town.pk),
        filled(office.get(address("city", "change", town.pk)))
        | {"region_pl": "Mazowsze", "_return": "", "_note": " \n"},
        follow=True,
    )
    assert "Napisz, co poprawić" in answer.text
    assert filled(answer)["region_pl"] == "Mazowsze"
    assert (state(town), Note.objects.count()) == ("review", 0)


def test_a_note_outlives_a_form_that_is_refused(desk, office, town):
    edit(desk, town, _review="")
    refused = edit(office, town, name_pl="", _return="", _note=WHY)
    assert refused.status_code == 200
    assert WHY in Page(refused).texts("textarea", name="_note")[0]
    assert (state(town), Note.objects.count()) == ("review", 0)


def test_an_editor_returns_nothing(desk, town):
    edit(desk, town, _review="")
    edit(desk, town, summary_pl="Szkic.", _return="", _note="Do siebie.")
    assert state(town) == "review"
    assert Note.objects.get().returned_to is None


def test_a_note_of_who_publishes_at_once_is_kept_for_history(office, make_city):
    city = make_city(status="review")
    edit(office, city, status="published", _note="Już dobrze.")
    assert Note.objects.get().is_open is False
    assert told(office, city) == []


def test_a_text_that_publishers_wrote_alone_returns_to_its_writer(
    office, make_editor, log_in, town
):
    other = make_editor("publisher", countries=[])
    edit(log_in(other), town, summary_pl="Szkic.", _draft="", status=town.status)
    Draft.objects.update(state="review")
    City.objects.filter(status="draft").update(status="review")
    edit(office, town, _return="", _note=WHY)
    assert Note.objects.get().returned_to == other


def test_a_dropped_draft_ends_its_conversation(desk, office, editor, make_city):
    city = make_city()
    edit(desk, city, summary_pl="Szkic.", _review="")
    edit(office, city, _return="", _note=WHY)
    url = address("city", "change", city.pk)
    desk.post(url, {"_drop": "", "base_version": filled(desk.get(url))["base_version"]})
    assert (told(desk, city), waiting(editor)) == ([], [])


def test_editors_who_are_trusted_publish_what_waits_in_their_country(
    editor, make_city, make_topic, make_country
):
    mine, _theirs = make_city(status="review"), make_city("de", status="review")
    make_topic(status="review")
    assert waiting(editor) == []
    make_country("pl").trusted.add(editor)
    assert waiting(editor) == [("Miasta: czekają na sprawdzenie", 1, str(mine))]
    assert not roles.publishable(type(make_topic()).objects.all(), editor).exists()


@pytest.mark.parametrize("role", ["editor", "publisher", "administrator"])
def test_the_front_page_asks_as_much_of_many_pages_as_of_one(make_editor, log_in, make_city, role):
    user = make_editor(role)
    client, counts = log_in(user), []
    for _round in range(2):
        for status in ("review", "draft", "draft"):
            city = make_city(status="draft")
            edit(client, city, summary_pl="Szkic.")
            Note.objects.create(page=city, text=WHY, returned_to=user)
            City.objects.filter(pk=city.pk).update(status=status)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/admin/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert own(user)[0] == 4
