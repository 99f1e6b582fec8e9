"""The admin: every language side by side, lists that answer, forms that refuse nonsense."""

import csv
import html
import io
import re
import resource
from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from editing import address, edit, errors, filled, upload
from PIL import Image

from cities.admin.imports import MOST_ROWS
from cities.models import City, Country, Indicator, Mention, Source

MODELS = ["country", "city", "practice", "indicator", "source", "mention", "photo", "topic"]
MODELS += ["journey", "stop", "event", "material"]


@pytest.fixture
def make_source(make_city):
    def make(**fields):
        return Source.objects.create(**{"city": make_city(), "title": "Raport"} | fields)

    return make


@pytest.fixture
def make_mention(make_city):
    def make(**fields):
        told = {"title": "Kutno", "url": "https://collection.example/", "language": "de"}
        return Mention.objects.create(**{"city": make_city()} | told | fields)

    return make


@pytest.fixture
def make_stop(make_journey, make_city):
    return lambda: make_journey(make_city()).stops.get()


@pytest.fixture
def make(request):
    """Make a record of the model of this name."""
    makers = [request.getfixturevalue(f"make_{model}") for model in MODELS]
    return lambda model, **fields: dict(zip(MODELS, makers, strict=True))[model](**fields)


@pytest.fixture
def staff(log_in, django_user_model):
    """Return a client of somebody who may do just this and that: “view_city”."""

    def staff(*rights):
        user = django_user_model.objects.create_user("ola", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=rights))
        return log_in(user)

    return staff


def rows(response):
    return list(response.context["cl"].result_list)


def columns(response, name):
    """Return what stands in a column of a list."""
    cells = re.findall(rf'<t[dh] class="field-{name}[^"]*">(.*?)</t[dh]>', response.text)
    return [re.sub(r"<[^>]+>", "", cell) for cell in cells]


def test_every_model_that_staff_edit_is_registered():
    registered = {m._meta.model_name for m in admin.site._registry if m._meta.app_label == "cities"}
    assert registered == {*MODELS, "finding", "synonym", "unanswered"}


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("model", MODELS)
def test_lists_and_forms_open_in_the_language_of_the_editor(admin_client, make, model, language):
    record = make(model)
    for url in (address(model), address(model, "add"), address(model, "change", record.pk)):
        response = admin_client.get(url, headers={"accept-language": language})
        assert response.status_code == 200
        assert f'<html lang="{language}"' in response.text
        assert str(record) in response.text or url == address(model, "add")


@pytest.mark.parametrize("model", ["country", "city", "practice", "indicator"])
def test_forms_show_the_languages_of_a_text_side_by_side(admin_client, make, model):
    record = make(model)
    fieldsets = admin_client.get(address(model, "change", record.pk)).context["adminform"]
    lines = [
        [field.field.name for field in line if not field.is_readonly]
        for fieldset in fieldsets
        for line in fieldset
    ]
    pairs = [line for line in lines if any(name.endswith(("_pl", "_en")) for name in line)]
    editable = {
        field.name.removesuffix("_pl")
        for field in record._meta.fields
        if field.name.endswith("_pl") and field.editable
    }
    assert sorted(pairs) == sorted([f"{name}_pl", f"{name}_en"] for name in editable)


def test_a_translated_field_tells_its_language(admin_client, make_city):
    form = admin_client.get(address("city", "add")).context["adminform"].form
    for language in ("pl", "en"):
        assert form[f"summary_{language}"].label.endswith(f" [{language}]")
        assert f'lang="{language}"' in str(form[f"summary_{language}"])


@pytest.mark.parametrize("model", MODELS)
def test_list_query_count_is_constant(
    admin_client, make, make_country, make_practice, model, django_assert_max_num_queries
):
    counts = []
    for _round in range(2):
        make(model)
        make_practice(city=City.objects.first() or make("city"))
        with django_assert_max_num_queries(12) as queries:
            admin_client.get(address(model))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_lists_follow_the_alphabet_of_the_editor(admin_client, make_country):
    for code, polish, english in [("de", "Niemcy", "Germany"), ("at", "Austria", "Austria")]:
        make_country(code, name_pl=polish, name_en=english)
    make_country("hu", name_pl="Węgry", name_en="Hungary")
    make_country("it", name_pl="Włochy", name_en="Italy")
    assert columns(admin_client.get(address("country")), "name") == [
        "Austria", "Niemcy", "Węgry", "Włochy",
    ]  # fmt: skip
    english = admin_client.get(address("country"), headers={"accept-language": "en"})
    assert columns(english, "name") == ["Austria", "Germany", "Hungary", "Italy"]


