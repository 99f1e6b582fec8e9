"""An editor's day: log in, write, preview, submit; a publisher publishes, undoes, recovers."""

import pytest
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from PIL import Image
from playwright.sync_api import expect

from cities.models import City, Practice

pytestmark = [pytest.mark.long, pytest.mark.database, pytest.mark.django_db]
PASSWORD = "zielony-tramwaj-12"  # noqa: S105


@pytest.fixture(scope="module")
def programme(django_db_setup):
    """Serve a site without it: every record here is the test's own."""


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


@pytest.fixture
def photo(tmp_path):
    path, exif = tmp_path / "rynek.jpg", Image.Exif()
    exif[0x0110] = "SECRET CAMERA"
    Image.new("RGB", (640, 480), "teal").save(path, exif=exif)
    return path


def save(page):
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def add_to(page, group, **fields):
    """Add a part to a form: a figure, a source, a photo."""
    page.locator(f"#{group}-group .add-row a").click()
    row = page.locator(f"[id^={group}-].last-related:not(.empty-form)").last
    for name, value in fields.items():
        field = row.locator(f"[name$=-{name}]")
        field.select_option(value) if name == "unit" else field.fill(value)
    return row


def preview(page, language, heading):
    """Open the page as it will be."""
    with page.expect_popup() as popup:
        page.get_by_role("link", name=f"Podgląd [{language}]").click()
    expect(popup.value.locator("h1")).to_have_text(heading)
    return popup.value


def choose(page, name, text):
    """Choose from a list that is searched as one types."""
    page.locator(f".field-{name} .select2-selection").click()
    page.locator(".select2-search__field").fill(text)
    page.locator(".select2-results__option", has_text=text).click()


def on_the_map(page, name):
    page.goto("/pl/miasta/")
    return page.get_by_role("link", name=name)


