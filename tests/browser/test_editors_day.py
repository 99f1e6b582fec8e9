"""An editor's day: log in, write, preview, submit; a publisher publishes, undoes, recovers."""

import pytest
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from cities.models import City

pytestmark = pytest.mark.django_db
PASSWORD = "zielony-tramwaj-12"  # noqa: S105


@pytest.fixture
def open_desk(site, new_context, log_in):
    """Return a page of somebody's own browser, in Polish; with a session if they are told."""

    def open_desk(user=None):
        context = new_context(locale="pl-PL")
        if user:
            session = log_in(user).cookies["session"].value
            context.add_cookies([{"name": "session", "value": session, "url": site}])
        return context.new_page()

    return open_desk


def save(page):
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def choose(page, name, text):
    """Choose from a list that is searched as one types."""
    page.locator(f".field-{name} .select2-selection").click()
    page.locator(".select2-search__field").fill(text)
    page.locator(".select2-results__option", has_text=text).click()


def on_the_map(page, name):
    page.goto("/pl/miasta/")
    return page.get_by_role("link", name=name)


def test_an_editors_day(open_desk, make_editor, client):
    editor = make_editor(password=PASSWORD)
    device = TOTPDevice.objects.create(user=editor)

    # Log in with a password and a code.
    page = open_desk()
    page.goto("/admin/")
    page.get_by_label("Nazwa użytkownika").fill(editor.username)
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()
    page.get_by_label("Kod").fill(f"{totp(device.bin_key):06d}")
    page.get_by_role("button", name="Zaloguj się").click()

    # Write a new city, its place picked on the map; leaving without saving warns.
    page.goto(reverse("admin:cities_city_add"))
    page.get_by_label("Nazwa [pl]").fill("Wólka Próbna")
    warnings = []
    page.once("dialog", lambda dialog: (warnings.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Miasta prekursorzy: redakcja").click()
    expect(page.get_by_label("Nazwa [pl]")).to_have_value("Wólka Próbna")
    assert warnings == ["beforeunload"]
    page.get_by_label("Nazwa [en]").fill("Wólka Próbna")
    choose(page, "country", "Polska")
    page.get_by_label("Rola").select_option("precursor")
    page.get_by_label("Streszczenie [pl]").fill("Miasto, które planuje wszystko razem.")
    page.locator(".position-map").click()
    assert page.locator("#id_latitude").input_value()
    save(page)
    city = City.objects.get(slug="wolka-probna")
    assert client.get(city.get_absolute_url()).status_code == 404

    # Look at it as it will be, and submit it.
    for language, heading in [("pl", "miasto prekursor"), ("en", "precursor city")]:
        with page.expect_popup() as popup:
            page.get_by_role("link", name=f"Podgląd [{language}]").click()
        expect(popup.value.locator("h1")).to_have_text("Wólka Próbna")
        expect(popup.value.locator(".kind")).to_contain_text(heading)
        popup.value.close()
    page.get_by_label("Status").select_option("review")
    save(page)

    # A publisher publishes it, and visitors see it on the map.
    publisher, form = (
        open_desk(make_editor("publisher")),
        reverse("admin:cities_city_change", args=[city.pk]),
    )
    publisher.goto(form)
    publisher.get_by_label("Status").select_option("published")
    save(publisher)
    expect(on_the_map(open_desk(), "Wólka Próbna").first).to_be_visible()

    # The editor changes it; the publisher sees what, and undoes it.
    page.goto(form)
    page.get_by_label("Streszczenie [pl]").fill("Miasto, które planuje wszystko osobno.")
    save(page)
    publisher.goto(f"{reverse('admin:cities_city_changelist')}?checked=no")
    publisher.get_by_role("link", name="Wólka Próbna").click()
    publisher.get_by_role("link", name="Historia").click()
    publisher.get_by_role("link", name="Pokaż, co się zmieniło").click()
    expect(publisher.locator(".differences ins")).to_have_text("osobno")
    publisher.get_by_role("button", name="Przywróć stan z").click()
    city.refresh_from_db()
    assert (city.summary_pl, city.checked) == ("Miasto, które planuje wszystko razem.", None)

    # Deleted by mistake, it comes back as it was.
    publisher.get_by_role("link", name="Usuń", exact=True).click()
    publisher.get_by_role("button", name="Tak, na pewno").click()
    assert client.get(city.get_absolute_url()).status_code == 404
    publisher.get_by_role("link", name="Odzyskaj usunięte").click()
    publisher.get_by_role("button", name="Przywróć „Wólka Próbna”").click()
    expect(publisher.locator(".messagelist .success")).to_contain_text("Wólka Próbna")
    assert client.get(city.get_absolute_url()).status_code == 200
