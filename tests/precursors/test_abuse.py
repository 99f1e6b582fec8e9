"""What a visitor, an editor or a table could try against the others; see test_bad_input.py too."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from html_page import Page

from cities.importing import table_files
from cities.importing.table_files import TableError
from cities.models import City, Source, Word
from cities.models.sources import photo_path

EVIL = "\"'><script>evil()</script><img src=x onerror=evil()>{{evil}}"


def planted(response):
    """Return what of EVIL a browser would run: handlers, addresses that are scripts, scripts."""
    page = Page(response)
    return [
        (element.tag, name, value)
        for element in page.elements
        for name, value in element.attributes.items()
        if "evil" in (value or "")
        and (name.startswith("on") or value.strip().startswith("javascript:"))
    ] + re.findall("<script>evil|<img src=x", response.text)


@pytest.fixture
def evil_site(make_practice, make_indicator, make_country):
    """A site in which every text of every record is EVIL, as if all checks had been got round."""
    practice = make_practice("energy mobility spatial", slug="deed")
    City.objects.update(slug="town")
    make_indicator(practice=practice, unit="count", counted_pl="-", headline=True)
    Source.objects.create(city=practice.city, title="-", url="https://example.org/")
    Source.objects.create(practice=practice, title="-")
    for model in set(apps.get_app_config("cities").get_models()) - {Word}:  # of which each differs
        model.objects.update(
            **{
                field.name: EVIL
                for field in model._meta.fields
                if isinstance(field, (models.CharField, models.TextField))
                and not isinstance(field, (models.SlugField, models.URLField))
                and not field.choices
                and field.name not in ("code", "language", "column")
            }
        )


def test_no_address_that_is_a_script_is_taken():
    for model in apps.get_app_config("cities").get_models():
        for field in model._meta.fields:
            if isinstance(field, models.URLField):
                with pytest.raises(ValidationError):
                    field.clean("javascript:evil()//", None)


PAGES = ["/", "/cities/", "/cities/town/", "/countries/pl/", "/good-practices/"]
PAGES += ["/good-practices/deed/", "/themes/integrated/", "/compare/?p=deed&p=deed"]


@pytest.mark.parametrize("path", PAGES)
def test_no_text_of_any_record_runs_on_a_page(evil_site, client, path):
    response = client.get(f"/en{path}")
    assert response.status_code == 200
    assert planted(response) == []
    assert "evil" in response.text or path == "/compare/?p=deed&p=deed"


@pytest.mark.parametrize("model", ["country", "city", "practice", "indicator", "source"])
def test_no_text_of_any_record_runs_in_the_admin(evil_site, admin_client, model):
    record = apps.get_model("cities", model).objects.first()
    for page, arguments in [("changelist", []), ("change", [record.pk]), ("delete", [record.pk])]:
        response = admin_client.get(reverse(f"admin:cities_{model}_{page}", args=arguments))
        assert response.status_code == 200
        assert planted(response) == []
        assert "evil" in response.text


def test_what_was_planted_would_be_found():
    class Response:
        text = f"<p>{EVIL}</p><a href='javascript:evil()'>a</a><b onclick='evil()'></b>"

    assert len(planted(Response)) == 5


@pytest.mark.parametrize("name", ["table.csv", f"{EVIL}.csv"])
def test_no_cell_of_a_table_runs_in_its_preview(admin_client, make_country, name):
    make_country()
    rows = "slug,country,name_pl,role,latitude,longitude\n" + '"{0}","{0}","{0}",x,1,2\n'.format(
        EVIL.replace('"', '""')
    )
    response = admin_client.post(
        reverse("admin:cities_city_import"),
        {
            "format": "0",
            "resource": "0",
            "import_file": SimpleUploadedFile(name, rows.encode(), "text/csv"),
        },
    )
    assert response.status_code == 200
    assert "evil" in response.text
    assert planted(response) == []


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:evil()"],
)
def test_logging_in_leads_to_no_other_site(client, admin_user, elsewhere):
    credentials = {"username": "admin", "password": "password", "next": elsewhere}
    response = client.post(f"/admin/login/?next={elsewhere}", credentials)
    assert response.headers["Location"] == "/admin/"
    again = client.get(f"/admin/login/?next={elsewhere}", follow=True)
    assert again.redirect_chain[0][0].partition("?")[0] in ("/admin/", "/admin/second-factor/")
    assert again.status_code == 200


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "//evil.example/%2e%2e", "/pl//evil.example", "/\\evil.example", "/pl"],
)
def test_no_address_leads_to_another_site(client, path):
    location = client.get(path).headers.get("Location", "/")
    assert re.match(r"/(?![/\\])", location)


@pytest.mark.parametrize(
    "header",
    [
        "x-forwarded-host",
        "x-host",
        "x-original-url",
        "x-rewrite-url",
        "x-forwarded-prefix",
        "x-forwarded-server",
        "forwarded",
        "x-http-method-override",
        "accept",
        "user-agent",
        "referer",
        "origin",
        "accept-language",
        "range",
    ],
)
def test_no_header_changes_what_others_are_shown(db, header):
    plain = Client().get("/en/about/")
    tried = Client().get("/en/about/", headers={header: "host=evil.example/DELETE"})
    assert (tried.status_code, tried.content) == (200, plain.content)


@pytest.mark.parametrize("name", [f"{EVIL}.PNG", "../../settings.py", "a.png\0.svg"])
def test_a_photo_is_stored_under_a_name_of_ours(name):
    assert re.fullmatch(r"photos/[0-9a-f]{32}\.[a-z]+", photo_path(None, name))


def far_cell():
    """Return a small XLSX with one cell, the last that a sheet can have."""
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = 1
    book.save(file := BytesIO())
    return file.getvalue()


def padded_cell():
    """Return a small XLSX that unpacks to 200 MB."""
    book = openpyxl.Workbook()
    book.save(file := BytesIO())
    with ZipFile(file, "a", ZIP_DEFLATED) as archive, archive.open("padding.xml", "w") as padding:
        for _megabyte in range(200):
            padding.write(b" " * 2**20)
    return file.getvalue()


@pytest.mark.parametrize("make", [far_cell, padded_cell])
def test_a_table_that_unpacks_to_fill_the_memory_is_refused(make):
    content = make()
    assert len(content) < 500_000
    with pytest.raises(TableError):
        table_files.read(content)
