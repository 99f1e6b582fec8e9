"""Nothing that is typed into the admin is lost, whatever becomes of the network and the session."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from cities.editing import history
from cities.models import City, Practice

pytestmark = [pytest.mark.database, pytest.mark.django_db]
TYPED = "Miasto, które <planuje> wszystko razem."


@pytest.fixture(scope="module")
def programme(django_db_setup):
    """Serve a site without it: every record here is the test's own."""


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
        context.clear_cookies(name="csrf")  # every log-in changes it
        session = log_in(user).cookies["session"].value
        context.add_cookies([{"name": "session", "value": session, "url": site}])

    return enter


@pytest.fixture
def page(context, enter, people):
    enter(people[0])
    return context.new_page()


@pytest.fixture
def town(make_city):
    city = make_city(name_pl="Kutno", name_en="Kutno")
    history.record([city], None, "")
    return city


@pytest.fixture
def form(page, town):
    """Return a page with the form of a city into which somebody has typed."""
    page.goto(reverse("admin:cities_city_change", args=[town.pk]))
    write(page)
    return page


def write(page):
    """Type plain and rich text, and add a source."""
    page.get_by_label("Streszczenie [pl]").fill(TYPED)
    page.get_by_role("textbox", name="Sylwetka [pl]", exact=True).fill("Pogrubione słowa")
    page.locator("#sources-group .add-row a").click()
    page.locator("#id_sources-0-title").fill("Strategia „Kutno”")


def holds(page):
    """Tell that a form holds what `write` typed."""
    expect(page.get_by_label("Streszczenie [pl]")).to_have_value(TYPED)
    expect(page.get_by_role("textbox", name="Sylwetka [pl]", exact=True)).to_have_text(
        "Pogrubione słowa"
    )
    expect(page.locator("#id_sources-0-title")).to_have_value("Strategia „Kutno”")


def kept(page):
    """Return what the browser has kept."""
    names = page.evaluate("Object.keys(localStorage)")
    return [name for name in names if name.startswith("typed ")]


def save(page):
    page.locator("[name=_continue]").click()


def is_saved(page):
    """Tell that all is saved, and that nothing of it is left in the browser."""
    expect(page.locator(".messagelist .success")).to_be_visible()
    holds(page)
    assert kept(page) == []


def told(page, text):
    expect(page.get_by_role("alert")).to_contain_text(text, use_inner_text=True)
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
    assert City.objects.get(slug="kutno").sources.get().title == "Strategia „Kutno”"


def test_text_outlives_a_server_that_fails_and_sends_once(form, town, faults):
    sent = []

    def fail(route):
        if route.request.method == "POST":
            sent.append(route.request)
        route.fulfill(status=502, body="Bad gateway")

    form.route("**/change/", fail)
    form.locator("[name=_continue]").dblclick()
    told(form, "Serwer nie może teraz zapisać zmian")
    assert len(sent) == 1
    form.unroute("**/change/")
    faults.clear()
    form.get_by_role("button", name="Spróbuj ponownie").click()
    is_saved(form)


@pytest.mark.parametrize("cookies", ["kept", "gone"])
def test_text_outlives_a_session(form, people, context, enter, faults, cookies):
    Session.objects.all().delete()
    if cookies == "gone":
        context.clear_cookies()
    save(form)
    told(form, "Sesja wygasła")
    enter(people[1])
    form.get_by_role("button", name="Spróbuj ponownie").click()
    told(form, "zalogowany ktoś inny")
    assert "Strategia „Kutno”" not in City.objects.get(slug="kutno").sources.values_list("title")
    enter(people[0])
    form.get_by_role("button", name="Spróbuj ponownie").click()
    is_saved(form)
    faults.clear()  # of which the last, a refused token, may come after the press


@pytest.fixture
def photos(tmp_path):
    paths = [tmp_path / name for name in ("rynek.jpg", "dworzec.jpg")]
    for path in paths:
        Image.new("RGB", (640, 480), "teal").save(path)
    return paths


