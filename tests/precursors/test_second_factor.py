"""The way in: a password, a second factor, and an end to guessing."""

import re
from base64 import b32decode
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.urls import get_resolver, include, path, reverse
from django_otp.oath import TOTP, totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from precursors.staff_site import client_address
from precursors.urls import asking_for_a_password, choosing_a_password, urlpatterns

LOGIN = "/admin/login/?next=/admin/cities/city/"
SECOND = "/admin/second-factor/?next=%2Fadmin%2Fcities%2Fcity%2F"
PASSWORD = "zielony-tramwaj-12"  # noqa: S105


@pytest.fixture
def enter(client):
    """Log in with a password and return where that leads."""

    def enter(user, password=PASSWORD):
        data = {"username": user.username, "password": password}
        return client.post(LOGIN, data, follow=True)

    return enter


def code_of(user):
    device = TOTPDevice.objects.get(user=user)
    device.throttle_reset()
    TOTPDevice.objects.update(last_t=-1)  # a code works once; a test does not wait for the next
    return f"{totp(device.bin_key):06d}"


@pytest.mark.parametrize(
    ("asked_of", "role"),
    [
        ("all", "editor"),
        ("all", "publisher"),
        ("publishers", "publisher"),
        ("publishers", "administrator"),
    ],
)
def test_a_password_alone_does_not_let_in(client, make_editor, enter, settings, asked_of, role):
    settings.SECOND_FACTOR = asked_of
    user = make_editor(role, countries=[], password=PASSWORD)
    page = enter(user)
    assert page.redirect_chain[-1] == (SECOND, 302)
    assert client.get("/admin/cities/city/").status_code == 302
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page.text)[1]
    assert b32decode(secret) == TOTPDevice.objects.get(user=user).bin_key
    assert 'class="qr"' in page.text
    assert client.post(SECOND, {"code": "000000"}).status_code == 200
    assert client.get("/admin/cities/city/").status_code == 302
    page = client.post(SECOND, {"code": code_of(user)})
    codes = re.findall(r"<li><code>(\w+)</code>", page.text)
    assert len(codes) == 10
    assert client.get("/admin/cities/city/").status_code == 200


def test_later_a_code_or_a_recovery_code_is_asked_each_once(client, make_editor, enter):
    user = make_editor("publisher", countries=[], password=PASSWORD)
    enter(user)
    codes = re.findall(r"<li><code>(\w+)</code>", client.post(SECOND, {"code": code_of(user)}).text)
    for code, works in [(code_of(user), True), (codes[0], True), (codes[0], False)]:
        client.logout()
        page = enter(user)
        assert 'class="qr"' not in page.text
        code = code_of(user) if len(code) == 6 else code
        answer = client.post(SECOND, {"code": code})
        assert (answer.status_code == 302 and answer.url == "/admin/cities/city/") is works
    client.logout()
    enter(user)
    assert client.get("/admin/cities/city/").status_code == 302


@pytest.fixture
def at_once(transactional_db, tmp_path):
    """Do something with each of many things at the same moment, on connections of their own."""

    def at_once(do, things):
        together = Barrier(len(things))

        def one(thing):
            together.wait()
            try:
                return do(thing)
            finally:
                connection.close()

        with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(len(things)) as threads:
            if connection.vendor == "sqlite":  # in memory, nobody waits for a lock
                file = str(tmp_path / "site.sqlite3")
                connection.cursor().execute("VACUUM INTO %s", [file])
                patch.setitem(connection.settings_dict, "NAME", file)
            return list(threads.map(one, things))

    return at_once


