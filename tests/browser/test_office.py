"""The office of a city keeps its page true: sent, answered on a phone, decided on, published."""

import pytest
from playwright.sync_api import expect

from cities.models import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(site, new_context, log_in, publisher):
    context = new_context(locale="pl-PL")
    session = log_in(publisher).cookies["session"].value
    context.add_cookies([{"name": "session", "value": session, "url": site}])
    return context.new_page()


@pytest.fixture
def phone(new_context):
    """A page of the office's own browser, on a phone and without JavaScript."""
    viewport = {"width": 360, "height": 740}
    return new_context(locale="pl-PL", viewport=viewport, java_script_enabled=False).new_page()


def item(page, label):
    return page.get_by_role("group", name=label, exact=True)


def correct(page, label, choice, **told):
    group = item(page, label)
    group.get_by_label(choice).check()
    for name, text in told.items():
        group.locator(f"[name$=-{name}]").fill(text)


def decide(page, label, choice, **changed):
    group = item(page, label)
    for name, value in changed.items():
        group.locator(f"[name$=-{name}]").fill(value)
    group.get_by_label(choice, exact=True).check()


def test_a_city_corrects_its_page_on_a_phone_and_the_page_says_so(desk, phone):
    city = City.objects.get(slug="sztum")
    desk.goto(f"/admin/cities/city/{city.pk}/change/")
    links = desk.locator("[aria-labelledby=office-links]")
    links.get_by_role("button", name="Utwórz odnośnik").click()
    link = desk.get_by_label("Polski").input_value()

    phone.goto(link)
    expect(phone.locator("h1")).to_contain_text(city.name_pl)
    assert phone.locator("html").evaluate("page => page.scrollWidth") <= 360
    instead = item(phone, "Streszczenie").locator("textarea")
    expect(instead).to_be_hidden()
    correct(phone, "Streszczenie", "już nieaktualne", text="Sztum oszczędza energię.")
    expect(instead).to_be_visible()
    correct(phone, "Region", "już nieaktualne", text="Powiśle")
    correct(phone, "Liczba mieszkańców", "jest lepsza liczba", text="10 100", year="2024")
    for label in ("Nazwa", "Rola"):
        item(phone, label).get_by_label("nadal aktualne").check()
    phone.get_by_role("button", name="Wyślij odpowiedzi").click()
    expect(phone.get_by_role("alert")).to_be_visible()  # the figure has no source yet
    item(phone, "Liczba mieszkańców").locator("[name$=-source]").fill("GUS 2024")
    phone.get_by_role("button", name="Wyślij odpowiedzi").click()
    expect(phone.locator("h1")).to_have_text("Dziękujemy")

    desk.goto("/admin/")
    desk.locator(".to-do").get_by_role("link", name=city.name_pl, exact=True).first.click()
    decide(desk, "Streszczenie", "przyjmij", summary_pl="Sztum oszczędza energię i wodę.")
    decide(desk, "Liczba mieszkańców", "przyjmij", population="10100")
    decide(desk, "Region", "odrzuć")
    item(desk, "Nadal aktualne").get_by_label("odnotuj").check()
    desk.get_by_role("button", name="Wykonaj").click()
    expect(desk.locator(".messagelist")).to_contain_text("szkicach")

    phone.goto(city.get_absolute_url())
    expect(phone.locator(".lead")).not_to_have_text("Sztum oszczędza energię i wodę.")
    desk.locator("[name=_save]").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    phone.reload()
    expect(phone.locator(".lead")).to_have_text("Sztum oszczędza energię i wodę.")
    expect(phone.locator(".facts")).to_contain_text("10\xa0100")
    expect(phone.locator(".facts")).to_contain_text("GUS 2024")
    expect(phone.locator(".facts")).not_to_contain_text("Powiśle")