def test_photos_and_texts_outlive_a_form_error(page, town, photos):
    page.goto(reverse("admin:cities_practice_add"))
    title = page.get_by_label("Tytuł [pl]")
    title.fill("Tramwaj na próbę")
    page.get_by_label("Tytuł [en]").fill("A tram on trial")
    page.get_by_role("textbox", name="Opis [pl]", exact=True).fill("Nowa linia")
    for number, photo in enumerate(photos):
        page.locator("#photos-group .add-row a").click()
        page.locator(f"#id_photos-{number}-image").set_input_files(photo)
        page.locator(f"#id_photos-{number}-alt_pl").fill(f"Zdjęcie {number}")
    save(page)
    expect(page.locator(".faults")).to_be_focused()
    expect(page.locator(".field-city .errorlist")).to_be_visible()
    page.locator(".faults").get_by_role("link", name="Zdjęcie 2, Licencja").click()
    expect(page.locator("#id_photos-1-licence")).to_be_focused()
    expect(page.locator("#photos-1 .errorlist").first).to_be_visible()
    for number, photo in enumerate(photos):
        expect(page.locator(f"#photos-{number} .still-chosen")).to_have_text(
            f"Nadal wybrano: {photo.name}"
        )

    # The page is left; the words come back with the part of the form, the files only by name.
    leave(page, "/admin/")
    page.goto(reverse("admin:cities_practice_add"))
    page.get_by_role("button", name="Przywróć").click()
    expect(title).to_have_value("Tramwaj na próbę")
    expect(page.get_by_role("textbox", name="Opis [pl]", exact=True)).to_have_text("Nowa linia")
    expect(page.locator("#id_photos-1-alt_pl")).to_have_value("Zdjęcie 1")
    expect(page.locator("[data-files]")).to_contain_text("rynek.jpg, dworzec.jpg")

    page.locator(".field-city .select2-selection").click()
    page.locator(".select2-search__field").fill("Kutno")
    page.locator(".select2-results__option", has_text="Kutno").click()
    page.get_by_label("Energia").check()
    page.locator("#id_stage").select_option(index=1)
    for number in range(2):
        page.locator(f"#id_photos-{number}-decorative").check()
        page.locator(f"#id_photos-{number}-credit").fill("Anna")
        page.locator(f"#id_photos-{number}-licence").fill("CC BY 4.0")
    # What is chosen from a list that is searched comes back, too.
    page.wait_for_timeout(600)
    leave(page, "/admin/")
    page.goto(reverse("admin:cities_practice_add"))
    page.get_by_role("button", name="Przywróć").click()
    expect(page.locator(".field-city .select2-selection")).to_contain_text("Kutno")
    expect(page.locator("#id_photos-1-decorative")).to_be_checked()
    for number, photo in enumerate(photos):
        page.locator(f"#id_photos-{number}-image").set_input_files(photo)
    save(page)
    expect(page.locator(".messagelist .success, .errornote")).to_be_visible()
    assert page.locator(".errorlist").all_inner_texts() == []
    assert kept(page) == []
    practice = Practice.objects.get(title_pl="Tramwaj na próbę")
    assert (practice.city, practice.photos.count()) == (town, 2)


def test_several_photos_are_chosen_at_once_and_each_is_described(page, make_practice, tmp_path):
    practice = make_practice()
    small, large = tmp_path / "rynek.png", tmp_path / "panorama.jpg"
    Image.new("RGB", (640, 480), "teal").save(small)
    Image.effect_noise((3000, 2000), 90).save(large, quality=95)
    assert large.stat().st_size > 2_000_000
    page.goto(reverse("admin:cities_practice_change", args=[practice.pk]))
    page.get_by_label("Dodaj kilka zdjęć naraz").set_input_files([small, large])
    expect(page.locator("#photos-group canvas.photo")).to_have_count(2)
    sent = page.locator("#id_photos-1-image").evaluate("(field) => field.files[0].size")
    assert sent < large.stat().st_size
    for number in range(2):
        page.locator(f"#id_photos-{number}-decorative").check()
        page.locator(f"#id_photos-{number}-credit").fill(f"Anna {number}")
        page.locator(f"#id_photos-{number}-licence").fill("CC BY 4.0")
    save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    stored = [(photo.credit, photo.image.width) for photo in practice.photos.order_by("pk")]
    assert stored == [("Anna 0", 640), ("Anna 1", 2400)]


