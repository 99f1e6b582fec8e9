import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from cities.importing.resources import CityResource
from cities.models import City, Freshness, Practice

pytestmark = pytest.mark.database


@pytest.fixture
def city(make_city):
    return make_city(slug="lodz", summary_pl="Pierwszy.", summary_en="The first.", role_note_pl="")


def saved(city, **changes):
    """Save a city as somebody else would who read it from the database."""
    city = City.objects.get(pk=city.pk)
    for name, value in changes.items():
        setattr(city, name, value)
    city.save()
    return City.objects.get(pk=city.pk)


def test_a_translation_is_fresh_until_its_original_changes(city):
    assert city.freshness("en") == Freshness.FRESH
    city = saved(city, population=12)
    assert city.freshness("en") == Freshness.FRESH
    city = saved(city, summary_pl="Drugi.")
    assert city.freshness("en") == Freshness.OUTDATED
    assert city.outdated("en") == {"summary": "Pierwszy."}
    city = saved(city, summary_pl="Trzeci.")
    assert city.outdated("en") == {"summary": "Pierwszy."}  # still made from that


@pytest.mark.parametrize(
    "change",
    [{"summary_en": "The second."}, {"summary_pl": "Pierwszy."}, {"is_small_change": True}],
    ids=["translated anew", "changed back", "found to hold"],
)
def test_a_translation_becomes_fresh_again(city, change):
    city = saved(city, summary_pl="Drugi.")
    city = saved(city, **change)
    assert city.freshness("en") == Freshness.FRESH
    assert city.outdated("en") == {}


def test_both_languages_changed_at_once_are_fresh(city):
    city = saved(city, summary_pl="Drugi.", summary_en="The second.")
    assert city.freshness("en") == Freshness.FRESH


def test_a_mended_name_leaves_the_summary_outdated(city):
    city = saved(city, summary_pl="Drugi.")
    city = saved(city, name_en="Another name")
    assert city.outdated("en") == {"summary": "Pierwszy."}


def test_a_text_without_its_translation_is_missing(city):
    assert saved(city, role_note_pl="Wiadomo.").freshness("en") == Freshness.MISSING
    assert saved(city, role_note_en="It is known.").freshness("en") == Freshness.FRESH


def test_an_import_outdates_translations_too(city):
    table = CityResource().export()
    column = table.headers.index("summary_pl")
    row = list(table[0])
    row[column] = "Z tabeli."
    del table[0]
    table.append(row)
    result = CityResource().import_data(table, raise_errors=True)
    assert result.totals["update"] == 1
    assert City.objects.get().outdated("en") == {"summary": "Pierwszy."}


@pytest.mark.parametrize(("language", "notes"), [("pl", 0), ("en", 1)])
def test_a_page_says_that_its_translation_is_outdated(city, visit, reverse_in, language, notes):
    address = reverse_in(language, "city", slug="lodz")
    assert visit(address).find("p", of="language-note") == []
    saved(city, summary_pl="Drugi.")
    page = visit(address)
    assert len(page.find("p", of="language-note")) == notes
    assert page.links(hreflang="pl")[-notes or None :][:notes] == ["/pl/miasta/lodz/"] * notes


def test_staff_see_what_changed_and_can_let_the_translation_stand(admin_client, make_practice):
    practice = make_practice(summary_pl="Stary tramwaj.", summary_en="An old tram.")
    practice.summary_pl = "Nowy tramwaj."
    practice.save()
    address = reverse("admin:cities_practice_change", args=[practice.pk])
    html = admin_client.get(address).text
    assert "<del>Stary</del><ins>Nowy</ins> tramwaj." in html
    form = admin_client.get(address).context["adminform"].form
    sent = {name: "" if value is None else value for name, value in form.initial.items()}
    sent |= {"is_small_change": "on", "publish_at_0": "2026-01-01", "publish_at_1": "12:00"}
    for name in ("chosen_topics", "indicators", "sources", "photos"):
        sent |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    assert admin_client.post(address, sent).status_code == 302
    assert Practice.objects.get().freshness("en") == Freshness.FRESH


def test_translations_into_one_language_can_hold_alone(city, settings):
    city = saved(city, summary_pl="Drugi.")
    assert saved(city, is_small_change="de").freshness("en") == Freshness.OUTDATED
    assert saved(city, is_small_change="en").freshness("en") == Freshness.FRESH


def test_what_cleaning_changes_is_no_change_of_the_text(make_city):
    city = make_city(profile_pl="<p>A<script>b</script></p>", profile_en="<p>A<i>b</i></p>")
    city = saved(city, population=12)
    assert city.made_from == saved(city).made_from
    assert city.freshness("en") == Freshness.FRESH


def test_those_who_may_only_look_see_what_changed(log_in, django_user_model, make_city):
    city = make_city(summary_pl="Pierwszy.", summary_en="The first.")
    saved(city, summary_pl="Drugi.")
    user = django_user_model.objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_city"))
    user.countries.add(city.country)
    html = log_in(user).get(reverse("admin:cities_city_change", args=[city.pk])).text
    assert "<del>Pierwszy</del><ins>Drugi</ins>." in html
