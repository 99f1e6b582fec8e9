"""Roles: editors keep to their countries and publish nothing, whatever they post."""

from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice
from editing import address, edit, errors, filled
from reversion.models import Version

from cities.editing import history, restoring
from cities.models import City


@pytest.mark.parametrize("forged", [{"status": "published"}, {"publish_at_0": "2020-01-01"}])
def test_an_editor_submits_a_draft_but_cannot_publish_it(desk, make_city, forged):
    city = make_city(status="draft")
    edit(desk, city, **forged)
    before = city.publish_at
    city.refresh_from_db()
    assert (city.status, city.publish_at) == ("draft", before)
    assert edit(desk, city, status="review").status_code == 302
    city.refresh_from_db()
    assert city.status == "review"
    desk.post(address("city"), {"action": "publish", "_selected_action": [city.pk]})
    city.refresh_from_db()
    assert city.status == "review"


def test_an_editor_cannot_take_a_published_page_off_the_site(desk, make_city):
    city = make_city()
    edit(desk, city, status="draft")
    desk.post(address("city"), {"action": "withdraw", "_selected_action": [city.pk]})
    desk.post(address("city", "delete", city.pk), {"post": "yes"})
    data = {"action": "delete_selected", "_selected_action": [city.pk], "post": "yes"}
    desk.post(address("city"), data)
    assert City.objects.get().status == "published"


def test_actions_move_pages_and_write_history(log_in, publisher, desk, make_city):
    city = make_city(status="draft")
    moves = [(desk, "submit", "review"), (log_in(publisher), "publish", "published")]
    for client, action, status in moves:
        client.post(address("city"), {"action": action, "_selected_action": [city.pk]})
        city.refresh_from_db()
        assert city.status == status
    assert history.versions(city)[0].revision.user == publisher


@pytest.mark.parametrize("number", ["x", "99999999999999999999", "0"])
@pytest.mark.parametrize("view", ["change", "history"])
def test_the_number_of_no_page_is_no_error_of_ours(log_in, publisher, view, number):
    client = log_in(publisher)
    for answer in (client.get, client.post):
        assert answer(address("city", view, number)).status_code in (302, 403, 404)


def test_an_editor_brings_back_their_own_and_only_as_a_draft(desk, log_in, publisher, make_city):
    own, foreign = make_city(), make_city("de")
    for city in (own, foreign):
        restoring.delete(city, publisher)
    deleted = desk.get(address("city", "recoverlist")).context["deleted"]
    assert [version.object_id for version in deleted] == [str(own.pk or deleted[0].object_id)]
    theirs = Version.objects.get_deleted(City).exclude(pk=deleted[0].pk).get()
    assert desk.post(address("city", "recover", theirs.pk)).status_code == 404
    desk.post(address("city", "recover", deleted[0].pk))
    assert City.objects.get().status == "draft"


def test_editors_do_not_reach_accounts_and_publishers_read_who_did_what(
    desk, log_in, publisher, make_city
):
    edit(desk, make_city(status="draft"), summary_pl="Nowy opis.")
    client = log_in(publisher)
    url = "/admin/auth/user/"
    assert desk.get(url).status_code == client.get(url).status_code == 403
    assert desk.get("/admin/admin/logentry/").status_code == 403
    entry = LogEntry.objects.get()
    page = client.get("/admin/admin/logentry/")
    assert str(entry.user) in page.text
    assert entry.get_admin_url() in page.text
    assert client.get(f"/admin/admin/logentry/{entry.pk}/delete/").status_code == 403