def test_two_tabs_keep_what_each_holds(form, context):
    other = context.new_page()
    other.goto(form.url)
    other.get_by_label("Streszczenie [en]").fill("Another tab")
    other.wait_for_timeout(600)
    assert len(kept(form)) == 2
    save(form)
    expect(form.locator(".messagelist .success")).to_be_visible()
    assert len(kept(form)) == 1
    save(other)  # refused, with the words of both
    expect(other.locator(".overtaken")).to_be_visible()
    expect(other.get_by_label("Streszczenie [pl]")).to_have_value(TYPED)
    expect(other.get_by_label("Streszczenie [en]")).to_have_value("Another tab")
    save(other)
    is_saved(other)


def test_nobody_else_finds_it_and_a_log_out_forgets_it(form, enter, people):
    address = form.url
    leave(form, "/admin/")
    assert len(kept(form)) == 1
    enter(people[1])
    form.goto(address)
    expect(form.locator("[data-offer]")).to_be_hidden()
    assert kept(form) == []
    form.get_by_label("Streszczenie [pl]").fill("Tekst Ewy")
    leave(form, "/admin/")
    assert len(kept(form)) == 1
    form.evaluate("""for (const key of Object.keys(localStorage)) if (key.startsWith("typed "))
        localStorage[key] = localStorage[key].replace(/"moment":\\d+/, '"moment":1')""")
    form.reload()
    assert kept(form) == []  # a week later
    form.goto(address)
    form.get_by_label("Streszczenie [pl]").fill("Tekst Ewy")
    form.once("dialog", lambda dialog: dialog.accept())
    form.locator("#logout-form button").click()
    expect(form.get_by_role("link", name="Zaloguj się ponownie")).to_be_visible()
    assert kept(form) == []


def test_what_is_saved_in_a_window_of_its_own_comes_back_to_the_form(page, town, photos):
    page.goto(reverse("admin:cities_source_add"))
    page.get_by_label("Tytuł lub wydawca").fill("Strategia")
    with page.expect_popup() as popup:
        page.locator("#add_id_city").click()
    window = popup.value
    window.get_by_label("Nazwa [pl]").fill("Wólka Próbna")
    save = window.locator("[name=_save]")
    save.click()
    expect(window.locator(".field-latitude .errorlist, .errornote").first).to_be_visible()
    window.get_by_label("Nazwa [en]").fill("Wólka Próbna")
    window.locator(".field-country .select2-selection").click()
    window.locator(".select2-search__field").fill("Polska")
    window.locator(".select2-results__option", has_text="Polska").click()
    window.get_by_label("Rola", exact=False).first.select_option("precursor")
    window.locator("#id_latitude").fill("52,1")
    window.locator("#id_longitude").fill("19,4")
    with window.expect_event("close"):
        save.click()
    expect(page.locator(".field-city .select2-selection")).to_contain_text("Wólka Próbna")
    page.wait_for_timeout(600)
    assert [name.split()[2] for name in kept(page)] == [reverse("admin:cities_source_add")]


def test_what_is_typed_is_shown_in_a_tab_of_its_own_and_not_saved(form, context, town):
    with context.expect_page() as opened:
        form.get_by_role("button", name="Pokaż [pl]").click()
    shown = opened.value
    expect(shown.locator(".preview")).to_contain_text("nic jeszcze nie jest zapisane")
    expect(shown.get_by_text(TYPED).first).to_be_visible()
    expect(shown.get_by_text("Pogrubione słowa")).to_be_visible()
    expect(shown.get_by_text("Strategia „Kutno”")).to_be_attached()
    shown.close()
    holds(form)
    assert len(kept(form)) == 1
    assert not town.sources.exists()
    save(form)
    is_saved(form)
