"""One mail a day: to those for whom something waits, and to nobody twice."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone, translation

from cities.editing import reminding
from cities.editing.reminding import remind
from cities.models import Note

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _mails(settings):
    settings.SENDS_MAIL, settings.SITE_URL = True, "https://example.org"


@pytest.fixture
def publisher(make_editor):
    return make_editor("publisher", countries=[], email="wydawca@example.org")


@pytest.fixture
def editor(make_editor):
    return make_editor(email="redaktor@example.org")


def later(monkeypatch, **time):
    moment = timezone.now() + timedelta(**time)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_those_for_whom_something_waits_get_one_mail_a_day(
    publisher, editor, make_editor, make_city, mailoutbox, monkeypatch
):
    make_editor(email="inny@example.org")
    make_editor("publisher", email="byly@example.org", is_active=False)
    make_editor("publisher")  # without an address
    for n in range(12):
        make_city(name_pl=f"Kutno {n}", status="review")
    town = make_city(name_pl="Zgierz", status="draft")
    Note.objects.create(page=town, text="Popraw.", returned_to=editor)
    for _run in range(2):
        call_command("remind")
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["wydawca@example.org"], "Na ciebie czeka 12 tekstów"),
        (["redaktor@example.org"], "Na ciebie czeka 1 tekst"),
    ]
    assert mailoutbox[1].body.splitlines() == [
        "Na ciebie czeka 1 tekst:",
        "https://example.org/admin/",
        "",
        "Miasta: zwrócone do ciebie: 1",
        "– Zgierz",
        "",
        "Ten list przychodzi najwyżej raz dziennie i\xa0tylko wtedy, gdy coś na ciebie czeka.",
    ]
    assert mailoutbox[0].body.count("– Kutno") == 10
    assert "– …" in mailoutbox[0].body
    assert {mail.content_subtype for mail in mailoutbox} == {"plain"}
    later(monkeypatch, days=1)
    call_command("remind")
    assert len(mailoutbox) == 4


def test_two_machines_at_the_same_moment_send_one(publisher, make_city, mailoutbox, monkeypatch):
    make_city(status="review")
    send = EmailMessage.send

    def while_another_runs(letter):
        monkeypatch.setattr(EmailMessage, "send", send)
        remind()
        send(letter)

    monkeypatch.setattr(EmailMessage, "send", while_another_runs)
    remind()
    assert len(mailoutbox) == 1


def test_a_mail_that_was_not_taken_is_sent_by_the_next_run(
    publisher, editor, make_city, mailoutbox, monkeypatch, capsys
):
    make_city(status="review")

    def refuse(letter):
        raise ConnectionRefusedError("Connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        call_command("remind")
    assert f"{publisher}: Connection refused" in capsys.readouterr().err
    call_command("remind")
    assert [mail.to for mail in mailoutbox] == [["wydawca@example.org"]]


def test_a_site_without_mail_sends_none(publisher, make_city, mailoutbox, settings):
    settings.SENDS_MAIL = False
    make_city(status="review")
    call_command("remind")
    assert mailoutbox == []


@pytest.mark.parametrize(("count", "more"), [(2, []), (3, ["– …"])])
def test_a_mail_names_some_pages_of_a_kind_the_newest_first(
    publisher, make_city, make_practice, mailoutbox, monkeypatch, count, more
):
    monkeypatch.setattr(reminding, "SHOWN", 2)
    cities = [make_city(status="review") for _n in range(count)]
    practice = make_practice(city=cities[0], status="review")
    remind()
    (mail,) = mailoutbox
    named = [f"– {city}" for city in reversed(cities)][:2]
    assert mail.body.splitlines()[2:-2] == [
        "",
        f"Miasta: czekają na sprawdzenie: {count}",
        *named,
        *more,
        "",
        "Dobre praktyki: czekają na sprawdzenie: 1",
        f"– {practice}",
    ]
    assert mail.subject == f"Na ciebie czekają {count + 1} teksty"


def test_what_was_not_sent_is_told_and_others_get_theirs(
    publisher, make_editor, make_city, mailoutbox, monkeypatch
):
    make_city(status="review")
    other = make_editor("publisher", email="inna@example.org")
    make_editor("publisher", email="gosc@example.org", is_staff=False)
    send = EmailMessage.send

    def refuse(letter):
        if letter.to == [publisher.email]:
            raise TimeoutError("timed out")
        send(letter)

    monkeypatch.setattr(EmailMessage, "send", refuse)
    faults = remind()
    assert [(user, str(fault)) for user, fault in faults] == [(publisher, "timed out")]
    assert [mail.to for mail in mailoutbox] == [[other.email]]
    assert [user for user, _fault in remind()] == [publisher]  # the other has had theirs


def test_mails_are_in_the_language_of_the_site(publisher, make_city, mailoutbox):
    make_city(status="review")
    with translation.override("en"):
        remind()
    assert mailoutbox[0].subject == "Na ciebie czeka 1 tekst"
