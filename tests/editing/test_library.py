"""The library in the admin and in tables: who writes it, what it names, how it is checked."""

import pytest
from editing import address, edit, errors, filled

from cities.editing import drafts, history, restoring
from cities.editing.links import links_of
from cities.importing.resources import MaterialResource
from cities.importing.table_files import tabulated
from cities.models import FormerAddress, Material, Rule, Topic

pytestmark = pytest.mark.django_db


def names(material):
    parts = [*material.chosen_topics.all(), *material.chosen_practices.all()]
    return [str(part) for part in parts]


def imported(*rows):
    head = ["slug", "kind", "title_pl", "language", "topics", "practices"]
    table = tabulated([(n, list(row)) for n, row in enumerate([head, *rows], 1)])
    return list(MaterialResource().import_data(table).faults())


def test_an_editor_writes_what_belongs_to_their_own_countries(desk, make_material, make_country):
    own = make_material(country=make_country("pl"), status="draft")
    others = [make_material(country=make_country("de", name_pl="Niemcy")), make_material()]
    assert edit(desk, own, title_pl="Nowe").status_code == 302
    assert Material.objects.get(pk=own.pk).title_pl == "Nowe"
    for material in others:
        answer = desk.get(address("material", "change", material.pk))
        assert answer.status_code == 302  # to the list
    form = desk.get(address("material", "add"))
    written = filled(form) | {"kind": "guide", "title_pl": "A"}
    assert list(errors(desk.post(address("material", "add"), written))) == ["country"]


@pytest.mark.database
def test_a_published_entry_changes_by_way_of_a_draft(desk, deed, make_material):
    material = make_material(country=deed.city.country, title_pl="Dawne")
    topic = Topic.objects.get()
    assert edit(desk, material, **{"title_pl": "Nowe", "chosen_topics-0-topic": topic.pk})
    material.refresh_from_db()
    assert (material.title_pl, names(material)) == ("Dawne", [])
    preview = desk.get(f"/pl/podglad/biblioteka/{material.slug}/").text
    assert "Nowe" in preview
    assert "/pl/zagadnienia/wzory/" in preview
    drafts.publish(drafts.of(material), None, "")
    material.refresh_from_db()
    assert (material.title_pl, names(material)) == ("Nowe", ["Wzory"])


def test_an_entry_is_shown_before_it_is_saved(desk, make_material, make_country):
    material = make_material(country=make_country("pl"), title_pl="Dawne")
    make_material(title_pl="Inne")
    shown = edit(desk, material, title_pl="Jeszcze nie", _show="pl")
    assert "Jeszcze nie" in shown.text
    assert "Inne" not in shown.text
    assert Material.objects.get(pk=material.pk).title_pl == "Dawne"


def test_visitors_get_no_preview(client, make_material):
    assert client.get(f"/pl/podglad/biblioteka/{make_material().slug}/").status_code == 404


@pytest.mark.database
def test_history_brings_back_what_it_came_from(publisher, deed, make_material):
    material = make_material(deed, topics=[Topic.objects.get()])
    history.record([material], None, "")
    material.choose("chosen_practices", "practice", [])
    assert names(material) == ["Wzory"]
    restoring.restore(material, history.versions(material).last(), publisher)
    assert names(material) == ["Wzory", "Wzorczyn"]


def test_a_place_on_a_page_leaves_no_former_address(log_in, publisher, make_material):
    material = make_material(slug="dawny")
    assert edit(log_in(publisher), material, slug="nowy").status_code == 302
    assert Material.objects.get().slug == "nowy"
    assert not FormerAddress.objects.exists()
    assert make_material(slug="dawny")  # which is free again


def test_the_checklist_asks_for_a_source(make_material):
    def found(material):
        return list(material.findings.filter(rule=Rule.SOURCE).values_list("column", flat=True))

    assert found(make_material()) == []
    assert found(make_material(source_title="")) == ["material.source_title"]


def test_its_addresses_are_checked_as_others_are(make_material):
    urls = {"url": "https://example.org/a", "source_url": "https://example.org/b"}
    assert links_of(make_material(**urls)) == set(urls.values())


@pytest.mark.database
def test_a_table_brings_entries_with_what_they_come_from(deed):
    assert imported(["plan", "plan", "Plan", "de", "wzory", "wzorczyn"]) == []
    material = Material.objects.get()
    assert (names(material), material.language) == (["Wzory", "Wzorczyn"], "de")
    table = MaterialResource().export()
    assert (table["topics"], table["practices"]) == (["wzory"], ["wzorczyn"])
    assert MaterialResource().import_data(table).totals["skip"] == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["plan", "plan", "Plan", "de", "", "nie-ma"], "practices"),
        (["plan", "obraz", "Plan", "de", "", ""], "kind"),
        (["plan", "plan", "Plan", "xx", "", ""], "language"),
    ],
)
def test_a_table_with_a_fault_is_refused(row, column):
    ((line, found, _told),) = imported(row)
    assert (line, found) == (2, column)
    assert not Material.objects.exists()
