"""Nothing that is typed into the admin is lost, whatever becomes of the network and the session."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from cities.models import City, Practice

pytestmark = pytest.mark.django_db
TYPED = "Miasto, które <planuje> wszystko razem."


@pytest.fixture
def people(django_user_model):
    return [django_user_model.objects.create_superuser(name) for name in ("anna", "ewa")]


@pytest.fixture
def context(site, new_context):
    return new_context(locale="pl-PL")


@pytest.fixture
def enter(context, log_in, site):
    """Return a function by which somebody logs in, as in another window of the same browser."""

    def enter(user):
        session = log_in(user).cookies["session"].value
        context.add_cookies([{"name": "session", "value": session, "url": site}])

    return enter


@pytest.fixture
def page(context, enter, people):
    enter(people[0])
    return context.new_page()


@pytest.fixture
def town(make_city):
    return make_city(name_pl="Kutno", name_en="Kutno")


@pytest.fixture
def form(page, town):
    """Return a page with the form of a city into which somebody has typed."""
    page.goto(reverse("admin:cities_city_change", args=[town.pk]))
    write(page)
    return page


def write(page):
    """Type plain and rich text, and add a source."""
    page.get_by_label("Streszczenie [pl]").fill(TYPED)
    page.get_by_role("textbox", name="Opis [pl]").fill("Pogrubione słowa")
    page.locator("#sources-group .add-row a").click()
    page.locator("#id_sources-0-title").fill("Strategia „Kutno”")


def holds(page):
    """Tell that a form holds what `write` typed."""
    expect(page.get_by_label("Streszczenie [pl]")).to_have_value(TYPED)
    expect(page.get_by_role("textbox", name="Opis [pl]")).to_have_text("Pogrubione słowa")
    expect(page.locator("#id_sources-0-title")).to_have_value("Strategia „Kutno”")


def save(page):
    page.locator("[name=_continue]").click()


def is_saved(page):
    """Tell that all is saved, and that nothing of it is left in the browser."""
    expect(page.locator(".messagelist .success")).to_be_visible()
    holds(page)
    assert page.evaluate("Object.keys(localStorage)") == []


def told(page, text):
    expect(page.get_by_role("alert")).to_contain_text(text)
    holds(page)


def bring_back(page):
    page.get_by_role("button", name="Przywróć").click()
    expect(page.locator("[data-offer]")).to_be_hidden()
    holds(page)


def leave(page, address):
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(address)


def test_text_outlives_a_network_that_fails_and_a_page_that_is_left(form, context, faults):
    form.route("**/admin/**", lambda route: route.abort())
    save(form)
    told(form, "Serwer nie odpowiedział")
    form.unroute("**/admin/**")
    leave(form, "/admin/")
    form.go_back()
    expect(form.locator("[data-offer] time")).to_contain_text("20")
    bring_back(form)
    faults.clear()
    save(form)
    is_saved(form)
    assert City.objects.get().sources.get().title == "Strategia „Kutno”"