def test_an_editors_day(
    open_desk, make_editor, client, site, photo, django_capture_on_commit_callbacks
):
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

    # Write a practice of it, with two figures and a photo.
    page.goto(reverse("admin:cities_practice_add"))
    page.get_by_label("Tytuł [pl]").fill("Tramwaj na próbę")
    page.get_by_label("Tytuł [en]").fill("A tram on trial")
    choose(page, "city", "Wólka Próbna")
    page.get_by_label("Mobilność").check()
    page.get_by_label("Streszczenie [pl]").fill("Tramwaj zamiast obwodnicy.")
    page.get_by_label("Etap").select_option("operation")
    add_to(page, "indicators", label_pl="Trasa", label_en="Line", value="9.5", unit="km")
    add_to(page, "indicators", label_pl="Pętle", label_en="Loops", value="20", unit="km")
    row = add_to(page, "photos", alt_pl="Rynek", alt_en="A square", credit="Anna", licence="CC0")
    row.locator("[type=file]").set_input_files(photo)
    with django_capture_on_commit_callbacks(execute=True):  # they make the smaller versions
        save(page)
    page.locator("#photos-0").scroll_into_view_if_needed()
    expect(page.locator("#photos-0 img.photo")).to_have_js_property("naturalWidth", 640)
    expect(page.locator(".checklist")).to_contain_text("brak źródła")
    practice = Practice.objects.get(slug="tramwaj-na-probe")
    with practice.photos.get().image.open() as file:
        stored = file.read()
    assert (stored[8:12], b"SECRET" in stored) == (b"WEBP", False)

    # Look at both as they will be, and submit them.
    seen = preview(page, "pl", "Tramwaj na próbę")
    for figure in ("9,5\N{NO-BREAK SPACE}km", "20\N{NO-BREAK SPACE}km"):
        expect(seen.get_by_text(figure).first).to_be_visible()
    expect(seen.get_by_role("img", name="Rynek")).to_have_js_property("complete", True)
    seen.close()
    page.get_by_label("Status").select_option("review")
    save(page)
    form = reverse("admin:cities_city_change", args=[city.pk])
    page.goto(form)
    for language, kind in [("pl", "miasto prekursor"), ("en", "precursor city")]:
        seen = preview(page, language, "Wólka Próbna")
        expect(seen.locator(".kind")).to_contain_text(kind)
        seen.close()
    page.get_by_label("Status").select_option("review")
    save(page)

    # A publisher publishes them, and visitors see them on the map.
    publisher = open_desk(make_editor("publisher"))
    publisher.goto(reverse("admin:index"))
    publisher.locator(".to-do").get_by_role("link", name="Tramwaj na próbę").first.click()
    publisher.get_by_label("Status").select_option("published")
    save(publisher)
    publisher.goto(form)
    publisher.get_by_label("Status").select_option("published")
    save(publisher)
    visitor = open_desk()
    expect(on_the_map(visitor, "Wólka Próbna").first).to_be_visible()

    # The city gets another address; who follows the old one is led on, in both languages.
    publisher.locator("[name=slug]").fill("wolka-nowa")
    save(publisher)
    for old, new in [
        ("/pl/miasta/wolka-probna/", "/pl/miasta/wolka-nowa/"),
        ("/en/cities/wolka-probna/", "/en/cities/wolka-nowa/"),
    ]:
        visitor.goto(f"{old}?q=tramwaj")
        assert visitor.url == f"{site}{new}?q=tramwaj"
    city.refresh_from_db()

    # The editor changes it; visitors see that once a publisher has read and published it.
    page.goto(form)
    page.get_by_label("Streszczenie [pl]").fill("Miasto, które planuje wszystko osobno.")
    save(page)
    seen = preview(page, "pl", "Wólka Próbna")
    expect(seen.locator("main")).to_contain_text("osobno")
    seen.close()
    page.get_by_role("button", name="Przekaż do sprawdzenia").click()
    expect(page.locator(".messagelist .success")).to_contain_text("przekazano do sprawdzenia")
    visitor.goto(city.get_absolute_url())
    expect(visitor.locator("main")).not_to_contain_text("osobno")
    publisher.goto(reverse("admin:index"))
    publisher.locator(".to-do").get_by_role("link", name="Wólka Próbna").first.click()
    publisher.get_by_text("Co zmienia szkic").click()
    expect(publisher.locator(".draft ins")).to_have_text("osobno")
    publisher.get_by_role("button", name="Opublikuj i edytuj dalej").click()
    expect(publisher.locator(".draft")).to_have_count(0)
    visitor.goto(city.get_absolute_url())
    expect(visitor.locator("main")).to_contain_text("osobno")

    # Published too soon, it is brought back as it was.
    publisher.goto(reverse("admin:cities_city_history", args=[city.pk]))
    publisher.locator("[name=from]").nth(1).check()
    publisher.get_by_role("button", name="Porównaj").click()
    publisher.get_by_role("button", name="Przywróć stan z").click()
    city.refresh_from_db()
    assert city.summary_pl == "Miasto, które planuje wszystko razem."

    # Deleted by mistake, it comes back as it was.
    publisher.get_by_role("link", name="Usuń", exact=True).click()
    publisher.get_by_role("button", name="Usuń", exact=True).click()
    assert client.get(city.get_absolute_url()).status_code == 404
    publisher.get_by_role("link", name="Odzyskaj usunięte").click()
    publisher.get_by_role("button", name="Przywróć „Wólka Próbna”").click()
    expect(publisher.locator(".messagelist .success")).to_contain_text("Wólka Próbna")
    visitor.goto("/pl/miasta/wolka-probna/")
    expect(visitor.get_by_role("link", name="Tramwaj na próbę").first).to_be_visible()
    assert visitor.url == f"{site}/pl/miasta/wolka-nowa/"


