"""The lists of the admin: in order, counted, searched, and leading on."""

import re
from datetime import timedelta
from itertools import chain

import pytest
from django.contrib.admin import ModelAdmin
from django.utils import timezone
from editing import MODELS, address

from cities.models import City


def rows(response):
    return list(response.context["cl"].result_list)


def columns(response, name):
    """Return what stands in a column of a list."""
    cells = re.findall(rf'<t[dh] class="field-{name}[^"]*">(.*?)</t[dh]>', response.text)
    return [re.sub(r"<[^>]+>", "", cell) for cell in cells]


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


@pytest.mark.parametrize("query", [{}, {"q": "miasto"}, {"o": "-2"}])
def test_later_pages_go_on_where_the_first_ended(admin_client, make_city, monkeypatch, query):
    for letter in "BDACE":
        make_city(name_pl=f"Miasto {letter}", name_en=f"Miasto {letter}")
    whole = rows(admin_client.get(address("city", **query)))
    monkeypatch.setattr(ModelAdmin, "list_per_page", 2)
    pages = [rows(admin_client.get(address("city", p=n, **query))) for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [*chain(*pages)] == whole


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


def test_choices_begin_with_what_begins_so(admin_client, make_city):
    for name, summary in (("Bila", ""), ("Pisz", "Iławskie lasy."), ("Iława", "")):
        make_city(name_pl=name, summary_pl=summary)
    query = {"app_label": "cities", "model_name": "practice", "field_name": "city", "term": "IŁA"}
    found = admin_client.get("/admin/autocomplete/", query).json()["results"]
    assert [choice["text"] for choice in found] == ["Iława", "Bila"]


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
