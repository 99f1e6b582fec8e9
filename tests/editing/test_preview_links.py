"""A link to a preview opens one page to whoever has it, for 14 days, and nothing else."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from editing import address, edit

from cities.editing import history, restoring
from cities.models import City, PreviewLink
from precursors.page_cache import version

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def town(make_city):
    city = make_city(name_pl="Kutno", name_en="Kutno", summary_pl="Miasto róż.", status="draft")
    history.record([city], None, "")
    return city


def make_link(client, page):
    """Make a link as its form does; return the addresses of the preview by language."""
    answer = client.post(address(page._meta.model_name, "preview_link", page.pk))
    return {each["code"]: each["here"] for each in answer.context["addresses"]}


@pytest.fixture
def link(desk, town):
    return make_link(desk, town)


def has_ended(client, url):
    answer = client.get(url)
    assert answer.status_code == 404
    assert "Ten odnośnik już nie działa" in answer.text
    assert "This link has ended" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    return True


def test_a_link_opens_the_page_in_each_language_to_who_has_no_account(client, town, link):
    for language, url in link.items():
        answer = client.get(url)
        assert answer.status_code == 200
        assert answer.headers["Content-Language"] == language
        assert answer.templates[0].name == "cities/detail.html"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in answer.text
        head, _head, body = answer.text.partition("</head>")
        token = url.split("/")[-2]
        assert token not in head
        assert body.count(token) == len(link) - 1  # the switch to the other language
    assert client.get(town.get_absolute_url()).status_code == 404
    assert client.post(link["pl"]).status_code == 405


def test_a_link_shows_a_draft_of_a_published_page_and_leads_on_without_one(
    desk, client, make_city, own_version, commit
):
    city = make_city(summary_pl="Miasto róż.")
    history.record([city], None, "")
    edit(desk, city, summary_pl="Miasto ogrodów.")
    url = make_link(desk, city)["pl"]
    before = version.current()
    with commit():
        assert "Miasto ogrodów." in client.get(url).text
    assert version.current() == before
    assert "Miasto ogrodów." not in client.get(city.get_absolute_url()).text
    form = desk.get(address("city", "change", city.pk)).context["adminform"].form
    edit(desk, city, _drop="", base_version=form.initial["base_version"])
    answer = client.get(url)
    assert (answer.status_code, answer.headers["Location"]) == (302, city.get_absolute_url())


@pytest.mark.parametrize("kind", ["practice", "topic", "journey", "event"])
def test_other_kinds_of_pages_have_links_too(
    log_in, publisher, client, make_practice, make_topic, make_journey, make_event, kind
):
    practice = make_practice(status="draft" if kind == "practice" else "published")
    makers = {
        "practice": lambda: practice,
        "topic": lambda: make_topic(practice, status="draft"),
        "journey": lambda: make_journey(practice, status="draft"),
        "event": lambda: make_event(status="draft"),
    }
    page = makers[kind]()
    assert str(page) in client.get(make_link(log_in(publisher), page)["pl"]).text


def test_only_the_hash_is_stored_and_no_log_has_the_token(client, town, link, log_lines):
    token = link["pl"].split("/")[-2]
    client.get(link["pl"])
    client.get(link["pl"].replace(token, token[::-1]))
    logged = json.dumps(log_lines)
    assert "podglad/<str:token>/" in logged
    assert token not in logged
    assert token[::-1] not in logged
    stored = PreviewLink.objects.values().get()
    assert token not in map(str, stored.values())
    assert len(stored["token_hash"]) == 64


def test_a_link_ends_after_14_days_and_is_forgotten(desk, client, town, link):
    links = PreviewLink.objects.all()
    links.update(date_created=timezone.now() - timedelta(days=14) + timedelta(minutes=1))
    assert client.get(link["pl"]).status_code == 200
    links.update(date_created=timezone.now() - timedelta(days=14))
    assert has_ended(client, link["pl"])
    assert (
        list(desk.get(address("city", "change", town.pk)).context["given"].get("preview_link", []))
        == []
    )
    make_link(desk, town)
    assert links.count() == 1


def test_links_are_listed_at_the_form_and_end_there(desk, editor, client, town, link):
    other = make_link(desk, town)
    page = desk.get(address("city", "change", town.pk))
    _newest, oldest = page.context["given"]["preview_link"]
    assert oldest.user == editor
    assert f'name="end" value="{oldest.pk}"' in page.text
    assert link["pl"] not in page.text
    desk.post(address("city", "preview_link", town.pk), {"end": oldest.pk})
    assert has_ended(client, link["pl"])
    assert client.get(other["pl"]).status_code == 200


def test_a_public_page_has_no_links_to_make(desk, make_city):
    page = desk.get(address("city", "change", make_city().pk))
    assert "preview-links" not in page.text


@pytest.mark.parametrize("guess", ["x", "A" * 43, "a" * 5000, "%00", "é" * 43])
def test_a_guess_opens_nothing(client, link, guess):
    token = link["en"].split("/")[-2]
    stored = PreviewLink.objects.get().token_hash
    for tried in (guess, token[:-1], token.swapcase(), stored):
        assert has_ended(client, link["en"].replace(token, tried))


def test_a_link_opens_no_other_page(client, make_city, link):
    secret = make_city(name_pl="Tajne", name_en="Secret", slug="tajne", status="draft")
    token = link["pl"].split("/")[-2]
    for url in (f"/pl/podglad/miasta/tajne/?token={token}", f"{link['pl']}tajne/"):
        assert client.get(url).status_code == 404
    for query in ("?slug=tajne", f"?pk={secret.pk}", "?journey=tajne"):
        text = client.get(link["pl"] + query).text
        assert "Kutno" in text
        assert "Tajne" not in text


def test_a_deleted_page_takes_its_links_along_even_when_it_comes_back(
    client, town, link, publisher
):
    restoring.delete(town, publisher)
    assert has_ended(client, link["pl"])
    restoring.recover(history.Version.objects.get_deleted(City).get())
    assert City.objects.exists()
    assert has_ended(client, link["pl"])


def test_only_who_may_write_a_page_makes_or_ends_its_links(
    desk, client, log_in, publisher, foreign, town
):
    theirs = foreign["city"]
    url = make_link(log_in(publisher), theirs)["pl"]
    key = {"end": PreviewLink.objects.get().pk}
    for pk in (theirs.pk, town.pk):
        assert client.post(address("city", "preview_link", pk), key).status_code == 302
    assert desk.post(address("city", "preview_link", theirs.pk)).status_code == 404
    assert desk.post(address("city", "preview_link", theirs.pk), key).status_code == 404
    for guess in (key, {"end": ""}, {"end": "²"}, {"end": "9" * 30}):
        desk.post(address("city", "preview_link", town.pk), guess)
    assert desk.get(address("city", "preview_link", town.pk)).status_code == 302
    assert PreviewLink.objects.count() == 1
    assert str(theirs) in client.get(url).text