def test_counts_lead_to_what_was_counted(admin_client, make_city, make_practice):
    city = make_city()
    practices = [make_practice(city=city), make_practice(city=city, status="draft")]
    make_practice()
    response = admin_client.get(address("city", q=city.slug))
    assert columns(response, "practice_count") == ["2"]
    link = re.search(r'field-practice_count[^>]*><a href="([^"]+)"', response.text)[1]
    assert set(rows(admin_client.get(link))) == set(practices)
    assert columns(admin_client.get(address("country")), "city_count") == ["2"]


def test_practice_list_names_the_themes(admin_client, make_practice):
    make_practice(themes="energy spatial")
    response = admin_client.get(address("practice"), headers={"accept-language": "en"})
    assert columns(response, "theme_names") == ["energy and spatial planning"]


def test_review_filter_finds_what_is_due(admin_client, make_city):
    today = timezone.localdate()
    due = make_city(review_by=today)
    later, never = make_city(review_by=today + timedelta(1)), make_city()
    assert rows(admin_client.get(address("city", review="due"))) == [due]
    assert set(rows(admin_client.get(address("city")))) == {due, later, never}


@pytest.mark.parametrize("query", ["lodz", "łódź", "ŁÓDŹ", "lodz-wodna"])
def test_search_minds_neither_case_nor_accents(admin_client, make_city, make_practice, query):
    city = make_city(name_pl="Łódź", slug="lodz-wodna")
    make_city(name_pl="Kutno")
    assert rows(admin_client.get(address("city", q=query))) == [city]


def test_search_finds_a_practice_by_its_title_in_any_language(admin_client, make_practice):
    practice = make_practice(title_pl="Zielone dachy", title_en="Green roofs")
    make_practice()
    for query in ("zielone", "roofs"):
        assert rows(admin_client.get(address("practice", q=query))) == [practice]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, True),
        ({"status": "draft"}, False),
        ({"status": "review"}, False),
        ({"publish_at": timezone.now() + timedelta(1)}, False),
    ],
)
@pytest.mark.parametrize("model", ["city", "practice"])
def test_only_what_visitors_see_links_to_the_site(admin_client, make, model, fields, shown):
    record = make(model, **fields)
    response = admin_client.get(address(model, "change", record.pk))
    assert bool(response.context.get("absolute_url")) is shown
    assert ("viewsitelink" in response.text) is shown


def test_practice_of_a_draft_city_does_not_link_to_the_site(admin_client, make_city, make_practice):
    practice = make_practice(city=make_city(status="draft"))
    response = admin_client.get(address("practice", "change", practice.pk))
    assert "viewsitelink" not in response.text


def test_blank_address_is_made_from_the_name(admin_client, make_city):
    city = make_city(slug="old")
    assert edit(admin_client, city, slug="", name_pl="Łódź – Bałuty").status_code == 302
    city.refresh_from_db()
    assert (city.name_pl, city.slug) == ("Łódź – Bałuty", "lodz-baluty")


def test_address_made_from_a_long_title_fits_its_column(admin_client, make_practice):
    practice = make_practice()
    assert edit(admin_client, practice, slug="", title_pl="tramwaj " * 15).status_code == 302
    practice.refresh_from_db()
    assert practice.slug == "-".join(["tramwaj"] * 10)


def test_address_that_is_taken_or_impossible_is_told(admin_client, make_city):
    make_city(name_pl="Ząbki")
    city = make_city()
    taken = edit(admin_client, city, slug="", name_pl="Ząbki")
    assert list(errors(taken)) == ["slug"]
    assert list(errors(edit(admin_client, city, slug="", name_pl="Київ"))) == ["slug"]


