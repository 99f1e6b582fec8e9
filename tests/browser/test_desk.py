"""Writing in the admin: what is pasted, linked, put in order, copied and placed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cities.models import Practice

pytestmark = pytest.mark.django_db

GOOGLE_DOCS = (
    '<b style="font-weight:normal"><h2><span style="font-weight:400">Tramwaj</span></h2>'
    '<p><span style="font-weight:700">Nowa</span><span style="font-weight:400"> linia</span></p>'
    "<table><tr><td>2020</td><td>15 MWh</td></tr></table></b>"
)
PASTE = """(box, [html, text]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    box.focus();
    const options = {clipboardData, bubbles: true, cancelable: true};
    box.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def open_desk(site, new_context, log_in, django_user_model):
    """Return a function that opens an admin page as a superuser, in Polish."""
    session = log_in(django_user_model.objects.create_superuser("anna")).cookies["session"].value

    def open_desk(name, *args, **options):
        context = new_context(locale="pl-PL", viewport={"width": 1280, "height": 2400}, **options)
        context.add_cookies([{"name": "session", "value": session, "url": site}])
        page = context.new_page()
        page.goto(reverse(f"admin:cities_{name}", args=args))
        return page

    return open_desk


def save(page):
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_what_is_pasted_keeps_its_meaning_and_links_are_checked(
    open_desk, make_practice, make_city, faults
):
    make_city(name_pl="Łomża", slug="lomza", status="published")
    practice = make_practice()
    page = open_desk("practice_change", practice.pk)
    box = page.get_by_role("textbox", name="Opis [pl]", exact=True)
    box.evaluate(PASTE, [GOOGLE_DOCS, "Tramwaj"])
    expect(box.locator("h3")).to_have_text("Tramwaj")
    expect(box.locator("strong")).to_have_text("Nowa")
    lessons = page.get_by_role("textbox", name="Wnioski [pl]", exact=True)
    page.context.set_offline(True)
    lessons.evaluate(PASTE, [GOOGLE_DOCS, "Jeden\n\nDwa"])
    expect(lessons.locator("p")).to_have_text(["Jeden", "Dwa"])
    page.context.set_offline(False)
    faults.remove("error: Failed to load resource: net::ERR_INTERNET_DISCONNECTED")

    toolbar = page.get_by_role("toolbar", name="Opis [pl]")
    box.get_by_text("Nowa").dblclick()
    button = toolbar.get_by_role("button", name="Odnośnik", exact=True)
    button.click()
    dialog = page.get_by_role("dialog", name="Odnośnik: Opis [pl]")
    address = dialog.get_by_role("textbox")
    address.fill("jutro")
    address.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("To nie jest adres")
    address.fill("www.gus.pl")
    address.press("Enter")
    expect(dialog).to_have_count(0)
    expect(box.locator("a")).to_have_attribute("href", "https://www.gus.pl")
    box.locator("p").first.click()
    page.keyboard.press("End")
    page.keyboard.press("Shift+Control+ArrowLeft")
    expect(button).not_to_contain_class("disabled")
    expect(button).not_to_contain_class("active")
    page.keyboard.press("Control+k")
    address.fill("lomz")
    dialog.get_by_role("button", name="Łomża").click()
    expect(dialog).to_have_count(0)
    save(page)
    practice.refresh_from_db()
    assert practice.description_pl == (
        '<h3>Tramwaj</h3><p><a href="https://www.gus.pl"><strong>Nowa</strong></a> '
        '<a href="/pl/miasta/lomza/">linia</a></p><ul><li><p>2020: 15 MWh</p></li></ul>'
    )


def test_parts_are_put_in_order_by_arrows_and_by_dragging(open_desk, make_practice):
    practice = make_practice()
    for name in "ABC":
        practice.sources.create(title=name)
        practice.indicators.create(label_pl=name, label_en=name, value=1, unit="km")
    page = open_desk("practice_change", practice.pk)
    sources = page.locator("#sources-group tr.form-row:not(.empty-form)")
    titles = sources.locator("[name$=-title]")
    sources.first.get_by_role("button", name="Przesuń w dół (1/3)").press("Enter")
    expect(titles.first).to_have_value("B")
    expect(sources.nth(1).get_by_role("button", name="Przesuń w dół (2/3)")).to_be_focused()
    sources.last.locator(".grip").drag_to(sources.first, target_position={"x": 40, "y": 2})
    figures = page.locator("#indicators-group .inline-related:not(.empty-form)")
    figures.last.get_by_role("button", name="Przesuń w górę (3/3)").press("Enter")
    page.locator("#sources-group .add-row a").click()
    titles.last.fill("D")
    save(page)
    assert "".join(source.title for source in practice.sources.all()) == "CBAD"
    assert "".join(figure.label_pl for figure in practice.indicators.all()) == "ACB"


def test_copied_practice_is_saved_as_another_one(open_desk, make_practice):
    practice = make_practice(title_pl="Tramwaj", status="published", description_pl="<p>Opis</p>")
    practice.sources.create(title="Raport")
    page = open_desk("practice_change", practice.pk)
    page.get_by_role("link", name="Skopiuj tę praktykę").click()
    expect(page.locator(".messagelist")).to_contain_text("To początek kopii praktyki „Tramwaj”")
    page.get_by_label("Tytuł [pl]").fill("Trolejbus")
    page.get_by_label("Tytuł [en]").fill("Trolleybus")
    save(page)
    copy = Practice.objects.get(slug="trolejbus")
    assert (copy.status, copy.description_pl) == ("draft", "<p>Opis</p>")
    assert [source.title for source in copy.sources.all()] == ["Raport"]


def test_position_is_pasted_from_a_map_and_picked_by_keyboard(open_desk, make_city):
    page = open_desk("city_change", make_city(latitude="50", longitude="20").pk)
    latitude, longitude = page.locator("#id_latitude"), page.locator("#id_longitude")
    longitude.fill("53°07′24.6″N 18°00′30.24″E")
    expect(latitude).to_have_value("53.12350")
    expect(longitude).to_have_value("18.00840")
    longitude.press("Tab")
    page.locator(".position-map").focus()
    page.keyboard.press("ArrowRight")
    status = page.locator(".position-map ~ [role=status]").last
    expect(status).to_contain_text("Krzyżyk: ")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Ustawiono położenie: ")
    assert float(longitude.input_value()) > 20