@pytest.mark.database
@pytest.mark.parametrize("kind", ["first code", "code", "recovery code"])
def test_a_code_that_many_post_at_once_lets_in_one(make_editor, log_in, at_once, kind):
    user = make_editor("publisher", countries=[])
    clients = [log_in(user, second_factor=False) for _session in range(20)]
    clients[0].get(SECOND)
    code = code_of(user)
    if kind != "first code":
        page = clients.pop().post(SECOND, {"code": code}).text
        recovery = re.search(r"<li><code>(\w+)</code>", page)[1]
        code = recovery if kind == "recovery code" else code_of(user)

    def enters(client):
        client.post(SECOND, {"code": code})
        return client.get("/admin/cities/city/").status_code == 200

    assert at_once(enters, clients).count(True) == 1


@pytest.mark.database
def test_of_guesses_posted_at_once_one_is_looked_at(
    make_editor, log_in, at_once, monkeypatch, settings
):
    settings.OTP_TOTP_THROTTLE_FACTOR = 60  # seconds, in which all of them are posted
    user = make_editor("publisher", countries=[])
    clients = [log_in(user, second_factor=False) for _session in range(8)]
    clients[0].get(SECOND)
    looked_at, verify = [], TOTP.verify
    monkeypatch.setattr(TOTP, "verify", lambda *a: looked_at.append(a) or verify(*a))
    at_once(lambda client: client.post(SECOND, {"code": "000000"}), clients)
    assert len(looked_at) == 1


def test_who_has_no_code_at_hand_can_log_out(client, make_editor, enter):
    page = enter(make_editor(password=PASSWORD))
    assert 'action="/admin/logout/"' in page.text
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_guessing_codes_takes_longer_each_time(client, make_editor, enter):
    user = make_editor("publisher", countries=[], password=PASSWORD)
    enter(user)
    codes = re.findall(r"<li><code>(\w+)</code>", client.post(SECOND, {"code": code_of(user)}).text)
    client.logout()
    enter(user)
    for code in (code_of(user), codes[0]):
        for _guess in range(3):
            client.post(SECOND, {"code": "0" * len(code)})
        assert client.post(SECOND, {"code": code}).status_code == 200  # right, but too soon
        assert client.get("/admin/cities/city/").status_code == 302


def test_an_editor_may_be_let_do_without_but_is_held_to_a_factor_once_set_up(
    client, make_editor, enter, settings
):
    settings.SECOND_FACTOR = "publishers"
    user = make_editor(password=PASSWORD)
    assert enter(user).request["PATH_INFO"] == "/admin/cities/city/"
    client.get(SECOND)
    client.post(SECOND, {"code": code_of(user)})
    client.logout()
    assert enter(user).redirect_chain[-1] == (SECOND, 302)


def test_an_administrator_lets_somebody_set_up_another_factor(make_editor, log_in, client, enter):
    user = make_editor("publisher", countries=[], password=PASSWORD)
    enter(user)
    client.post(SECOND, {"code": code_of(user)})
    administrator = log_in(make_editor("administrator", countries=[]))
    data = {"action": "forget_second_factor", "_selected_action": [user.pk]}
    administrator.post("/admin/auth/user/", data)
    client.logout()
    assert 'class="qr"' in enter(user).text


def test_the_way_on_stays_on_the_site(client, make_editor, enter):
    user = make_editor(password=PASSWORD)
    enter(user)
    client.get("/admin/second-factor/")
    url = "/admin/second-factor/?next=https://evil.example/"
    answer = client.post(url, {"code": code_of(user)})
    assert "evil.example" not in re.search(r'class="button" href="([^"]*)"', answer.text)[1]


