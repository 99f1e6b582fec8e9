"""Two editors at once: the second save is refused, and nobody loses a word."""

import pytest
from editing import address, errors, filled
from reversion.models import Revision

from cities.editing import history
from cities.models import City, Practice, Source


@pytest.fixture
def town(make_city, admin_user):
    city = make_city(name_pl="Kutno", summary_pl="Miasto róż.", population=40000)
    Source.objects.create(city=city, title="Strategia")
    Source.objects.create(city=city, title="Plan")
    history.record([city], None, "")
    return city


@pytest.fixture
def form(admin_client, town):
    """Return the address of the town's form, and what a browser would post from it."""
    url = address("city", "change", town.pk)
    return url, filled(admin_client.get(url))


def test_a_second_save_is_refused_and_what_changed_is_told(admin_client, form, town):
    url, data = form
    first = data | {"summary_pl": "Miasto wielu róż.", "website": "https://kutno.example/"}
    assert admin_client.post(url, first | {"sources-1-DELETE": "on"}).status_code == 302
    typed = {"summary_pl": "Miasto ogrodów.", "region_pl": "Kujawy", "sources-0-title": "Moje"}
    mine = data | typed
    refused = admin_client.post(url, mine)
    assert list(errors(refused)) == ["__all__"]
    told = dict(refused.context["differences"])
    assert told["Źródło"] == [("gone", "Plan")]
    assert ("new", " wielu") in told["Streszczenie [pl]"]
    town.refresh_from_db()
    assert town.summary_pl == "Miasto wielu róż."
    # The form holds what this editor typed, and the other's words where nothing was typed.
    again = filled(refused)
    assert (again["summary_pl"], again["region_pl"]) == ("Miasto ogrodów.", "Kujawy")
    assert (again["website"], again["sources-0-title"]) == ("https://kutno.example/", "Moje")
    assert admin_client.post(url, again).status_code == 302
    town.refresh_from_db()
    assert (town.summary_pl, town.website) == ("Miasto ogrodów.", "https://kutno.example/")
    assert [source.title for source in town.sources.all()] == ["Moje"]
    assert "Miasto wielu róż." in [v.field_dict["summary_pl"] for v in history.versions(town)]


def test_what_another_changed_by_itself_overtakes_the_page_too(admin_client, form, town):
    url, data = form
    source = town.sources.first()
    source_url = address("source", "change", source.pk)
    assert (
        admin_client.post(
            source_url, filled(admin_client.get(source_url)) | {"title": "Strategia 2030"}
        ).status_code
        == 302
    )
    refused = admin_client.post(url, data | {"population": "41000"})
    assert filled(refused)["sources-0-title"] == "Strategia 2030"
    assert filled(refused)["population"] == "41000"


def test_a_form_that_names_no_version_overwrites_nothing(admin_client, form, town):
    url, data = form
    for seen in ("", "999999", "x"):
        refused = admin_client.post(url, data | {"base_version": seen, "summary_pl": "Na ślepo."})
        assert refused.status_code == 200
    assert City.objects.get().summary_pl == "Miasto róż."


def test_who_writes_while_another_deletes_can_bring_the_page_back(admin_client, form, town):
    url, data = form
    admin_client.post(address("city", "delete", town.pk), {"post": "yes"})
    mine = data | {"summary_pl": "Miasto ogrodów.", "sources-1-title": "Nowy plan"}
    refused = admin_client.post(url, mine)
    assert refused.status_code == 200
    assert not City.objects.exists()
    again = filled(refused)
    assert again["summary_pl"] == "Miasto ogrodów."
    assert admin_client.post(url, again).status_code == 302
    city = City.objects.get()
    assert (city.pk, city.summary_pl) == (town.pk, "Miasto ogrodów.")
    assert [source.title for source in city.sources.all()] == ["Strategia", "Nowy plan"]


def test_who_writes_on_a_page_that_cannot_come_back_is_told_why(admin_client, make_practice):
    practice = make_practice(title_pl="Tramwaj")
    url = address("practice", "change", practice.pk)
    data = filled(admin_client.get(url))
    admin_client.post(address("practice", "delete", practice.pk), {"post": "yes"})
    admin_client.post(address("city", "delete", practice.city.pk), {"post": "yes"})
    told = admin_client.post(url, data, follow=True)
    assert told.redirect_chain == [(address("practice", "recoverlist"), 302)]
    assert "Nie można przywrócić" in told.text
    assert not Practice.objects.exists()


def test_a_refused_save_leaves_no_revision(admin_client, form, town):
    url, data = form
    before = Revision.objects.count()
    admin_client.post(url, data | {"base_version": "", "latitude": "95"})
    assert Revision.objects.count() == before
