"""Drafts: what is written on a published page shows only once it is published."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from editing import address, edit, errors, filled, upload
from html_page import Page
from PIL import Image

from cities.editing import drafts, history
from cities.models import City, Draft, Practice, Source
from cities.templatetags.to_do import to_do
from precursors.page_cache import version

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def town(make_city):
    city = make_city(summary_pl="Miasto róż.", slug="kutno")
    for title in ("Strategia", "Plan"):
        Source.objects.create(city=city, title=title)
    history.record([city], None, "")
    return city


@pytest.fixture
def office(log_in, publisher):
    """What a publisher sees and posts."""
    return log_in(publisher)


def live(page):
    page.refresh_from_db()
    return page


def written(page):
    return filled_titles(page), live(page).summary_pl


def filled_titles(page):
    return [source.title for source in page.sources.order_by("pk")]


NEW_SOURCE = {
    "sources-TOTAL_FORMS": "3",
    "sources-2-title": "Raport",
    "sources-2-position": "0",
    "sources-1-DELETE": "on",
}


def test_what_an_editor_writes_on_a_published_page_is_a_draft(
    desk, town, commit, own_version, reverse_in
):
    before = version.current()
    with commit():
        assert edit(desk, town, summary_pl="Miasto ogrodów.", **NEW_SOURCE).status_code == 302
    assert version.current() == before  # no page of a visitor is made anew
    assert written(town) == (["Strategia", "Plan"], "Miasto róż.")
    assert history.versions(town).count() == 1
    form = filled(desk.get(address("city", "change", town.pk)))
    assert form["summary_pl"] == "Miasto ogrodów."
    assert [form[f"sources-{n}-title"] for n in range(2)] == ["Strategia", "Raport"]
    # Written on, with parts that are not stored yet; and read as it will be.
    edit(desk, town, **{"sources-1-title": "Raport 2030"})
    preview = desk.get(reverse_in("pl", "city_preview", slug=town.slug)).text
    assert "Miasto ogrodów." in preview
    assert "Raport 2030" in preview
    assert written(town) == (["Strategia", "Plan"], "Miasto róż.")


def test_a_draft_with_another_address_is_previewed_from_its_form(desk, town, reverse_in):
    edit(desk, town, slug="nowe", summary_pl="Szkic.")
    url = reverse_in("pl", "city_preview", slug="kutno")
    assert url in desk.get(address("city", "change", town.pk)).text
    assert "Szkic." in desk.get(url).text


def test_a_publisher_publishes_a_draft_whole_with_one_press(desk, office, town, publisher):
    edit(desk, town, summary_pl="Miasto ogrodów.", _review="", **NEW_SOURCE)
    page = office.get(address("city", state="review"))
    assert list(page.context["cl"].result_list) == [town]
    assert "opublikowane, ze zmianami: do sprawdzenia" in page.text
    assert {"name": str(town), "url": address("city", "change", town.pk)} in [
        each for task in to_do(publisher)["waiting"] for each in task.pages
    ]
    edit(office, town, _save="")
    assert written(town) == (["Strategia", "Raport"], "Miasto ogrodów.")
    assert max(town.sources.values_list("pk", flat=True)) < drafts.NEW
    revision = history.versions(town)[0].revision
    assert revision.user == publisher
    assert {v.object_repr for v in revision.version_set.all()} >= {"Strategia", "Raport"}
    assert drafts.of(town) is None


def test_publishers_write_at_once_unless_they_mean_a_draft(office, town):
    edit(office, town, summary_pl="Na później.", _draft="")
    assert live(town).summary_pl == "Miasto róż."
    edit(office, town, summary_pl="Od razu.", _continue="")
    assert live(town).summary_pl == "Od razu."
    assert drafts.of(town) is None


def test_an_editor_who_is_trusted_publishes_in_that_country_alone(desk, editor, town, make_city):
    town.country.trusted.add(editor)
    edit(desk, town, summary_pl="Od razu.", _save="")
    assert live(town).summary_pl == "Od razu."
    other = make_city("de", summary_pl="Alt.")
    editor.countries.add(other.country)
    edit(desk, other, summary_pl="Neu.", _save="")
    assert live(other).summary_pl == "Alt."


def test_two_people_in_one_draft_are_told_of_each_other(desk, office, town):
    edit(desk, town, summary_pl="Pierwszy.")
    url = address("city", "change", town.pk)
    mine = filled(office.get(url))
    edit(desk, town, summary_pl="Drugi.", region_pl="Mazury")
    refused = office.post(url, mine | {"website": "https://kutno.example/", "_save": ""})
    assert list(errors(refused)) == ["__all__"]
    again = filled(refused)
    assert (again["summary_pl"], again["region_pl"]) == ("Drugi.", "Mazury")
    assert again["website"] == "https://kutno.example/"
    assert live(town).summary_pl == "Miasto róż."
    office.post(url, again | {"_save": ""})
    assert (live(town).summary_pl, town.website) == ("Drugi.", "https://kutno.example/")


def test_a_form_of_the_page_does_not_overwrite_a_draft_made_since(desk, office, town):
    url = address("city", "change", town.pk)
    mine = filled(office.get(url))
    edit(desk, town, summary_pl="Szkic.")
    refused = office.post(url, mine | {"region_pl": "Mazury", "_save": ""})
    assert filled(refused)["summary_pl"] == "Szkic."
    assert live(town).summary_pl == "Miasto róż."


def test_a_draft_keeps_what_is_published_meanwhile_and_tells_of_it(desk, office, town):
    edit(desk, town, summary_pl="Szkic.", **NEW_SOURCE)
    answer = upload(office, "city", "slug,population,summary_pl", f"{town.slug},41000,Nowe.")
    office.post(address("city", "process_import"), answer.context["confirm_form"].initial)
    assert live(town).population == 41000
    page = office.get(address("city", "change", town.pk))
    assert filled(page)["population"] == "41000"
    assert filled(page)["summary_pl"] == "Szkic."
    assert ("new", "Nowe") in dict(page.context["meanwhile"])["Streszczenie [pl]"]
    chosen = {"action": "publish", "_selected_action": [town.pk]}
    assert "nie została opublikowana" in office.post(address("city"), chosen, follow=True).text
    edit(office, town, _save="")
    assert (town.refresh_from_db(), town.summary_pl, town.population) == (None, "Szkic.", 41000)


def test_figures_of_a_draft_may_change_places(desk, office, make_practice):
    practice = make_practice()
    for label in ("Pierwszy", "Drugi"):
        practice.indicators.create(
            label_pl=label, label_en=label, value=1, unit="km", headline=label == "Pierwszy"
        )
    history.record([practice], None, "")
    data = {"indicators-0-headline": "", "indicators-1-headline": "on"}
    edit(desk, practice, title_pl="Nowy tytuł", **data)
    assert practice.indicators.get(headline=True).label_pl == "Pierwszy"
    chosen = {"action": "publish", "_selected_action": [practice.pk]}
    office.post(address("practice"), chosen)
    assert Practice.objects.get().title_pl == "Nowy tytuł"
    assert practice.indicators.get(headline=True).label_pl == "Drugi"


def test_a_photo_of_a_draft_is_there_once_published(desk, office, town, commit):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, "PNG")
    content = SimpleUploadedFile("rynek.png", file.getvalue(), "image/png")
    with commit():
        edit(
            desk,
            town,
            **{
                "photos-TOTAL_FORMS": "1",
                "photos-0-image": content,
                "photos-0-decorative": "on",
                "photos-0-credit": "Anna",
                "photos-0-licence": "CC0",
                "photos-0-position": "0",
            },
        )
    assert not town.photos.exists()
    edit(office, town, _save="")
    photo = town.photos.get()
    assert photo.image.storage.exists(photo.image.name)
    smallest = photo.image.get_picture_files_list().pop()
    assert photo.image.storage.exists(smallest.name)


def test_a_scheduled_draft_is_published_at_its_time(office, town, publisher):
    later = timezone.localtime() + timedelta(hours=1)
    edit(office, town, summary_pl="Jutro.", _schedule="", _publish_on=f"{later:%Y-%m-%dT%H:%M}")
    call_command("publish_due")
    assert live(town).summary_pl == "Miasto róż."
    Draft.objects.update(publish_at=timezone.now())
    call_command("publish_due")
    assert live(town).summary_pl == "Jutro."
    assert history.versions(town)[0].revision.user == publisher


def test_a_scheduled_draft_waits_where_the_page_has_become_another(office, town, capsys):
    later = timezone.localtime() + timedelta(hours=1)
    edit(office, town, summary_pl="Jutro.", _schedule="", _publish_on=f"{later:%Y-%m-%dT%H:%M}")
    Draft.objects.update(publish_at=timezone.now())
    town.summary_pl = "Dziś."
    town.save()
    history.record([town], None, "")
    call_command("publish_due")
    assert (live(town).summary_pl, drafts.of(town).state) == ("Dziś.", "review")
    assert str(town) in capsys.readouterr().out


@pytest.mark.parametrize("moment", ["", "kiedyś", "2020-01-01T10:00"])
def test_no_draft_is_scheduled_for_no_time_to_come(office, town, moment):
    edit(office, town, summary_pl="Jutro.", _schedule="", _publish_on=moment)
    assert drafts.of(town).state == "draft"


def test_an_editor_schedules_and_publishes_nothing(desk, town):
    later = timezone.localtime() + timedelta(hours=1)
    for name in ("_schedule", "_save", "_publish"):
        edit(desk, town, **{"summary_pl": name, name: "", "_publish_on": f"{later:%Y-%m-%dT%H:%M}"})
        assert drafts.of(town).state == "draft"
    desk.post(address("city"), {"action": "publish", "_selected_action": [town.pk]})
    assert live(town).summary_pl == "Miasto róż."


def test_a_draft_is_dropped_by_who_has_seen_it(desk, town):
    edit(desk, town, summary_pl="Szkic.")
    url = address("city", "change", town.pk)
    seen = filled(desk.get(url))["base_version"]
    edit(desk, town, summary_pl="Nowszy szkic.")
    desk.post(url, {"_drop": "", "base_version": seen})
    assert drafts.of(town)
    desk.post(url, {"_drop": "", "base_version": filled(desk.get(url))["base_version"]})
    assert drafts.of(town) is None
    assert filled(desk.get(url))["summary_pl"] == "Miasto róż."


def test_an_earlier_version_comes_back_as_an_editors_draft(desk, town):
    first = history.versions(town)[0]
    town.summary_pl = "Dziś."
    town.save()
    history.record([town], None, "")
    desk.post(address("city", "revision", town.pk, first.pk))
    assert live(town).summary_pl == "Dziś."
    assert filled(desk.get(address("city", "change", town.pk)))["summary_pl"] == "Miasto róż."


def test_parts_of_a_published_page_change_in_its_form_alone(desk, town):
    source = town.sources.first()
    url = address("source", "change", source.pk)
    assert desk.post(url, {"title": "Inne"}).status_code == 403
    assert desk.post(address("source", "delete", source.pk), {"post": "yes"}).status_code == 403
    added = desk.post(address("source", "add"), {"city": town.pk, "title": "X", "position": "0"})
    assert list(errors(added)) == ["city"]
    assert filled_titles(town) == ["Strategia", "Plan"]


def test_an_editors_import_into_a_published_page_is_refused(desk, town):
    answer = upload(desk, "city", "slug,summary_pl", f"{town.slug},Z tabeli.")
    assert "Zmień ją w\xa0jej formularzu" in answer.text
    assert City.objects.get().summary_pl == "Miasto róż."


def test_a_draft_that_cannot_stand_is_kept_and_the_page_shown(desk, town, make_city):
    edit(desk, town, slug="nowe", summary_pl="Szkic.")
    make_city(slug="nowe")
    url = address("city", "change", town.pk)
    page = desk.get(url)
    assert "Nie da się pokazać szkicu" in page.text
    assert filled(page)["summary_pl"] == "Miasto róż."
    assert drafts.of(town)


def test_the_checklist_of_a_form_is_that_of_its_draft(desk, town):
    url = address("city", "change", town.pk)
    edit(desk, town, summary_en="")
    assert "streszczenie [en]" in Page(desk.get(url)).texts("ul", of="checklist")[0]
    assert "summary_en" not in str(list(town.findings.values_list("column", flat=True)))


def test_a_never_published_page_needs_no_draft(desk, make_city):
    city = make_city(status="draft")
    edit(desk, city, summary_pl="Nowy.", status="review")
    city.refresh_from_db()
    assert (city.summary_pl, city.status, Draft.objects.count()) == ("Nowy.", "review", 0)