def test_guessing_ends_after_five_passwords(client, make_editor, enter):
    user = make_editor(password=PASSWORD)
    answers = [enter(user, "zgadnij").status_code for _round in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    refused = enter(user)
    assert refused.status_code == 429
    assert "Poczekaj kwadrans" in refused.text
    data = {"username": user.username, "password": PASSWORD}
    assert client.post(LOGIN, data, REMOTE_ADDR="192.0.2.7").status_code == 302


ADDRESSES = [f"192.0.2.{n}" for n in range(10)]


@pytest.fixture
def besieged(make_editor, log_in):
    """An account at which others guess from many addresses, after its owner has logged in once."""
    user = make_editor(password=PASSWORD)
    user.browser = Client()
    user.browser.post(LOGIN, {"username": user.username, "password": PASSWORD})
    del user.browser.cookies["session"]
    data = {"username": user.username, "password": "zgadnij"}
    user.told = [
        Client().post(LOGIN, data, REMOTE_ADDR=address).status_code
        for address in ADDRESSES
        for _guess in range(5)
    ]
    return user


def arrives(client, username, address="198.51.100.1"):
    data = {"username": username, "password": PASSWORD}
    return client.post(LOGIN, data, REMOTE_ADDR=address).status_code


@pytest.mark.database
def test_guesses_at_an_account_end_from_however_many_addresses_they_come(besieged, make_editor):
    assert besieged.told == [200, 200, 200, 200, 429] * len(ADDRESSES)
    assert arrives(Client(), besieged.username) == 429
    assert arrives(Client(), make_editor(password=PASSWORD).username, ADDRESSES[0]) == 302


@pytest.mark.database
def test_nobody_is_shut_out_of_their_own_browser_by_others_guesses(besieged, make_editor):
    assert arrives(besieged.browser, besieged.username, ADDRESSES[0]) == 429  # the guesser's own
    assert arrives(besieged.browser, besieged.username) == 302
    cookie = besieged.browser.cookies["known"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")
    # It opens no other account, and none can be made up.
    other = Client()
    other.post(LOGIN, {"username": make_editor(password=PASSWORD).username, "password": PASSWORD})
    del other.cookies["session"]
    assert arrives(other, besieged.username) == 429
    for made_up in ("", "x", besieged.username):
        other.cookies["known"] = made_up
        assert arrives(other, besieged.username) == 429


def test_a_browser_that_failed_to_log_in_is_not_known(client, make_editor, enter):
    enter(make_editor(password=PASSWORD), "zgadnij")
    assert "known" not in client.cookies


@pytest.fixture
def reset(settings, make_editor):
    """Ask for a new password of an account, from an address; return how that is answered."""
    patterns = [*asking_for_a_password, *choosing_a_password]
    settings.ROOT_URLCONF = (path("admin/password-reset/", include(patterns)), *urlpatterns)

    def reset(user, address=ADDRESSES[0]):
        data = {"email": user.email}
        return Client().post("/admin/password-reset/", data, REMOTE_ADDR=address)

    return reset


def test_few_mails_go_to_an_account_and_none_who_asks_is_told(reset, make_editor, mailoutbox):
    ola, jan, nobody = (
        make_editor(email=f"{name}@example.org", password=PASSWORD) for name in ("ola", "jan", "nn")
    )
    nobody.delete()
    answers = [reset(user, address) for address in ADDRESSES[:6] for user in (ola, nobody)]
    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, "/admin/password-reset/sent/")
    }
    reset(jan)
    assert [mail.to for mail in mailoutbox] == [["ola@example.org"]] * 3 + [["jan@example.org"]]


def test_whoever_reads_the_mail_is_not_shut_out(reset, besieged, mailoutbox):
    besieged.email = "ola@example.org"
    besieged.save()
    for address in ADDRESSES:
        reset(besieged, address)
    client = Client()
    page = client.get(re.search(r"http\S+", mailoutbox[0].body)[0], follow=True)
    new = dict.fromkeys(("new_password1", "new_password2"), "nowy-tramwaj-12")
    assert client.post(page.request["PATH_INFO"], new).status_code == 302
    data = {"username": besieged.username, "password": "nowy-tramwaj-12"}
    assert client.post(LOGIN, data, REMOTE_ADDR="198.51.100.1").status_code == 302


def test_an_address_asks_ten_times_an_hour(reset, make_editor, mailoutbox):
    people = [make_editor(email=f"{n}@example.org", password=PASSWORD) for n in range(11)]
    assert [reset(one).status_code for one in people] == [302] * 10 + [429]
    assert "Odczekaj godzinę" in reset(people[0]).text
    assert len(mailoutbox) == 10
    assert reset(people[10], ADDRESSES[1]).status_code == 302


