"""The admin in a browser: the map that picks a position, the rich text editor, the policy.

The server shares the test's connection to SQLite, so what a test writes is undone after it.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from cities.editing import drafts, history, restoring
from cities.models import City

pytestmark = pytest.mark.django_db

ZOOM_6 = 256 * 2**6 / 360  # CSS pixels per degree of longitude


@pytest.fixture
def open_admin(site, new_context, log_in, django_user_model):
    """Return a function that opens an admin page as a superuser; new_context watches it."""
    client = log_in(django_user_model.objects.create_superuser("anna"))
    session = client.cookies["session"].value

    def open_admin(name, *args, language="pl-PL", **options):
        context = new_context(locale=language, **options)
        context.add_cookies([{"name": "session", "value": session, "url": site}])
        page = context.new_page()
        page.goto(reverse(f"admin:cities_{name}", args=args))
        return page

    return open_admin


@pytest.fixture
def bydgoszcz(make_city):
    return make_city(latitude="53.1235", longitude="18.0084")


def from_centre(map_box, right):
    box = map_box.bounding_box()
    return {"x": box["width"] / 2 + right, "y": box["height"] / 2}


@pytest.mark.parametrize("language", ["pl-PL", "en-GB"])
def test_click_on_the_map_sets_the_position_that_is_saved(open_admin, bydgoszcz, language):
    page = open_admin("city_change", bydgoszcz.pk, language=language)
    map_box = page.locator(".position-map")
    expect(map_box.locator(".position-marker")).to_be_visible()
    map_box.click(position=from_centre(map_box, right=100))
    latitude, longitude = (
        page.locator(f"#id_{name}").input_value() for name in ("latitude", "longitude")
    )
    assert float(longitude) == pytest.approx(18.0084 + 100 / ZOOM_6, abs=0.05)
    assert float(latitude) == pytest.approx(53.1235, abs=0.05)
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    bydgoszcz.refresh_from_db()
    assert (f"{bydgoszcz.latitude:f}", f"{bydgoszcz.longitude:f}") == (latitude, longitude)


def test_dragging_the_marker_sets_the_position(open_admin, bydgoszcz):
    page = open_admin("city_change", bydgoszcz.pk)
    map_box = page.locator(".position-map")
    page.locator(".position-marker").drag_to(
        map_box, target_position=from_centre(map_box, right=-100)
    )
    longitude = float(page.locator("#id_longitude").input_value())
    assert longitude == pytest.approx(18.0084 - 100 / ZOOM_6, abs=0.1)


def test_typing_the_position_moves_the_marker(open_admin):
    page = open_admin("city_add")
    marker = page.locator(".position-marker")
    page.locator(".position-map").scroll_into_view_if_needed()
    page.locator("#id_latitude").fill("50")
    expect(marker).to_have_count(0)
    page.locator("#id_longitude").fill("20")
    expect(marker).to_be_in_viewport()
    before = marker.bounding_box()["x"]
    page.locator("#id_longitude").fill("21")
    assert marker.bounding_box()["x"] > before
    page.locator("#id_longitude").fill("")
    expect(marker).to_have_count(0)


def test_map_has_a_name_and_leaves_the_wheel_to_the_page(open_admin, bydgoszcz):
    page = open_admin("city_change", bydgoszcz.pk, language="en-GB")
    map_box = page.get_by_role("application", name="Map on which to pick the position")
    map_box.scroll_into_view_if_needed()
    map_box.hover()
    page.wait_for_load_state("networkidle")  # what comes late moves what is below it
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == before - 200


def test_rich_text_editor_writes_under_the_policy(open_admin, make_practice):
    practice = make_practice()
    page = open_admin("practice_change", practice.pk, language="en-GB")
    names = ["Description [pl]", "Description [en]", "Lessons [pl]", "Lessons [en]"]
    for name in names:
        expect(page.get_by_role("textbox", name=name, exact=True)).to_have_attribute(
            "lang", name[-3:-1]
        )
    text = page.get_by_role("textbox", name="Description [pl]", exact=True)
    text.click()
    page.keyboard.press("Control+b")
    page.keyboard.type("Tramwaj")
    expect(text.locator("strong")).to_have_text("Tramwaj")
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    practice.refresh_from_db()
    assert practice.description_pl == "<p><strong>Tramwaj</strong></p>"


def test_pages_keep_to_the_policy_and_to_their_host(open_admin):
    page = open_admin("city_changelist")
    names = ["city_changelist", "city_import", "city_export"]
    for name in [*names, "practice_add", "indicator_add", "source_add"]:
        page.goto(reverse(f"admin:cities_{name}"))
        page.wait_for_load_state("networkidle")
        expect(page.locator("#site-name")).to_be_visible()


def try_table(page, table):
    page.goto(reverse("admin:cities_city_import"))
    file = {"name": "miasta.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.locator("[type=file]").set_input_files(file)
    page.locator("[type=submit].default").click()


def test_forms_and_imports_fit_the_window(open_admin, bydgoszcz):
    address = "https://example.org/" + "bardzo-dlugi-adres-" * 8
    bydgoszcz.sources.create(title="Strategia " * 9, url=address, accessed_on="2026-01-31")
    page = open_admin("city_change", bydgoszcz.pk, viewport={"width": 1280, "height": 900})
    expect(page.locator(".position-marker")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    try_table(page, f"slug;summary_pl;profile_pl\n{bydgoszcz.slug};Nowe;{'Długi opis. ' * 50}\n")
    expect(page.locator(".differences ins").first).to_have_text("Nowe")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_broken_table_is_told_on_the_spot_and_axe_finds_nothing_in_our_parts(open_admin, bydgoszcz):
    page = open_admin("city_import", language="en-GB", bypass_csp=True)  # for axe
    try_table(page, "slug;role\nnowe-miasto;king\n")
    expect(page.get_by_role("heading", name="Nothing was imported")).to_be_visible()
    expect(page.get_by_role("row", name="2 role")).to_be_visible()
    assert violations(page, "table.import-preview") == []
    page.goto("/admin/")
    expect(page.locator(".to-do").last).to_contain_text("Missing source")
    assert violations(page, ".to-do") == []
    page.goto(reverse("admin:cities_city_change", args=[bydgoszcz.pk]))
    assert violations(page, ".checklist") == []


@pytest.fixture
def changed(bydgoszcz, make_practice):
    """Return a published city that an editor has changed, with a draft that waits for review."""
    make_practice(city=bydgoszcz)
    for summary in (bydgoszcz.summary_pl, "Inny opis."):
        bydgoszcz.summary_pl = summary
        bydgoszcz.save()
        history.record([bydgoszcz], None, "")
    with drafts.kept_apart(bydgoszcz, None, "review"):
        City.objects.update(summary_pl="Szkic opisu.")
    return bydgoszcz


@pytest.fixture
def everything(changed, make_topic, make_journey, make_event, make_material, make_indicator):
    """Make something of every kind that the admin knows, in or about the city that has changed."""
    practice = changed.practices.get()
    make_topic(practice)
    make_journey(changed, practice)
    make_event(changed)
    make_material(practice)
    make_indicator(practice=practice)
    changed.sources.create(title="Strategia", url="https://example.org/", accessed_on="2026-01-31")
    changed.mentions.create(title="Kutno", url="https://example.org/", language="de")


@pytest.mark.long
@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 768)])
def test_axe_finds_nothing_in_our_pages_of_the_admin(
    open_admin, changed, make_city, make_editor, log_in, site, monkeypatch, colours, width
):
    monkeypatch.setattr(admin.ModelAdmin, "list_per_page", 5)  # one row is as another
    restoring.delete(make_city(name_pl="Kutno"), None)
    window = {"width": width, "height": 900}
    page = open_admin(  # bypass_csp for axe
        "city_changelist", bypass_csp=True, color_scheme=colours, viewport=window
    )
    found = {}

    def look(name, part="#content"):
        faults = violations(page, part)
        # The empty heading is in Django's own table of sources.
        found[name] = [fault for fault in faults if fault[0] != "empty-table-header"]

    of_city = reverse("admin:cities_city_history", args=[changed.pk])
    for name, url in {
        "to do": reverse("admin:index"),
        "report": reverse("admin:cities_finding_changelist"),
        "history": of_city,
        "comparison": f"{of_city}?from={history.versions(changed).last().pk}",
        "recover": reverse("admin:cities_city_recoverlist"),
        "translations": reverse("admin:cities_translations"),
        "translation": reverse("admin:cities_city_translation", args=[changed.pk, "en"]),
        "sessions": reverse("admin:sessions"),
        "import": reverse("admin:cities_city_import"),
        "deletion": reverse("admin:cities_city_delete", args=[changed.pk]),
        **dict(lists_and_forms()),
    }.items():
        page.goto(url)
        look(name)

    try_table(page, f"slug;summary_pl\n{changed.slug};Nowe\n")
    expect(page.locator(".differences ins")).to_have_text("Nowe")
    look("import tried")

    page.goto(reverse("admin:cities_city_change", args=[changed.pk]))
    profile = page.get_by_role("textbox", name="Sylwetka [pl]", exact=True)
    profile.fill("Miasto")
    profile.press("Control+a")
    profile.press("Control+k")
    page.get_by_role("dialog").get_by_role("textbox").fill("jutro")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("alert")).not_to_be_empty()
    look("link dialog", "[role=dialog], dialog")
    page.keyboard.press("Escape")
    page.get_by_label("Streszczenie [pl]").fill("Mój opis.")
    history.record([changed], None, "Somebody else saves it.")
    page.locator("[name=_continue]").click()
    expect(page.locator(".overtaken")).to_be_visible()
    look("refused save")

    def enter_with_password():
        session = log_in(editor, second_factor=False).cookies["session"].value
        page.context.add_cookies([{"name": "session", "value": session, "url": site}])
        page.goto(reverse("admin:second_factor"))

    editor = make_editor()
    page.once("dialog", lambda dialog: dialog.accept())
    enter_with_password()
    look("setting up the second factor")
    device = TOTPDevice.objects.get()
    page.get_by_label("Kod").fill(f"{totp(device.bin_key):06d}")
    page.get_by_role("button", name="Zaloguj się").click()
    expect(page.locator("code").first).to_be_visible()
    look("recovery codes")
    enter_with_password()
    expect(page.locator(".qr")).to_have_count(0)
    look("asking for the second factor")
    assert {name: faults for name, faults in found.items() if faults} == {}


def lists_and_forms():
    """Yield the list of each kind of record, and the form of one if somebody writes those."""
    for model, owner in admin.site._registry.items():
        start = f"admin:{model._meta.label_lower.replace('.', '_')}"
        yield f"{start} list", reverse(f"{start}_changelist")
        record = model.objects.first()
        is_ours = model is not Group  # whose lists are Django’s own
        if record and is_ours and owner.list_display_links is not None:
            yield start, reverse(f"{start}_change", args=[record.pk])


def violations(page, selector):
    """Return what axe has against one part of a page."""
    found = Axe().run(page, context=selector).response["violations"]
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in found]


def test_stops_are_ordered_by_arrows_and_by_dragging(open_admin, make_journey, make_city):
    journey = make_journey(*(make_city() for _ in range(4)))
    page = open_admin("journey_change", journey.pk, viewport={"width": 1280, "height": 2400})
    stops = page.locator(".inline-related:not(.empty-form)")
    reasons = page.locator(".inline-related:not(.empty-form) [name$=why_en]")

    def order():
        return [
            int(reason[-2])
            for reason in reasons.evaluate_all("(all) => all.map((one) => one.value)")
        ]

    assert order() == [1, 2, 3, 4]
    stops.first.locator("[value=down]").focus()
    page.keyboard.press("Enter")
    assert order() == [2, 1, 3, 4]
    expect(stops.nth(1).locator("[value=down]")).to_be_focused()
    page.keyboard.press("Enter")
    assert order() == [2, 3, 1, 4]
    stops.last.locator("h3").drag_to(stops.first.locator("h3"), target_position={"x": 5, "y": 2})
    assert order() == [4, 2, 3, 1]
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert [int(stop.why_en[-2]) for stop in journey.stops.all()] == [4, 2, 3, 1]
    assert order() == [4, 2, 3, 1]


def test_the_bar_that_saves_stays_in_view_and_hides_nothing_that_has_the_focus(open_admin, changed):
    for size in ({"width": 1280, "height": 720}, {"width": 360, "height": 640}):
        page = open_admin("city_change", changed.pk, viewport=size)
        save = page.locator(".submit-row .default")
        expect(save).to_be_in_viewport(ratio=1)
        hidden = page.evaluate("""() => {
            const bar = document.querySelector(".submit-row .default");
            return [...document.querySelectorAll("#content form input, #content form textarea")]
                .filter((field) => field.checkVisibility() && !field.closest(".submit-row"))
                .filter((field) => {
                    field.focus();
                    return field.getBoundingClientRect().top >= bar.getBoundingClientRect().top;
                }).map((field) => field.name);
        }""")
        assert hidden == []


def test_list_has_room_on_a_tablet(open_admin, bydgoszcz):
    page = open_admin("city_changelist", viewport={"width": 768, "height": 900})
    assert page.locator("#result_list").bounding_box()["width"] > 700
    title, tools = (page.locator(name).bounding_box() for name in ("h1", ".object-tools"))
    assert title["y"] + title["height"] <= tools["y"]


def test_who_edits_is_led_from_a_page_to_its_form_until_they_log_out(
    open_admin, new_context, bydgoszcz, site
):
    bydgoszcz.status = "published"
    bydgoszcz.save()
    page = open_admin("city_changelist")
    page.goto(bydgoszcz.get_absolute_url())
    page.get_by_role("link", name="Edytuj tę stronę").click()
    page.wait_for_url(f"**{reverse('admin:cities_city_change', args=[bydgoszcz.pk])}")
    page.locator("#logout-form button").click()
    expect(page.get_by_role("link", name="Zaloguj się ponownie")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == ["theme"]  # Django’s
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(bydgoszcz.get_absolute_url(), wait_until="networkidle")
    assert not [url for url in asked if "edit" in url]
