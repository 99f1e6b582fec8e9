"""The office of a city says by a link of its own what is still true, and nothing else."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client
from django.utils import timezone, translation
from editing import address

from cities.editing import history, office_page
from cities.models import Answer, City, OfficeLink, Source
from precursors.page_cache import version

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def town(make_city):
    city = make_city(
        slug="kutno",
        name_pl="Kutno",
        name_en="Kutno",
        email="urzad@kutno.example",
        population=43000,
        population_year=2021,
        population_source="GUS",
        summary_pl="Miasto róż.",
        summary_en="A town of roses.",
    )
    history.record([city], None, "")
    return city


def make_link(client, city):
    """Make a link as the form of a city does; return what it shows, by language."""
    answer = client.post(address("city", "office_link", city.pk))
    return {each["code"]: each for each in answer.context["addresses"]}


@pytest.fixture
def links(desk, town):
    return {code: each["here"] for code, each in make_link(desk, town).items()}


@pytest.fixture
def office():
    """A browser in the office: no account, and forms are checked as on a server."""
    return Client(enforce_csrf_checks=True)


def named(record, name):
    return f"{record._meta.model_name}-{record.pk}-{name}"


def said(record, name, verdict="wrong", **told):
    prefix = named(record, name)
    return {f"{prefix}-verdict": verdict} | {f"{prefix}-{key}": v for key, v in told.items()}


def waiting():
    return list(Answer.objects.values_list("item", "verdict", "text"))


def has_ended(client, url):
    answer = client.get(url)
    assert (answer.status_code, client.post(url, {"a": "b"}).status_code) == (404, 404)
    assert "Ten odnośnik już nie działa" in answer.text
    return answer.text


@pytest.mark.parametrize(
    ("language", "words"), [("pl", "Czy to nadal aktualne?"), ("en", "Is this still true?")]
)
def test_the_page_shows_what_the_site_says_in_the_language_of_its_address(
    office, make_practice, make_indicator, town, links, language, words
):
    practice = make_practice(city=town, first_year=2012, led_by_pl="Urząd", paid_own=True)
    figure = make_indicator(practice=practice, value=12, unit="km", year=2020)
    with translation.override(language):
        told = f"12 km, 2020, {figure.get_evidence_display()}"
    Source.objects.create(practice=practice, title="Sprawozdanie")
    answer = office.get(links[language])
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)
    assert words in answer.text
    text = answer.text.replace("\xa0", " ")
    for part in ("43 000" if language == "pl" else "43,000", "GUS", told, "Sprawozdanie"):
        assert part in text
    for record, name in ((town, "summary"), (practice, "title"), (figure, "label")):
        assert getattr(record, f"{name}_{language}") in text
    assert list(office.cookies) == []


def test_no_copy_of_the_page_is_kept_listed_or_told_of(office, links, town, worker):
    way = urlsplit(links["en"]).path
    assert [worker.get(way).status for _time in range(2)] == [200, 200]
    assert worker.asked[way] == 2
    for path in (links["en"], f"{links['en']}?sent"):
        answer = office.get(path)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in answer.text
        head, _head, body = answer.text.partition("</head>")
        token = links["en"].split("/")[-2]
        assert token not in head
        assert body.count(token) == 1  # the switch to the other language


def test_the_token_is_stored_hashed_and_in_no_log(office, links, town, log_lines, settings):
    settings.OPERATOR_EMAIL = "office@example.org"  # whose link tells of the page
    token = links["pl"].split("/")[-2]
    text = office.get(links["pl"]).text
    office.post(links["pl"], said(town, "summary", text="tajne-77"))
    office.get(links["pl"].replace(token, token[::-1]))
    logged = json.dumps(log_lines)
    assert "czy-aktualne/<str:token>/" in logged
    assert not any(word in logged for word in (token, token[::-1], "tajne-77"))
    letter = next(part for part in text.split('"') if part.startswith("mailto:office"))
    assert token not in unquote(letter)
    stored = OfficeLink.objects.values().get()
    assert token not in map(str, stored.values())
    assert len(stored["token_hash"]) == 64


def test_staff_get_a_letter_to_the_office_in_each_language(desk, town):
    shown = make_link(desk, town)
    for language, words in (("pl", "Dzień dobry"), ("en", "Good morning")):
        letter = urlsplit(shown[language]["letter"])
        body = parse_qs(letter.query)["body"][0]
        assert (letter.scheme, letter.path) == ("mailto", "urzad@kutno.example")
        assert words in body
        assert shown[language]["here"] in body
    City.objects.update(email="")
    assert "letter" not in make_link(desk, town)["pl"]


def test_a_link_ends_after_60_days_when_revoked_or_with_its_page(desk, office, town, links):
    every = OfficeLink.objects.all()
    every.update(date_created=timezone.now() - timedelta(days=60) + timedelta(minutes=1))
    assert office.get(links["pl"]).status_code == 200
    every.update(date_created=timezone.now() - timedelta(days=60))
    unknown = has_ended(office, links["pl"].replace(links["pl"].split("/")[-2], "x" * 43))
    assert has_ended(office, links["pl"]) == unknown
    url = make_link(desk, town)["pl"]["here"]
    assert every.count() == 1  # the one that had ended is forgotten
    desk.post(address("city", "office_link", town.pk), {"end": every.get().pk})
    assert has_ended(office, url) == unknown
    url = make_link(desk, town)["pl"]["here"]
    City.objects.update(status="draft")
    assert has_ended(office, url) == unknown


@pytest.mark.parametrize("guess", ["x", "A" * 43, "a" * 5000, "%00", "é" * 43])
def test_a_guess_opens_nothing(office, links, guess):
    token = links["en"].split("/")[-2]
    for tried in (guess, token[:-1], token.swapcase(), OfficeLink.objects.get().token_hash):
        has_ended(office, links["en"].replace(token, tried))
    preview = links["en"].replace("still-true", "preview")
    assert office.get(preview).status_code == 404


def test_what_is_sent_waits_and_changes_nothing_that_visitors_see(
    office, town, links, own_version, commit
):
    before = version.current()
    with commit():
        answer = office.post(
            links["pl"],
            said(town, "summary", text="Miasto\u200b róż i kolei.")
            | said(town, "population", "figure", text="41 000", year="2024", source="GUS"),
        )
    assert (answer.status_code, answer.headers["Location"].endswith("?sent")) == (302, True)
    assert "Dziękujemy" in office.get(answer.headers["Location"]).text
    assert waiting() == [
        (named(town, "summary"), "wrong", "Miasto róż i kolei."),
        (named(town, "population"), "figure", "41 000"),
    ]
    figure = Answer.objects.last()
    assert (figure.year, figure.source, figure.language) == (2024, "GUS", "pl")
    assert figure.said.replace("\xa0", " ") == "43 000 (2021; GUS)"
    assert version.current() == before
    town.refresh_from_db()
    assert (town.summary_pl, town.population) == ("Miasto róż.", 43000)


def test_what_is_sent_again_takes_the_place_of_what_waits(office, town, links):
    office.post(links["pl"], said(town, "summary", text="Miasto kolei."))
    text = office.get(links["en"]).text  # which shows it to be mended
    assert "Miasto kolei." in text
    office.post(links["en"], said(town, "population", "true"))
    assert waiting() == [(named(town, "population"), "true", "")]
    office.post(links["en"], {})
    assert waiting() == []


def test_one_box_says_that_the_rest_is_still_true(office, town, links):
    data = {f"city-{town.pk}-all": "on"} | said(town, "summary", text="Miasto kolei.")
    office.post(links["pl"], data)
    verdicts = {item.rpartition("-")[2]: verdict for item, verdict, _text in waiting()}
    assert verdicts == {
        "name": "true",
        "summary": "wrong",
        "role": "true",
        "population": "true",
        "email": "true",
    }


def test_what_is_blank_may_be_told_and_is_never_still_true(office, town, links):
    prefix = named(town, "website")
    office.post(links["pl"], {f"{prefix}-verdict": "true", f"{prefix}-text": "kutno.example"})
    assert waiting() == [(prefix, "wrong", "kutno.example")]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"verdict": "wrong"}, "Napisz w kilku słowach, jak jest naprawdę."),
        ({"verdict": "figure", "text": "41 000"}, "Napisz, gdzie tę liczbę można znaleźć."),
        ({"verdict": "figure", "source": "GUS"}, "Podaj lepszą liczbę."),
        ({"verdict": "", "text": "41 000"}, "Wybierz, czy to nadal aktualne."),
        ({"text": "a" * 2001}, "2000 znaków"),
        ({"text": "41 000", "source": "s" * 501}, "500 znaków"),
        ({"text": "41 000", "year": "3000"}, "2100"),
        ({"text": "41 000", "year": "kiedyś"}, "liczbę całkowitą"),
        ({"verdict": "all"}, "żadną z dostępnych"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(office, town, links, told, sentence):
    data = {"verdict": "wrong"} | told
    sent = said(town, "population", **data) | said(town, "summary", text="Zostaje.")
    answer = office.post(links["pl"], sent)
    assert (answer.status_code, waiting()) == (200, [])
    assert sentence.casefold() in answer.text.replace("\xa0", " ").casefold()
    assert "Zostaje." in answer.text
    assert told.get("text", "") in answer.text


def test_markup_in_an_answer_is_text(office, desk, town, links):
    hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    office.post(links["pl"], said(town, "summary", text=hostile))
    for text in (
        office.get(links["pl"]).text,
        desk.get(address("city", "answers", town.pk)).text,
    ):
        assert hostile not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_link_answers_for_its_own_city_and_for_what_visitors_see(
    office, make_city, make_practice, make_indicator, town, links
):
    other, hidden = make_city(summary_pl="Tajne."), make_practice(city=town, status="draft")
    theirs = make_indicator(practice=make_practice(city=other))
    text = office.get(links["pl"]).text
    assert "Tajne." not in text
    assert hidden.title_pl not in text
    office.post(
        links["pl"],
        said(other, "summary", text="Obce")
        | said(hidden, "summary", text="Ukryte")
        | said(theirs, "figure", text="1")
        | {f"practice-{hidden.pk}-all": "on", f"city-{other.pk}-all": "on", "city": other.pk},
    )
    assert waiting() == []


def test_thousands_of_posts_are_refused_and_leave_what_waits(office, town, links, monkeypatch):
    monkeypatch.setattr(office_page, "MOST_SENT", 3)
    for number in range(3):
        assert office.post(links["pl"], said(town, "summary", text=f"{number}")).status_code == 302
    answer = office.post(links["pl"], said(town, "summary", text="Zostaje w polu."))
    assert answer.status_code == 429
    assert "Zostaje w polu." in answer.text
    assert waiting() == [(named(town, "summary"), "wrong", "2")]
    assert office.get(links["pl"]).status_code == 200


def test_too_large_a_body_is_refused(office, town, links):
    data = said(town, "summary", text="a" * 3_000_000)
    assert office.post(links["pl"], data).status_code == 400
    assert office.post(links["pl"], dict.fromkeys(range(1001), "")).status_code == 400
    assert waiting() == []


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_takes_few_queries(
    office, make_practice, make_indicator, town, links, count, django_assert_max_num_queries
):
    for _number in range(count):
        make_indicator(practice=make_practice(city=town))
    with django_assert_max_num_queries(7):
        office.get(links["pl"])


def test_only_who_may_write_a_city_makes_or_ends_its_links(desk, log_in, publisher, foreign, town):
    theirs = foreign["city"]
    City.objects.update(status="published")
    make_link(log_in(publisher), theirs)
    key = {"end": OfficeLink.objects.get().pk}
    assert desk.post(address("city", "office_link", theirs.pk)).status_code == 404
    assert desk.post(address("city", "office_link", theirs.pk), key).status_code == 404
    desk.post(address("city", "office_link", town.pk), key)
    assert OfficeLink.objects.count() == 1
    assert "office-links" in desk.get(address("city", "change", town.pk)).text


def test_a_city_that_is_not_public_has_no_link_to_make(desk, make_city):
    page = desk.get(address("city", "change", make_city(status="draft").pk))
    assert "office-links" not in page.text