def test_an_administrator_keeps_accounts_but_no_superuser(log_in, make_editor, admin_user, editor):
    client = log_in(make_editor("administrator", countries=[]))
    url = f"/admin/auth/user/{editor.pk}/change/"
    data = filled(client.get(url))
    assert client.post(url, data | {"is_superuser": "on"}).status_code == 302
    editor.refresh_from_db()
    assert not editor.is_superuser
    assert client.get(f"/admin/auth/user/{admin_user.pk}/change/").status_code == 302


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("model", ["city", "practice"])
def test_preview_is_the_page_itself_and_kept_by_nobody(
    desk, client, make_city, make_practice, foreign, reverse_in, model, language
):
    own = make_city(name_pl="Kutno", name_en="Kutno", status="draft")
    own = own if model == "city" else make_practice(city=own, title_pl="Tramwaj", status="draft")
    url = reverse_in(language, f"{model}_preview", slug=own.slug)
    assert url in desk.get(address(model, "change", own.pk)).text
    page = desk.get(url)
    assert page.templates[0].name in ("cities/detail.html", "practices/detail.html")
    assert page.headers["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in page.text
    assert client.get(url).status_code == 404
    theirs = reverse_in(language, f"{model}_preview", slug=foreign[model].slug)
    assert desk.get(theirs).status_code == 404
    assert desk.get(own.get_absolute_url()).status_code == 404


def test_roles_stay_as_they_are_defined(make_editor, db):
    editor, publisher = make_editor(), make_editor("publisher")
    assert not editor.has_perm("cities.publish_city")
    assert not editor.has_perm("cities.change_country")
    assert publisher.has_perms(["cities.publish_city", "cities.change_country"])
    assert not publisher.has_perm("auth.change_user")


def test_an_editor_does_not_publish_by_saving_what_was_deleted(desk, publisher, make_city):
    city = make_city(summary_pl="Opis.")
    url = address("city", "change", city.pk)
    data = filled(desk.get(url)) | {"summary_pl": "Nowy opis."}
    restoring.delete(city, publisher)
    answer = desk.post(url, data | {"status": "published"})
    assert list(errors(answer)) == ["status", "__all__"]
    desk.post(url, filled(answer) | {"status": "draft"})
    assert [(city.summary_pl, city.status) for city in City.objects.all()] == [
        ("Nowy opis.", "draft")
    ]


def test_a_publisher_does_not_ask_the_record_of_deeds_for_passwords(log_in, publisher):
    answer = log_in(publisher).get("/admin/admin/logentry/?user__password__startswith=pbkdf2")
    assert answer.status_code in (302, 400)


def test_an_administrator_sets_no_password_of_a_superuser(log_in, make_editor, admin_user):
    client = log_in(make_editor("administrator", countries=[]))
    before = admin_user.password
    log_in(admin_user)  # has a second factor now
    new = {"password1": "nowe-haslo-12345", "password2": "nowe-haslo-12345"}
    client.post(f"/admin/auth/user/{admin_user.pk}/password/", new | {"usable_password": "true"})
    data = {"action": "forget_second_factor", "_selected_action": [admin_user.pk]}
    client.post("/admin/auth/user/", data)
    client.post(f"/admin/auth/user/{admin_user.pk}/delete/", {"post": "yes"})
    admin_user.refresh_from_db()
    assert (admin_user.password, admin_user.is_superuser) == (before, True)
    assert StaticDevice.objects.filter(user=admin_user).exists()


def test_identifier_leads_who_edits_to_the_form(client, publisher, log_in, make_city):
    city = make_city(status="draft")
    url = reverse("admin:record", args=[city.uuid])
    form = reverse("admin:cities_city_change", args=[city.pk])
    assert log_in(publisher).get(url).url == form
    assert client.get(url).url == f"{reverse('admin:login')}?next={url}"
    assert log_in(publisher).get(reverse("admin:record", args=[uuid4()])).status_code == 404


def test_page_tells_its_identifier_and_nothing_of_the_admin(client, make_city):
    city = make_city()
    page = client.get(city.get_absolute_url()).text
    assert f'<link rel="cite-as" href="http://127.0.0.1:8000/id/{city.uuid}">' in page
    assert reverse("admin:index") not in page
