"""Accounts: who is invited, what they may do, and what an administrator sees of them."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from editing import filled

from cities.editing import deeds
from cities.models import Country

pytestmark = pytest.mark.database

LIST = "/admin/auth/user/"
PASSWORD = "stary-tramwaj-12"  # noqa: S105
NEW = dict.fromkeys(("new_password1", "new_password2"), "nowy-tramwaj-12")


@pytest.fixture
def office(log_in, make_editor):
    """Return a client of an administrator."""
    return log_in(make_editor("administrator", countries=[]))


def form(person):
    return reverse("admin:auth_user_change", args=[person.pk])


def do(client, person, what):
    return client.post(reverse("admin:auth_user_way_in", args=[person.pk]), {"do": what})


def said(client, url, **changes):
    """Save the form of an account; return what the site says of it."""
    done = client.post(url, filled(client.get(url)) | changes, follow=True)
    return [str(message) for message in done.context["messages"] if message.level_tag == "warning"]


def test_a_new_account_has_a_role_countries_and_no_password(office, make_country):
    poland, role = make_country(), Group.objects.get(name="editor").pk
    url = reverse("admin:auth_user_add")
    assert said(office, url, username="ola", role=role, countries=[poland.pk]) == []
    ola = User.objects.get(username="ola")
    assert [group.name for group in ola.groups.all()] == ["editor"]
    assert list(ola.countries.all()) == [poland]
    assert (ola.is_staff, ola.has_usable_password()) == (True, False)


def test_an_account_that_may_do_nothing_is_warned_of(office, make_editor):
    jan = make_editor(username="jan")
    assert said(office, form(jan), countries=[]) == [
        "Konto jan nie ma żadnego kraju i\N{NO-BREAK SPACE}na razie nie może niczego pisać."
    ]
    assert office.get(LIST).text.count('<strong class="missing">brak</strong>') == 1
    assert said(office, form(jan), role="") == [
        "Konto jan nie ma roli i\N{NO-BREAK SPACE}na razie niczego nie może. Wybierz rolę."
    ]
    found = office.get(LIST, {"role": "none"}).context["cl"].result_list
    assert [person.username for person in found] == ["jan"]


def test_nobody_sees_how_a_password_is_kept(office, make_editor):
    ola = make_editor(password=PASSWORD)
    _method, salt, digest = ola.password.split("$")
    page = office.get(form(ola)).text
    assert salt not in page
    assert digest not in page


def test_an_invitation_goes_by_mail_and_lets_choose_a_password(
    office, make_editor, settings, mailoutbox
):
    settings.SENDS_MAIL = True
    settings.SITE_URL = "http://testserver"
    ola = make_editor(username="ola", email="ola@example.org")
    assert do(office, ola, "invite").url == form(ola)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (
        ["ola@example.org"], "Miasta prekursorzy: zaproszenie do redakcji",
    )  # fmt: skip
    assert "Twoja nazwa użytkownika: ola" in mail.body
    assert "Your user name: ola" in mail.body
    invited = Client()
    page = invited.get(re.search(r"http\S+", mail.body)[0], follow=True)
    assert invited.post(page.request["PATH_INFO"], NEW).status_code == 302
    ola.refresh_from_db()
    assert ola.check_password(NEW["new_password1"])


def test_without_mail_the_link_is_shown_once_and_works_once(office, make_editor, mailoutbox):
    ola = make_editor(username="ola", email="ola@example.org")
    link = do(office, ola, "invite").context["link"]
    assert mailoutbox == []
    assert link not in office.get(form(ola)).text
    path = link[link.index("/admin/") :]
    page = Client().get(path, follow=True)
    assert page.context["validlink"]
    assert "Miasta prekursorzy: redakcja" in page.text
    ola.set_password(PASSWORD)
    ola.save()
    assert not Client().get(path, follow=True).context["validlink"]


@pytest.mark.parametrize("what", ["invite", "log out"])
def test_a_superuser_is_beyond_the_reach_of_an_administrator(office, log_in, admin_user, what):
    theirs = log_in(admin_user)
    assert do(office, admin_user, what).status_code == 404
    assert theirs.get("/admin/").status_code == 200


def test_an_administrator_logs_somebody_out_everywhere(office, log_in, editor):
    phones = [log_in(editor), log_in(editor)]
    do(office, editor, "log out")
    assert [phone.get("/admin/").status_code for phone in phones] == [302, 302]
    assert office.get("/admin/").status_code == 200


def test_one_logs_oneself_out_everywhere(log_in, editor, publisher):
    here, there, theirs = log_in(editor), log_in(editor), log_in(publisher)
    here.post("/admin/sessions/", {"session": "all"})
    assert [one.get("/admin/").status_code for one in (here, there, theirs)] == [302, 302, 200]


@pytest.mark.parametrize(
    ("language", "told"),
    [("pl", "Zmieniono: Imię i Kraje."), ("en", "Changed First name and Countries.")],
)
def test_what_was_done_is_told_in_the_language_of_the_reader(office, make_editor, language, told):
    ola = make_editor()
    other = Country.objects.create(code="de", name_pl="Niemcy", name_en="Germany")
    said(office, form(ola), first_name="Ola", countries=[other.pk])
    headers = {"accept-language": language}
    url = reverse("admin:auth_user_history", args=[ola.pk])
    assert told in office.get(url, headers=headers).text


def test_what_was_kept_by_its_label_is_still_told():
    kept = '[{"changed": {"fields": ["First name"]}}, {"added": {"name": "city", "object": "X"}}]'
    assert deeds.told(kept) == "Zmieniono: Imię. Dodano: miasto „X”."
    assert deeds.told("Słowa") == "Słowa"
