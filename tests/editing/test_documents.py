"""Files of the library: told by what is in them, stored under a safe name, always downloaded."""

import csv
import io
import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import translation
from editing import edit, errors
from openpyxl import Workbook

from cities.archive.crawler import Archive
from cities.editing import documents, drafts, history, restoring
from cities.editing.documents import DocumentUpload
from cities.editing.links import links_of
from cities.editing.pictures import LARGEST
from cities.importing.resources import MaterialResource
from cities.importing.table_files import tabulated
from cities.models import Material

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
ODT = b"application/vnd.oasis.opendocument.text"
XLSX = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TYPES = "[Content_Types].xml"
WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def zipped(*parts, compression=ZIP_STORED):
    file = io.BytesIO()
    with ZipFile(file, "w", compression) as made:
        for name, content in parts:
            made.writestr(name, content)
    return file.getvalue()


def workbook():
    Workbook().save(file := io.BytesIO())
    return file.getvalue()


def odt():
    return zipped((ZipInfo("mimetype"), ODT), (ZipInfo("content.xml"), "<a/>"))


def bomb():
    """Return 200 kB that would be 201 MB."""
    parts = [(TYPES, XLSX), *((f"xl/{n}.xml", bytes(67 * 2**20)) for n in range(3))]
    return zipped(*parts, compression=ZIP_DEFLATED)


def lying_bomb():
    """Return a bomb that tells of its parts that they are small."""
    content = bytearray(bomb())
    size = (67 * 2**20).to_bytes(4, "little")
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = (9).to_bytes(4, "little")
    return bytes(content)


def upload(content, name="plan.pdf"):
    return SimpleUploadedFile(name, content, "text/html")


def refusal(content, language="en", name="plan.pdf"):
    with translation.override(language), pytest.raises(ValidationError) as error:
        DocumentUpload().clean(upload(content, name))
    with translation.override(language):
        return error.value.messages


@pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (odt(), "odt"), (workbook(), "xlsx")])
def test_a_file_is_what_is_in_it_whatever_it_is_called(content, kind):
    file = DocumentUpload().clean(upload(content, "strona.html"))
    assert (file.name, file.read()) == (f"file.{kind}", content)


KIND = "This is no PDF, ODT or XLSX file, or it is locked by a password."
DAMAGED = "The file is damaged: it cannot be unpacked whole. Save it once more first."
LARGE = "The file takes too much memory or time to open. Save it smaller, or as PDF."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"<!doctype html><script>alert(1)</script>", KIND, id="HTML"),
        pytest.param(b"<script>%PDF-1.7</script>", KIND, id="HTML that speaks of PDF"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", KIND, id="SVG"),
        pytest.param(b"MZ\x90\0", KIND, id="program"),
        pytest.param(b"\xd0\xcf\x11\xe0" + bytes(600), KIND, id="locked XLSX"),
        pytest.param(zipped((TYPES, WORD)), KIND, id="DOCX"),
        pytest.param(zipped(("mimetype", b"application/epub+zip")), KIND, id="EPUB"),
        pytest.param(zipped(("plan.xlsx", XLSX)), KIND, id="other ZIP"),
        pytest.param(b"PK\x03\x04" + bytes(100), DAMAGED, id="no ZIP"),
        pytest.param(workbook()[:-80], DAMAGED, id="cut off"),
        pytest.param(workbook().replace(b"xl/", b"xx/", 1), DAMAGED, id="altered"),
        pytest.param(bomb(), LARGE, id="bomb"),
        pytest.param(lying_bomb(), DAMAGED, id="lying bomb"),
        pytest.param(zipped(*((str(n), b"") for n in range(65_000))), KIND, id="many parts"),
        pytest.param(b"", "The submitted file is empty.", id="empty"),
    ],
)
def test_anything_else_is_refused_with_its_reason(content, told):
    assert refusal(content) == [told]
    assert refusal(content, name="plan.xlsx") == [told]


def test_twenty_megabytes_are_taken_and_no_byte_more():
    largest = PDF + bytes(LARGEST - len(PDF))
    assert DocumentUpload().clean(upload(largest)).size == LARGEST
    told = "The file is larger than 20 MB. Save it with smaller pictures, or in parts."
    assert refusal(largest + b"\0") == [told]


def test_refusals_are_told_in_polish():
    assert refusal(b"<svg/>", "pl") == [
        "To nie jest plik PDF, ODT ani XLSX albo otwiera się tylko z\u00a0hasłem."
    ]


def test_a_file_is_unpacked_where_no_visitor_is_served(monkeypatch):
    monkeypatch.setattr(documents.unpacking, "kind", None)
    assert DocumentUpload().clean(upload(PDF)).name == "file.pdf"


def content(material):
    return Path(material.file.path).read_bytes()


@pytest.fixture
def make_document(make_material):
    def make(**fields):
        return make_material(**{"file": ContentFile(PDF, "a.pdf"), "slug": "plan"} | fields)

    return make


