"""Tables that staff import and export through the admin."""

import csv
import html
import io
import re

import pytest
from django.contrib.auth.models import Permission
from editing import address, upload

from cities.admin.imports import MOST_ROWS
from cities.models import City


@pytest.fixture
def staff(log_in, django_user_model):
    """Return a client of somebody who may do just this and that: “view_city”."""

    def staff(*rights):
        user = django_user_model.objects.create_user("ola", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=rights))
        return log_in(user)

    return staff


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