def test_an_article_goes_to_and_fro_and_not_a_word_is_lost(
    open_desk, make_editor, make_city, make_topic
):
    make_city(name_pl="Kutno", name_en="Kutno")
    make_topic(name_pl="Tramwaje")
    editor, publisher = make_editor(), make_editor("publisher")
    page, office, visitor = open_desk(editor), open_desk(publisher), open_desk()

    # The editor writes it with its parts, and sends it for review with a note.
    page.goto(reverse("admin:cities_practice_add"))
    texts = {"title_pl": "Tramwaj na próbę", "title_en": "A tram on trial"}
    texts |= {"summary_pl": "Tramwaj zamiast obwodnicy.", "summary_en": "No bypass."}
    for name, text in texts.items():
        page.locator(f"#id_{name}").fill(text)
    choose(page, "city", "Kutno")
    page.get_by_label("Mobilność").check()
    page.get_by_label("Etap").select_option("operation")
    page.get_by_role("textbox", name="Opis [pl]").fill("Nowa linia łączy rynek z dworcem.")
    add_to(page, "indicators", label_pl="Trasa", label_en="Line", value="9.5", unit="km")
    page.locator("#sources-group .add-row a").click()
    page.locator("#id_sources-0-title").fill("Strategia „Kutno”")
    save(page)
    form = page.url
    page.get_by_label("Uwaga do wydawcy").fill("Czy długość trasy wystarczy?")
    page.get_by_role("button", name="Przekaż do sprawdzenia").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    # The publisher corrects a word, and returns it; without a note nothing is returned.
    office.goto(reverse("admin:index"))
    office.locator(".to-do").get_by_role("link", name="Tramwaj na próbę").first.click()
    expect(office.locator("section.notes")).to_contain_text("Czy długość trasy wystarczy?")
    office.locator("#id_summary_en").fill("A tram, not a bypass.")
    back = office.get_by_role("button", name="Zwróć z uwagą")
    back.click()
    expect(office.locator(".messagelist .error")).to_contain_text("Napisz, co poprawić")
    office.get_by_label("Uwaga: co poprawić").fill("Podaj jeszcze koszt.")
    back.click()
    expect(office.locator(".messagelist .success").last).to_contain_text(editor.username)

    # The editor finds it on the front page, amends it and answers by sending it again.
    page.goto(reverse("admin:index"))
    page.locator(".to-do").get_by_role("link", name="Tramwaj na próbę").first.click()
    expect(page.locator("section.notes li").last).to_contain_text("Podaj jeszcze koszt.")
    expect(page.locator("#id_summary_en")).to_have_value("A tram, not a bypass.")
    add_to(page, "indicators", label_pl="Koszt", label_en="Cost", value="12", unit="km")
    page.get_by_role("button", name="Przekaż do sprawdzenia").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    # Published, and changed as a draft: visitors read what was published.
    office.goto(form)
    office.get_by_label("Status").select_option("published")
    save(office)
    expect(office.locator("section.notes")).to_have_count(0)
    practice = Practice.objects.get(slug="tramwaj-na-probe")
    read = visitor.locator("main")
    visitor.goto(practice.get_absolute_url())
    expect(read).to_contain_text("Tramwaj zamiast obwodnicy.")
    page.goto(form)
    page.locator("#id_summary_pl").fill("Tramwaj zamiast korków.")
    page.locator("#id_sources-0-title").fill("Strategia miasta")
    page.get_by_role("button", name="Przekaż do sprawdzenia").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    office.goto(form)
    office.get_by_label("Uwaga: co poprawić").fill("Korków czy obwodnicy?")
    back.click()
    expect(office.locator(".messagelist .success")).to_be_visible()
    page.goto(form)
    expect(page.locator("section.notes li")).to_contain_text("Korków czy obwodnicy?")
    page.locator("#id_summary_pl").fill("Tramwaj zamiast korków i obwodnicy.")
    page.get_by_role("button", name="Przekaż do sprawdzenia").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    visitor.reload()
    expect(read).to_contain_text("Tramwaj zamiast obwodnicy.")
    office.goto(form)
    office.get_by_role("button", name="Opublikuj", exact=True).click()
    expect(office.locator(".messagelist .success")).to_be_visible()
    visitor.reload()
    expect(read).to_contain_text("Tramwaj zamiast korków i obwodnicy.")

    # Not a word is lost.
    practice.refresh_from_db()
    texts |= {"summary_en": "A tram, not a bypass."}
    texts |= {"summary_pl": "Tramwaj zamiast korków i obwodnicy."}
    assert {name: getattr(practice, name) for name in texts} == texts
    assert practice.description_pl == "<p>Nowa linia łączy rynek z dworcem.</p>"
    figures = practice.indicators.order_by("pk").values_list("label_pl", "label_en", "value")
    assert list(figures) == [("Trasa", "Line", 9.5), ("Koszt", "Cost", 12)]
    assert [source.title for source in practice.sources.all()] == ["Strategia miasta"]