def test_without_mail_no_reset_is_offered(client):
    assert "password-reset" not in client.get("/admin/login/").text
    assert client.get("/admin/password-reset/").status_code in (302, 404)


@pytest.mark.usefixtures("tables")
def test_with_mail_a_forgotten_password_is_replaced(python):
    script = """
import django; django.setup()
from django.core import mail
from django.test.utils import setup_test_environment
from django.core.management import call_command
from django.contrib.auth.models import User
from django.test import Client
setup_test_environment()
call_command("migrate", verbosity=0)
User.objects.create_user("ola", "ola@example.org", "stare-haslo-1", is_staff=True)
client = Client()
assert "/admin/password-reset/" in client.get("/admin/login/").text
client.post("/admin/password-reset/", {"email": "ola@example.org"})
link = [line for line in mail.outbox[0].body.splitlines() if line.startswith("http")][0]
page = client.get(link, follow=True)
new = {"new_password1": "nowe-haslo-12345", "new_password2": "nowe-haslo-12345"}
client.post(page.request["PATH_INFO"], new)
assert User.objects.get().check_password("nowe-haslo-12345")
print("replaced")
"""
    run = python(
        "-c",
        script,
        DJANGO_SETTINGS_MODULE="precursors.settings",
        DEBUG="1",
        EMAIL_URL="consolemail://",
    )
    assert run.stdout.strip().endswith("replaced"), run.stderr


def test_a_password_alone_opens_no_page_of_the_admin(client, make_editor, enter, make_city):
    user, city = make_editor("publisher", countries=[], password=PASSWORD), make_city()
    pages = get_resolver().namespace_dict["admin"][1].reverse_dict
    names = {name for name in pages if isinstance(name, str)}
    assert len(names) > 70
    enter(user)
    for name in names - {"login", "logout", "second_factor"}:
        ((form, arguments), *_others), *_rest = pages[name]
        url = "/admin/" + form % dict.fromkeys(arguments, city.pk)
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code == 302, url
            assert answer.url.startswith("/admin/login/?next="), url
    preview = reverse("city_preview", kwargs={"slug": city.slug})
    assert client.get(preview).status_code == 404


def test_a_wrong_name_is_answered_like_a_wrong_password(client, make_editor, monkeypatch):
    """In words, and in the work it takes: each hashes one password."""
    names = [make_editor(password=PASSWORD, is_active=active).username for active in (True, False)]
    told, hashed, encode = set(), [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a: hashed.append(name) or encode(*a))
    for name in [*names, "nobody"]:
        answer = client.post(LOGIN, {"username": name, "password": "zgadnij"})
        told.add(re.sub(r'value="[^"]*"', "", answer.text))
    assert len(told) == 1
    assert hashed == [*names, "nobody"]


@pytest.mark.parametrize("spelt", ["{0} ", "ｅditor-{1}"])
def test_guesses_count_however_a_name_is_spelt(client, make_editor, spelt):
    user = make_editor(password=PASSWORD)
    _role, _dash, number = user.username.partition("-")
    data = {"username": spelt.format(user.username, number), "password": "zgadnij"}
    answers = [client.post(LOGIN, data).status_code for _round in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    data = {"username": user.username, "password": PASSWORD}
    assert client.post(LOGIN, data).status_code == 429


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("10.0.0.1, 192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unknown", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_the_web_server_in_front_tells_who_guesses(rf, settings, told, address):
    settings.HTTPS = True
    assert client_address(rf.get("/", headers={"x-forwarded-for": told})) == address
    settings.HTTPS = False  # nobody stands in front, so anybody could have written it
    assert client_address(rf.get("/", headers={"x-forwarded-for": told})) == "127.0.0.1"