@pytest.mark.parametrize(
    "name",
    [
        'plan".pdf',
        "plan\r\nSet-Cookie: a=1.pdf",
        "plan\u202efdp.exe",
        "../../../manage.py",
        "..\\..\\a.html",
        "ą" * 120 + ".pdf",
    ],
)
@pytest.mark.django_db
def test_of_the_name_of_an_upload_nothing_is_kept(admin_client, make_material, name):
    material = make_material(slug="plan")
    assert edit(admin_client, material, file=upload(PDF, name)).status_code == 302
    material.refresh_from_db()
    assert re.fullmatch(r"library/[0-9a-f]{32}/plan\.pdf", material.file.name)
    assert material.size == len(PDF)
    stored = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert [str(path) for path in stored] == [material.file.path]
    answer = admin_client.get(material.file.url)
    assert answer.getvalue() == PDF
    told = [answer.headers[h] for h in ("Content-Disposition", "X-Content-Type-Options")]
    assert told == ["attachment", "nosniff"]


def disposition(answer):
    return answer.getvalue(), answer.headers["Content-Disposition"]


@pytest.mark.django_db
def test_no_way_to_a_file_shows_it_in_the_site(client, make_document, make_photo):
    path = make_document().file.url.removeprefix("/media/")
    for way in (f"photos/../{path}", f"./{path}", f"/{path}"):
        assert disposition(client.get(f"/media/{way}")) == (PDF, "attachment")
    name = default_storage.save("photos/a.webp", ContentFile(b"RIFF"))
    assert disposition(client.get(f"/media/{name}")) == (b"RIFF", 'inline; filename="a.webp"')


@pytest.mark.django_db
def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(admin_client, make_material):
    material = make_material()
    answer = edit(admin_client, material, file=upload(b"<svg/>"), title_pl="Nowe")
    assert list(errors(answer)) == ["file"]
    assert 'value="Nowe"' in answer.text
    assert Material.objects.get().file.name == ""


@pytest.mark.database
@pytest.mark.django_db
def test_an_entry_has_an_address_or_a_file(admin_client, make_document):
    material, url = make_document(), "https://example.org/a.pdf"
    answer = edit(admin_client, material, url=url)
    assert list(errors(answer)) == ["url"]
    with transaction.atomic(), pytest.raises(IntegrityError):
        Material.objects.update(url=url)
    assert edit(admin_client, material, url=url, **{"file-clear": "on"}).status_code == 302
    material.refresh_from_db()
    assert (material.url, material.file.name, material.size) == (url, "", 0)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/pl/biblioteka/", "Pobierz plik (PDF, 1,5\u00a0MB)"),
        ("/en/library/", "Download the file (PDF, 1.5\u00a0MB)"),
    ],
)
@pytest.mark.django_db
def test_the_library_tells_kind_and_size_of_a_file(visit, make_document, path, told):
    material = make_document(file=ContentFile(PDF + bytes(12 * 2**17), "a.pdf"))
    found = visit(path)
    assert found.links(inside="library") == [material.file.url]
    assert told in found.html


@pytest.mark.database
@pytest.mark.django_db
def test_a_file_goes_by_way_of_a_draft_and_history_brings_the_former_back(
    desk, client, publisher, make_document, make_country
):
    material = make_document(country=make_country("pl"))
    history.record([material], None, "")
    former = material.file.name
    assert edit(desk, material, file=upload(odt())).status_code == 302
    material.refresh_from_db()
    assert material.file.name == former
    assert "(ODT, " in desk.get("/pl/podglad/biblioteka/plan/").text
    assert "(PDF, " in client.get("/pl/biblioteka/").text
    drafts.publish(drafts.of(material), None, "")
    material.refresh_from_db()
    assert (content(material), material.size) == (odt(), len(odt()))
    restoring.restore(material, history.versions(material).last(), publisher)
    material.refresh_from_db()
    assert (material.file.name, content(material), material.size) == (former, PDF, len(PDF))


@pytest.mark.django_db
def test_a_file_that_is_only_to_be_shown_is_not_stored(admin_client, make_material):
    answer = edit(admin_client, make_material(), file=upload(PDF), _show="pl")
    assert "Zdjęcie lub plik, wybrane przed chwilą, pokaże się dopiero po zapisaniu." in answer.text
    assert "Pobierz plik" not in answer.text
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_tables_leave_files_as_they_are(client, make_document):
    material = make_document()
    table = MaterialResource().export()
    assert table["url"] == [""]
    assert MaterialResource().import_data(table).totals["skip"] == 1
    head, *rows = csv.reader(client.get("/pl/library.csv").text.lstrip("\ufeff").splitlines())
    place = settings.SITE_URL + material.file.url
    assert rows[0][head.index("address")] == place
    table = tabulated(list(enumerate([head, *rows], 1)))
    assert MaterialResource().import_data(table).totals["skip"] == 1
    table = tabulated([(1, ["slug", "url"]), (2, ["plan", "https://example.org/"])])
    ((_line, column, _told),) = MaterialResource().import_data(table).faults()
    assert column == "url"
    assert Material.objects.get().file == material.file


@pytest.mark.django_db
def test_links_are_checked_without_files(make_document):
    assert links_of(make_document()) == set()


@pytest.mark.django_db
def test_an_archive_carries_files_along(make_document):
    name = make_document().file.name
    archive = Archive()
    files = archive.make()
    assert archive.broken == []
    assert files[f"media/{name}"] == PDF
    assert f'href="../../media/{name}"'.encode() in files["pl/biblioteka/index.html"]
