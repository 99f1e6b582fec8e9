"""Whatever stands in an address of the admin, it is no fault of ours.

ABSURD=20000 draws so many questions, in place of some hundred; ABSURD_SEED draws others.
"""

import os
import random

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from editing import address, edit, errors, views

from cities.editing import history
from cities.models import City, Source

pytestmark = pytest.mark.database

DRAWN = 150
NINES = "9" * 5000
VALUES = [
    "",
    "-1",
    "0",
    "x",
    "9" * 20,
    NINES[:900],
    "1," + "9" * 30,
    "1e400",
    "NaN",
    "\0",
    "\ufffe",
]
VALUES += ["[", "%", "'", "0001-01-01", "9999-12-31", "99999-99-99", "pl", "true", "a" * 300, "٣"]
NAMES = ["q", "p", "o", "ot", "all", "e", "_popup", "_to_field", "_changelist_filters", "next"]
NAMES += ["from", "to", "page", "term", "app_label", "model_name", "field_name", "format"]
NAMES += ["resource", "latitude", "longitude", "country", "review", "state", "id__in", "pk"]
LOOKUPS = ["", "__exact", "__in", "__isnull", "__gt", "__year", "__month", "__date", "__regex"]


def parameters(name):
    """Return what an address can be asked with: of a list, every column in every way."""
    parts = name.split("_")
    found = [model for model in admin.site._registry if model._meta.model_name in parts]
    columns = [field.name for model in found for field in model._meta.concrete_fields]
    return NAMES + [column + lookup for column in columns for lookup in LOOKUPS]


def walk():
    for name, wanted in views():
        if name == "admin:logout":
            continue
        for value in VALUES:
            try:
                path = reverse(name, kwargs=dict.fromkeys(wanted, value or "1"))
            except NoReverseMatch:
                continue
            if wanted:
                yield path, {}
        try:
            path = reverse(name, kwargs=dict.fromkeys(wanted, "1"))
        except NoReverseMatch:
            continue
        for parameter in parameters(name):
            for value in VALUES:
                yield path, {parameter: value}


@pytest.fixture
def everything(make_practice, make_indicator, make_photo, make_mention, make_journey):
    practice = make_indicator(practice=make_practice()).practice
    make_photo(city=practice.city)
    make_mention(city=practice.city)
    Source.objects.create(practice=practice, title="A")
    history.record([practice, practice.city, make_journey(practice.city)], None, "")


def test_no_address_of_the_admin_fails(admin_client, everything):
    asked = list(walk())
    assert len(asked) > 20_000
    drawn = int(os.environ.get("ABSURD", DRAWN))
    seed = os.environ.get("ABSURD_SEED", "17")
    asked = random.Random(seed).sample(asked, min(drawn, len(asked)))  # noqa: S311
    admin_client.raise_request_exception = False
    failed = [
        (path, query) for path, query in asked if admin_client.get(path, query).status_code >= 500
    ]
    assert failed == []


@pytest.mark.parametrize("sent", [{}, {"base_version": "1"}, {"base_version": "9" * 30}])
def test_a_form_with_nothing_in_it_is_told_so(admin_client, everything, sent):
    for model in admin.site._registry:
        for record in model._base_manager.all()[:2]:
            path = reverse(
                f"admin:{model._meta.label_lower.replace('.', '_')}_change", args=[record.pk]
            )
            assert admin_client.post(path, sent).status_code in (200, 302, 403), path


def test_a_question_that_cannot_be_is_told_and_leads_to_the_list(admin_client, everything):
    known = ",".join(str(city.pk) for city in City.objects.all())
    for query in (
        {"publish_at__year": "9" * 11},
        {"id__in": f"{known},{'9' * 30}"},
        {"sort_pl__x": "1"},
    ):
        response = admin_client.get(address("city"), query, follow=True)
        assert response.status_code == 200
        assert len(response.context["cl"].result_list) == City.objects.count()
    assert admin_client.get(address("city"), {"name_pl__regex": "(a+)+$"}).status_code == 400


def test_a_form_is_not_filled_in_with_what_cannot_be(admin_client, everything):
    response = admin_client.get(address("photo", "add"), {"practice": "NaN"}, follow=True)
    assert response.context["adminform"].form.initial == {"base_version": ""}


def test_a_history_bears_numbers_of_any_length(admin_client, everything):
    city = City.objects.first()
    response = admin_client.get(address("city", "history", city.pk), {"from": "9" * 5000})
    assert "differences" not in response.context


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "9999-12-31"])
def test_a_page_is_published_in_a_year_that_can_be(admin_client, make_city, day):
    response = edit(admin_client, make_city(), publish_at_0=day, publish_at_1="00:00:00")
    assert errors(response) == {"publish_at": ["Wybierz rok od 1900 do 2100."]}


def test_a_table_is_imported_in_a_known_format_only(admin_client):
    url = address("city", "process_import")
    sent = {"format": "9", "import_file_name": "a", "original_file_name": "a", "resource": "0"}
    assert admin_client.post(url, sent, follow=True).status_code == 200
    assert admin_client.post(address("city", "export"), {"format": "9"}).status_code == 200
