"""The forms of the admin: every language side by side, nonsense refused."""

import re
from datetime import date

import pytest
from django.contrib import admin
from editing import MODELS, address, edit, errors, filled

from cities.models import Country, Indicator, Source


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


def test_deleting_a_country_with_cities_is_refused(admin_client, make_city):
    country = make_city().country
    admin_client.post(address("country", "delete", country.pk), {"post": "yes"})
    assert list(Country.objects.all()) == [country]


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