@pytest.mark.parametrize(
    ("model", "column"),
    [("country", "text_pl"), ("city", "profile_en"), ("practice", "lessons_pl")],
)
def test_rich_text_is_stored_clean(admin_client, make, model, column):
    record = make(model)
    dirty = (
        '<p onclick="x()">Tramwaj<script>alert(1)</script></p>'
        '<p><a href="javascript:x()">a</a> <a href="https://example.org/">b</a></p>'
    )
    assert edit(admin_client, record, **{column: dirty}).status_code == 302
    record.refresh_from_db()
    assert getattr(record, column) == (
        '<p>Tramwaj</p><p>a <a href="https://example.org/">b</a></p>'
    )


def test_position_off_the_earth_is_refused(admin_client, make_city):
    response = edit(admin_client, make_city(), latitude="95")
    assert list(errors(response)) == ["latitude"]


def test_faults_stand_in_a_list_that_leads_to_each_field(admin_client, make_practice):
    practice = make_practice()
    for title in ("Strategia", "Raport"):
        practice.sources.create(title=title)
    response = edit(
        admin_client,
        practice,
        title_pl="",
        publish_at_0="nigdy",
        energy="",
        **{"sources-0-title": "", "sources-1-url": "x y", "sources-1-DELETE": "on"},
    )
    listed = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', response.text)
    assert listed == [
        ("id_title_pl", "Tytuł [pl]"),
        ("id_publish_at_0", "Publikacja od"),
        ("id_energy", "Energia"),
        ("id_sources-0-title", "Źródło 1, Tytuł lub wydawca"),
    ]


def test_deletion_tells_what_goes_and_that_it_comes_back(
    admin_client, make_city, make_practice, make_indicator
):
    city = make_city()
    practice = make_practice(city=city, title_pl="Tramwaj")
    make_indicator(practice=practice)
    city.sources.create(title="Strategia")
    practice.sources.create(title="Raport")
    one = admin_client.get(address("city", "delete", city.pk)).text
    chosen = {"action": "delete_selected", "_selected_action": [city.pk]}
    several = admin_client.post(address("city"), chosen).text
    for page in (one, several):
        assert "Odzyskaj usunięte" in page
    going = ["Tramwaj", "Wskaźniki: 1", "Źródła: 2"]
    assert sorted(re.findall(r"<li>([^<]+)</li>", one)) == going
    assert sorted(re.findall(r"<li>([^<]+)</li>", several)) == sorted([str(city), *going])


@pytest.mark.parametrize(
    ("language", "numbers"), [("pl", ["53,5", "18,0080"]), ("en", ["53.5", "18.0080"])]
)
def test_numbers_stand_in_inputs_as_editors_write_them(admin_client, make_city, language, numbers):
    city = make_city(latitude="53.5", longitude="18.008")
    response = admin_client.get(
        address("city", "change", city.pk), headers={"accept-language": language}
    )
    values = re.findall(r'type="text" name="l[a-z]+itude" value="([^"]+)"', response.text)
    assert values == numbers
    assert response.text.count('inputmode="decimal"') >= 4


def test_round_value_does_not_look_a_thousand_times_larger(admin_client, make_indicator):
    indicator = make_indicator(value=10)
    response = admin_client.get(address("indicator", "change", indicator.pk))
    assert re.search(r'name="value" value="([^"]+)"', response.text)[1] == "10"


def test_place_on_the_card_can_be_handed_over_in_one_go(
    admin_client, make_practice, make_indicator
):
    practice = make_practice()
    first = make_indicator(practice=practice)
    second = make_indicator(practice=practice, headline=True)
    url = address("practice", "change", practice.pk)
    data = filled(admin_client.get(url)) | {"indicators-0-headline": "on"}
    del data["indicators-1-headline"]
    assert admin_client.post(url, data).status_code == 302
    assert list(Indicator.objects.filter(headline=True)) == [first]
    data = filled(admin_client.get(url)) | {"indicators-1-headline": "on"}
    data["indicators-0-DELETE"] = "on"
    assert admin_client.post(url, data).status_code == 302
    assert list(Indicator.objects.filter(headline=True)) == [second]


