"""Sessions of the staff: they end after twelve hours without use, or when their owner ends them."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from html_page import Page

PAGE = "/admin/sessions/"
HERE = "/admin/cities/city/"
pytestmark = pytest.mark.database


def is_inside(client):
    return client.get(HERE).status_code == 200


def leave_for(client, hours):
    """Let a session be as it is so many hours after its last use."""
    session = client.session
    session["used"] = (timezone.now() - timedelta(hours=hours)).isoformat()
    session.save()
    over = timezone.now() + timedelta(hours=12 - hours)
    Session.objects.filter(session_key=session.session_key).update(expire_date=over)


def rest_of(client):
    """Return the seconds that are left to a session."""
    stored = Session.objects.get(session_key=client.session.session_key)
    return (stored.expire_date - timezone.now()).total_seconds()


@pytest.mark.parametrize(("hours", "still"), [(11.9, True), (12.1, False)])
def test_a_session_ends_after_twelve_hours_without_use(log_in, editor, hours, still):
    client = log_in(editor)
    assert is_inside(client)
    leave_for(client, hours)
    assert is_inside(client) is still


def test_use_lets_a_session_last_but_is_not_noted_at_every_request(log_in, editor):
    client = log_in(editor)
    leave_for(client, 0.05)
    client.get(HERE)
    assert rest_of(client) == pytest.approx(11.95 * 3600, abs=60)
    leave_for(client, 11)
    answer = client.get(HERE)
    assert rest_of(client) == pytest.approx(12 * 3600, abs=60)
    assert answer.cookies["session"]["max-age"] == 12 * 3600


def test_a_page_for_visitors_notes_nothing(log_in, editor):
    client = log_in(editor)
    leave_for(client, 11)
    client.get("/pl/")
    assert rest_of(client) == pytest.approx(3600, abs=60)


def test_each_person_sees_their_own_sessions_and_no_key(log_in, editor, publisher):
    mine, other, _theirs = log_in(editor), log_in(editor), log_in(publisher)
    leave_for(other, 3)
    over = log_in(editor)
    leave_for(over, 13)
    answer = mine.get(PAGE)
    page = Page(answer)
    assert len(page.find("tr")) == 1 + 2
    assert answer.text.count("ta sesja") == 1
    assert len(page.find("button", name="session")) == 1 + 1  # and that for all of them
    for client in (mine, other):
        assert client.session.session_key not in answer.text


def test_a_session_is_ended_by_its_owner(log_in, editor):
    mine, lost, kept = log_in(editor), log_in(editor), log_in(editor)
    leave_for(lost, 1)
    for client in (mine, kept):
        client.get(HERE)
    *_newer, name = re.findall(r'name="session" value="(\w{16})"', mine.get(PAGE).text)
    assert mine.post(PAGE, {"session": name}, follow=True).redirect_chain == [(PAGE, 302)]
    assert [is_inside(client) for client in (mine, lost, kept)] == [True, False, True]
    mine.post(PAGE, {"session": "others"})
    assert [is_inside(client) for client in (mine, lost, kept)] == [True, False, False]


@pytest.mark.parametrize("posted", ["", "x", "others"])
def test_nobody_ends_anothers_session(log_in, editor, publisher, posted):
    theirs, mine = log_in(publisher), log_in(editor)
    name = re.findall(r'value="(\w{16})"', log_in(publisher).get(PAGE).text)
    for chosen in (posted, *name):
        mine.post(PAGE, {"session": chosen})
    assert is_inside(theirs)
    assert is_inside(mine)


def test_sessions_that_are_over_are_not_kept(log_in, editor):
    client = log_in(editor)
    leave_for(client, 13)
    log_in(editor)
    assert Session.objects.count() == 1


@pytest.mark.parametrize("asked_of", ["all", "publishers"])
def test_who_found_a_phone_is_out_when_its_factor_is_forgotten(
    log_in, editor, make_editor, settings, asked_of
):
    settings.SECOND_FACTOR = asked_of
    found, found_too = log_in(editor), log_in(editor, second_factor=False)
    administrator, bystander = log_in(make_editor("administrator")), log_in(make_editor())
    data = {"action": "forget_second_factor", "_selected_action": [editor.pk]}
    assert administrator.post("/admin/auth/user/", data).status_code == 302
    assert [is_inside(client) for client in (found, found_too)] == [False, False]
    assert [is_inside(client) for client in (administrator, bystander)] == [True, True]
    assert not found.get("/admin/second-factor/").context  # nor may the finder set up another


def test_a_form_sent_after_the_session_is_told_that_nothing_was_saved(log_in, editor):
    client = log_in(editor)
    Session.objects.all().delete()
    page = client.post(f"{HERE}add/", {"name_pl": "Kutno"}, follow=True)
    assert page.redirect_chain == [(f"/admin/login/?next={HERE}add/", 302)]
    [told] = page.context["messages"]
    assert str(told).startswith("Sesja wygasła, więc wysłane zmiany nie zostały zapisane.")
    assert list(Client().get(HERE, follow=True).context["messages"]) == []


def test_a_script_is_told_where_it_would_be_led(log_in, editor):
    client, by_script = log_in(editor), {"X-Requested-With": "fetch"}
    answer = client.get("/admin/cities/", headers=by_script)
    assert answer.status_code == 200
    gone = client.get(f"{HERE}99/change/", headers=by_script)
    assert (gone.status_code, gone.headers["Location"]) == (204, "/admin/")
    told = client.get("/admin/").context["messages"]
    assert len(list(told)) == 1  # for who sees the page there
    Session.objects.all().delete()
    assert client.post(f"{HERE}add/", headers=by_script).status_code == 401


def test_the_mark_of_a_person_tells_nothing_of_them_and_differs(log_in, make_editor):
    marks = []
    for user in (make_editor(), make_editor()):
        client = log_in(user)
        marks += [client.get(page).context["person"] for page in (HERE, "/admin/")]
        assert client.post("/admin/logout/").context["person"] == "nobody"
        assert client.get("/admin/login/").context["person"] == ""
    assert marks[0] == marks[1] != marks[2] == marks[3]
    assert all(re.fullmatch("[0-9a-f]{16}", mark) for mark in marks)
