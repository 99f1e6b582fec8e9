"""What the desk does for those who write: pasting, links, positions, order, copies."""

from decimal import Decimal

import pytest
from editing import address, edit, filled

from cities.models import City, Practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(log_in, django_user_model):
    return log_in(django_user_model.objects.create_superuser("anna"))


def test_what_is_pasted_is_answered_clean_to_staff_alone(desk, client):
    url = address("practice", "pasted")
    answer = desk.post(url, {"html": '<div><b style="font-weight:700">A</b></div><div>B</div>'})
    assert answer.json() == {"html": "<p><strong>A</strong></p><p>B</p>"}
    assert desk.get(url).status_code == 405
    assert client.post(url, {"html": "<p>A</p>"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("www.gus.pl", "https://www.gus.pl"),
        ("urzad@sztum.pl", "mailto:urzad@sztum.pl"),
        ("/pl/miasta/lomza/", "/pl/miasta/lomza/"),
        ("/en/cities/lomza/#sources", "/en/cities/lomza/#sources"),
    ],
)
def test_link_is_answered_whole(desk, make_city, typed, href):
    make_city(slug="lomza", status="published")
    assert desk.post(address("city", "link"), {"address": typed}).json() == {"href": href}


def test_link_to_this_site_is_that_of_any_host(desk, settings):
    url = f"{settings.SITE_URL}/pl/miasta/"
    assert desk.post(address("city", "link"), {"address": url}).json() == {"href": "/pl/miasta/"}


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("jutro", "To nie jest adres."),
        ("javascript:alert(1)", "To nie jest adres."),
        ("//evil.example", "To nie jest adres."),
        ("mailto:urzad", "To nie jest adres e-mail."),
        ("/pl/miasta/lomza/", "Pod tym adresem czytelnicy nie znajdą"),
        ("/pl/nic", "Pod tym adresem czytelnicy nie znajdą"),
        ("/admin/", "Pod tym adresem czytelnicy nie znajdą"),
        ("/admin/password-reset/Mg/set-password/", "Pod tym adresem czytelnicy nie znajdą"),
        ("/sitemap.xml", "Pod tym adresem czytelnicy nie znajdą"),
    ],
)
def test_link_that_leads_nowhere_is_told_at_once(desk, make_city, typed, fault):
    make_city(slug="lomza", status="draft")
    answer = desk.post(address("city", "link"), {"address": typed}).json()
    assert list(answer) == ["fault"]
    assert answer["fault"].startswith(fault)


@pytest.mark.parametrize("field", ["latitude", "longitude"])
def test_pair_from_a_map_fills_both_fields_of_a_position(desk, make_city, field):
    city = make_city(latitude="50", longitude="20")
    assert edit(desk, city, **{field: "53°07′24.6″N 18°00′30.24″E"}).status_code == 302
    position = City.objects.values_list("latitude", "longitude").get(pk=city.pk)
    assert position == (Decimal("53.1235"), Decimal("18.0084"))
    answer = desk.get(address("city", "doubt", latitude="53.1235, 18.0084", longitude="20"))
    assert answer.json() == {"latitude": "53.12350", "longitude": "18.00840"}


def test_part_that_only_has_a_place_is_no_part(desk, make_city):
    city = make_city()
    more = {"sources-TOTAL_FORMS": "1", "sources-0-position": "4", "sources-0-title": ""}
    assert edit(desk, city, **more).status_code == 302
    assert not city.sources.exists()
    assert edit(desk, city, **(more | {"sources-0-title": "Raport"})).status_code == 302
    assert [(s.title, s.position) for s in city.sources.all()] == [("Raport", 4)]


@pytest.fixture
def original(make_practice, make_topic):
    practice = make_practice(
        status="published", energy=True, description_pl="<p>Opis</p>", led_by_pl="Miasto"
    )
    for number, name in enumerate(["Tramwaje", "Domy"]):
        practice.sources.create(title=name, url="https://example.org/", position=number)
    practice.indicators.create(label_pl="Trasa", label_en="Line", value="9.5", unit="km")
    practice.chosen_topics.create(topic=make_topic())
    return practice


def test_copy_of_a_practice_is_a_form_that_is_not_saved(desk, original):
    page = desk.get(address("practice", "change", original.pk)).text
    assert f'href="{address("practice", "add", copy=original.pk)}"' in page
    response = desk.get(address("practice", "add", copy=original.pk))
    assert "To początek kopii" in response.text
    data = filled(response)
    assert (data["title_pl"], data["slug"], data["status"]) == (original.title_pl, "", "draft")
    assert Practice.objects.count() == 1

    data |= {"title_pl": "Drugi tramwaj", "title_en": "A second tram"}
    assert desk.post(address("practice", "add", copy=original.pk), data).status_code == 302
    copy = Practice.objects.get(slug="drugi-tramwaj")
    assert (copy.status, copy.description_pl) == ("draft", "<p>Opis</p>")
    assert (copy.energy, copy.led_by_pl) == (original.energy, "Miasto")
    for part in ("sources", "indicators", "topics"):
        ours, theirs = (list(map(str, getattr(p, part).all())) for p in (copy, original))
        assert ours == theirs != []


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 30])
def test_copy_of_nothing_is_an_empty_form(desk, original, key):
    response = desk.get(address("practice", "add", copy=key))
    assert (response.status_code, filled(response)["title_pl"]) == (200, "")


def test_nobody_copies_what_they_may_not_see(make_editor, log_in, make_country, original):
    editor = make_editor(countries=[make_country("lt")])
    response = log_in(editor).get(address("practice", "add", copy=original.pk))
    assert filled(response)["title_pl"] == ""