def test_two_figures_on_the_card_are_refused(admin_client, make_practice, make_indicator):
    practice = make_practice()
    old = make_indicator(practice=practice, headline=True)
    make_indicator(practice=practice)
    changes = {"indicators-0-headline": "on", "indicators-1-headline": "on"}
    response = edit(admin_client, practice, **changes)
    formset = response.context["inline_admin_formsets"][1].formset
    assert len(formset.non_form_errors()) == 1
    assert list(Indicator.objects.filter(headline=True)) == [old]


def test_two_figures_of_one_label_are_refused(admin_client, make_practice, make_indicator):
    practice = make_practice()
    for label in ("Oszczędność", "Koszt"):
        make_indicator(practice=practice, label_pl=label)
    response = edit(admin_client, practice, **{"indicators-1-label_pl": "Oszczędność"})
    assert response.status_code == 200
    assert response.context["inline_admin_formsets"][1].formset.non_form_errors()


def test_source_added_to_a_city_is_stored_with_it(admin_client, make_city):
    city = make_city()
    response = edit(
        admin_client,
        city,
        **{
            "sources-TOTAL_FORMS": 1,
            "sources-0-city": city.pk,
            "sources-0-position": 1,
            "sources-0-title": "Strategia miasta",
            "sources-0-url": "example.org/strategia",
            "sources-0-accessed_on": "2026-03-01",
        },
    )
    assert response.status_code == 302
    source = Source.objects.get()
    assert (source.city, source.practice, source.accessed_on) == (city, None, date(2026, 3, 1))
    assert source.url == "https://example.org/strategia"


def test_source_without_an_owner_is_refused(admin_client, make_source):
    source = make_source()
    assert list(errors(edit(admin_client, source, city=""))) == ["city"]


def test_policy_lets_the_editor_in_and_nothing_else(admin_client, make_city):
    make_city()
    form = admin_client.get(address("city", "add"))
    nonces = set(re.findall(r'nonce="([^"]+)"', form.text))
    (nonce,) = nonces
    policy = dict(
        part.split(" ", 1) for part in form.headers["Content-Security-Policy"].split("; ")
    )
    assert policy["script-src"] == f"'self' 'nonce-{nonce}'"
    assert re.fullmatch(r"'self' 'sha256-[\w+/]{43}='", policy["style-src"])
    assert "nonce-" not in admin_client.get(address("city")).headers["Content-Security-Policy"]


CITY_HEADER = "slug,country,name_pl,name_en,role,latitude,longitude,status"
GOOD_ROW = "torun,pl,Toruń,Toruń,committed,53.0138,18.5984,draft"


def told(response):
    """Return the faults that a page tells: line, column and reason."""
    faults = re.findall(r"<tr>\s*<td>(.*?)</td>\s*<td>(.*?)</td>\s*<td>(.*?)</td>", response.text)
    return [tuple(html.unescape(cell) for cell in fault) for fault in faults]


@pytest.mark.parametrize(
    ("language", "reason"),
    [("pl", "Nie ma takiego wpisu: kraj „xx”."), ("en", "There is no country “xx”.")],
)
def test_import_tries_first_and_names_the_bad_cell(admin_client, make_country, language, reason):
    make_country()
    bad = 'nigdzie,xx,"Nig\ndzie",Nowhere,committed,53,18,draft'
    worse = "torun,pl,Toruń,Toruń,king,53,18,draft"
    lines = [CITY_HEADER, bad, worse.replace("torun", "elk"), GOOD_ROW]
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    response = upload(admin_client, "city", *lines)
    first, second = told(response)
    assert first == ("2", "country", reason)
    assert second[:2] == ("4", "role")
    assert "confirm_form" not in response.context
    assert not City.objects.exists()


def test_import_is_all_or_nothing_when_something_changes_before_it_is_confirmed(
    admin_client, make_city, make_country
):
    make_country()
    response = upload(admin_client, "city", CITY_HEADER, GOOD_ROW, GOOD_ROW.replace("torun", "elk"))
    make_city(slug="inny").former_addresses.create(slug="elk")
    data = response.context["confirm_form"].initial
    answer = admin_client.post(address("city", "process_import"), data, follow=True)
    (message,) = answer.context["messages"]
    assert message.level_tag == "error"
    assert [city.slug for city in City.objects.all()] == ["inny"]


