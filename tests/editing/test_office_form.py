"""The form of an office: what it offers for each item, and what is kept of what is sent."""

import pytest
from html_page import Page

from cities.editing import office_page
from cities.models import Answer
from cities.models.given_link import make_link

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def town(make_city):
    return make_city(
        name_pl="Kutno", name_en="Kutno", population=43000, region_pl="łódzkie", slug="kutno"
    )


@pytest.fixture
def practice(town, make_practice):
    return make_practice(city=town, title_pl="Tramwaj")


@pytest.fixture
def url(town):
    return f"/en/still-true/{make_link(town.office_links, None)}/"


def name(record, *parts):
    return "-".join([record._meta.model_name, str(record.pk), *parts])


def shown(answer):
    """Return the forms of a page, by the names of their items."""
    return {form.item.name: form for sheet in answer.context["sheets"] for form in sheet.forms}


def kept():
    told = Answer.objects.values_list("item", "verdict", "text", "year", "source")
    return {item.rpartition("-")[2]: values for item, *values in told}


def test_an_item_offers_what_can_be_said_of_it(client, url, practice):
    forms = shown(client.get(url))
    offered = {
        item: [value for value, _label in forms[item].fields["verdict"].choices]
        for item in ("name", "population")
    }
    assert offered == {"name": ["true", "wrong"], "population": ["true", "wrong", "figure"]}
    assert list(forms["name"].fields) == ["verdict", "text"]
    assert list(forms["population"].fields) == ["verdict", "text", "year", "source"]
    assert list(forms["website"].fields) == ["text"]  # of which nothing is said that could be true
    assert not any(form.use_required_attribute for form in forms.values())
    text = forms["name"].fields["text"].widget.attrs
    assert (text["lang"], text["maxlength"], text["rows"]) == ("en", 2000, 2)
    assert forms["population"].fields["year"].widget.attrs["inputmode"] == "numeric"


def test_what_the_site_says_is_marked_where_it_is_in_another_language(client, url):
    said = {
        form.item.name: form.item.language
        for sheet in client.get(url).context["sheets"]
        for form in sheet.forms
    }
    assert (said["name"], said["region"]) == ("", "pl")


SENT = [
    ("summary", {"verdict": "true"}, ["true", "", None, ""]),
    ("summary", {"verdict": "true", "text": "Słowa"}, ["true", "", None, ""]),
    ("summary", {"verdict": "wrong", "text": "Słowa"}, ["wrong", "Słowa", None, ""]),
    ("summary", {"verdict": "figure", "text": "Słowa"}, None),
    ("website", {"text": "a.example"}, ["wrong", "a.example", None, ""]),
    ("website", {"text": " "}, None),
    (
        "population",
        {"verdict": "figure", "text": "41 000", "year": "2 024", "source": "GUS"},
        ["figure", "41 000", 2024, "GUS"],
    ),
    ("population", {"verdict": "wrong", "text": "?", "year": "2024"}, ["wrong", "?", 2024, ""]),
    ("population", {"year": "2024"}, None),
    ("population", {"source": "GUS"}, None),
    ("population", {"verdict": "true", "year": "2024"}, ["true", "", None, ""]),
]


def test_of_what_is_sent_that_is_kept_which_says_something(client, url, town, monkeypatch):
    monkeypatch.setattr(office_page, "MOST_SENT", len(SENT))
    for item, sent, told in SENT:
        Answer.objects.all().delete()
        client.post(url, {name(town, item, field): value for field, value in sent.items()})
        assert kept() == ({item: told} if told else {}), sent


def test_a_figure_that_the_site_lacks_is_told_with_its_source(client, url, town):
    type(town).objects.update(population=None)
    item = name(town, "population")
    for sent in ({"text": "41 000"}, {"text": "41 000", "source": "GUS"}):
        client.post(url, {f"{item}-{field}": value for field, value in sent.items()})
    assert kept() == {"population": ["figure", "41 000", None, "GUS"]}


def test_answers_are_kept_with_their_page_and_what_it_said(client, url, town, practice):
    sent = {name(town, "name", "verdict"): "true", name(practice, "title", "verdict"): "true"}
    client.post(url, sent)
    told = Answer.objects.values_list("city", "practice", "item", "said", "language")
    assert list(told) == [
        (town.pk, None, name(town, "name"), "Kutno", "en"),
        (town.pk, practice.pk, name(practice, "title"), practice.title_en, "en"),
    ]


def test_a_page_is_open_where_something_is_said_of_it_or_has_to_be_mended(
    client, url, town, practice
):
    def is_open(answer):
        opened = [sheet.is_open for sheet in answer.context["sheets"]]
        details = Page(answer).find("details", inside="office-page")
        assert ["open" in each.attributes for each in details] == [True, opened[1]]
        return opened

    assert is_open(client.get(url)) == [False, False]
    wrong = {name(practice, "title", "verdict"): "wrong"}
    assert is_open(client.post(url, wrong)) == [False, True]
    client.post(url, {name(practice, "title", "verdict"): "true"})
    assert is_open(client.get(url)) == [False, True]


def test_the_box_for_a_page_stays_ticked_while_something_has_to_be_mended(client, url, town):
    wrong = {name(town, "all"): "on", name(town, "name", "verdict"): "wrong"}
    (sheet,) = client.post(url, wrong).context["sheets"]
    assert sheet.is_true
    assert not client.get(url).context["sheets"][0].is_true
    assert kept() == {}


def test_a_page_tells_where_else_it_is_but_not_by_its_token(client, url, town):
    context = client.get(url).context
    assert [(each["code"], each["url"]) for each in context["languages"]] == [
        ("pl", None), ("en", None),
    ]  # fmt: skip
    assert [each["here"].split("/")[1:3] for each in context["languages"]] == [
        ["pl", "czy-aktualne"], ["en", "still-true"],
    ]  # fmt: skip
    assert context["canonical"] == "http://127.0.0.1:8000/en/cities/kutno/"
    assert context["is_unlisted"]


def test_a_page_is_asked_for_or_sent_and_nothing_else(client, url):
    assert [client.head(url).status_code, client.put(url).status_code] == [200, 405]