def test_table_too_long_for_a_request_is_refused(admin_client, make_country):
    make_country()
    rows = [GOOD_ROW.replace("torun", f"miasto-{n}") for n in range(MOST_ROWS + 1)]
    response = upload(admin_client, "city", CITY_HEADER, *rows)
    (reason,) = response.context["form"].errors["import_file"]
    assert "import_table" in reason


def test_confirmed_import_is_stored_clean_and_counted(admin_client, make_country):
    make_country()
    response = upload(
        admin_client,
        "city",
        f"{CITY_HEADER},profile_pl",
        f"{GOOD_ROW},<p>Miasto<script>x()</script></p>",
    )
    assert not City.objects.exists()
    confirmed = admin_client.post(
        address("city", "process_import"),
        response.context["confirm_form"].initial,
        headers={"accept-language": "en"},
        follow=True,
    )
    assert [str(message) for message in confirmed.context["messages"]] == [
        "Imported: 1 new, 0 changed, 0 left as they were."
    ]
    city = City.objects.get()
    assert (city.slug, city.profile_pl) == ("torun", "<p>Miasto</p>")


@pytest.mark.parametrize(
    ("language", "delimiter", "numbers"),
    [("pl", ";", ("53,0138", "18,5980")), ("en", ",", ("53.0138", "18.5980"))],
)
def test_export_is_what_a_spreadsheet_of_that_language_opens(
    admin_client, make_city, language, delimiter, numbers
):
    make_city(latitude="53.0138", longitude="18.598", name_pl="Toruń; miasto, port")
    response = admin_client.post(
        address("city", "export"),
        {"format": "0", "resource": "0"},
        headers={"accept-language": language},
    )
    assert response.content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(response.text), delimiter=delimiter)
    assert row["name_pl"] == "Toruń; miasto, port"
    assert (row["latitude"], row["longitude"]) == numbers


@pytest.mark.parametrize(
    ("rights", "may_import", "may_export"),
    [
        (["view_city"], False, True),
        (["view_city", "change_city"], False, True),
        (["view_city", "change_city", "add_city"], True, True),
        (["view_practice"], False, False),
    ],
)
def test_import_and_export_need_the_rights_of_the_form(staff, db, rights, may_import, may_export):
    client = staff(*rights)
    assert (client.get(address("city", "import")).status_code == 200) is may_import
    assert (client.get(address("city", "export")).status_code == 200) is may_export


def test_deleting_a_country_with_cities_is_refused(admin_client, make_city):
    country = make_city().country
    admin_client.post(address("country", "delete", country.pk), {"post": "yes"})
    assert list(Country.objects.all()) == [country]


@pytest.fixture
def add_photo(admin_client):
    """Add a photo, any bytes, to a city through its form."""

    def add_photo(city, content, **changes):
        photo = {
            "photos-TOTAL_FORMS": 1,
            "photos-0-city": city.pk,
            "photos-0-position": 0,
            "photos-0-image": SimpleUploadedFile("rynek.png", content),
            "photos-0-alt_pl": "Rynek",
            "photos-0-alt_en": "The market square",
            "photos-0-credit": "Anna Nowak",
            "photos-0-licence": "CC BY 4.0",
        }
        return edit(admin_client, city, **photo | changes)

    return add_photo


@pytest.fixture
def png():
    file = io.BytesIO()
    Image.new("RGB", (300, 200)).save(file, "PNG")
    return file.getvalue()


def test_photo_added_to_a_city_is_stored_made_anew(admin_client, add_photo, make_city, png):
    city = make_city()
    assert add_photo(city, png).status_code == 302
    photo = city.photos.get()
    assert re.fullmatch(r"photos/[0-9a-f]{32}\.webp", photo.image.name)
    with Image.open(photo.image.path) as image:
        assert (image.format, image.size) == ("WEBP", (300, 200))
    assert photo.image.url in admin_client.get(address("city", "change", city.pk)).text


@pytest.mark.parametrize("part", [b"<svg/>", slice(-40)])
def test_photo_that_is_none_is_told_and_nothing_typed_is_lost(add_photo, make_city, png, part):
    city = make_city()
    content = part if isinstance(part, bytes) else png[part]
    response = add_photo(city, content, population="1234")
    (_sources, _mentions, photos) = response.context["inline_admin_formsets"]
    assert list(photos.formset.errors[0]) == ["image"]
    assert 'value="1234"' in response.text
    assert 'value="Anna Nowak"' in response.text
    assert not city.photos.exists()


def test_full_disk_is_told_and_nothing_typed_is_lost(add_photo, make_city, png, settings):
    city = make_city()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))  # bytes a file may have
    try:
        response = add_photo(city, png, population="1234")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    (_sources, _mentions, photos) = response.context["inline_admin_formsets"]
    assert list(photos.formset.errors[0]) == ["image"]
    assert 'value="1234"' in response.text
    assert not city.photos.exists()
    assert list(settings.MEDIA_ROOT.iterdir()) == []
    assert add_photo(city, png).status_code == 302


def test_former_address_stands_in_the_form_and_can_be_given_up(admin_client, make_city):
    city = make_city(slug="dawny")
    assert edit(admin_client, city, slug="nowy").status_code == 302
    response = admin_client.get(address("city", "change", city.pk))
    *_others, addresses = response.context["inline_admin_formsets"]
    assert [form.instance.slug for form in addresses.formset.forms] == ["dawny"]
    assert edit(admin_client, city, **{"former_addresses-0-DELETE": "on"}).status_code == 302
    assert not city.former_addresses.exists()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ({"latitude": "52.2", "longitude": "21"}, ""),
        ({"latitude": "48.1", "longitude": "11.5"}, "To miejsce nie leży"),
        ({"latitude": "x", "longitude": "11.5"}, ""),
        ({"latitude": "89", "longitude": "nan"}, ""),
    ],
    ids=["inside", "outside", "no number", "off the map"],
)
def test_a_place_outside_the_country_is_doubted(admin_client, make_country, place, told):
    url = address("city", "doubt", country=make_country().pk, **place)
    assert admin_client.get(url).json()["doubt"].startswith(told)
    assert bool(told) is bool(admin_client.get(url).json()["doubt"])


def test_forms_help_and_count_the_letters_of_a_summary(admin_client):
    form = admin_client.get(address("city", "add")).context["adminform"].form
    for language in ("pl", "en"):
        assert form.fields[f"summary_{language}"].help_text
        assert 'data-most="220"' in str(form[f"summary_{language}"])


@pytest.mark.parametrize("model", ["city", "country"])
def test_an_office_is_told_in_a_form_and_a_wrong_address_is_refused(admin_client, make, model):
    record = make(model)
    response = edit(
        admin_client, record, email="um", telephone="22 123 45 67", contact_page="nie wiem"
    )
    assert sorted(errors(response)) == ["contact_page", "email", "telephone"]
    told = {"office_pl": "Urząd Miasta", "office_en": "Town hall", "email": "um@example.org"}
    told |= {"telephone": "+48\xa022 123 45 67", "contact_page": "https://example.org/um"}
    day = {"contact_checked_on": "2026-05-03"}
    edit(admin_client, record, **told, **day)
    record.refresh_from_db()
    assert {name: getattr(record, name) for name in told} == told
    assert record.contact_checked_on == date(2026, 5, 3)
    assert record.telephone_link == "tel:+48221234567"
    page = admin_client.get(address(model, "change", record.pk))
    assert "Kogo zapytać" in page.text


def test_admin_has_the_colours_of_the_site(settings):
    def tokens(name):
        css = (settings.BASE_DIR / "static/css" / name).read_text()
        return dict(re.findall(r"--([a-z]+): (.+);", css))

    names = ["paper", "ink", "muted", "rule", "link", "found"]
    site, own = tokens("base.css"), tokens("admin.css")
    assert [own[name] for name in names] == [site[name] for name in names]
