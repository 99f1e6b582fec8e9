"""Files that people take for tables, and what spreadsheets put into cells without a word."""

import io
import json
import os
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from django.utils import translation

from cities.importing import cells
from cities.importing.resources import CityResource, SourceResource
from cities.importing.spreadsheets import answer
from cities.importing.table_files import TableError, WholeXLSX, read
from cities.models import City, Source
from precursors import confined

ROWS = [("slug", "name_pl"), ("lodz", "Łódź")]
SHEET = "xl/worksheets/sheet1.xml"


def saved(book):
    book.save(file := io.BytesIO())
    return file.getvalue()


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def edited(change, content=None, only=""):
    """Return a workbook with its parts changed: change(bytes) returns bytes, or None."""
    made = io.BytesIO()
    source = ZipFile(io.BytesIO(content or workbook(*ROWS)))
    with source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith(only):
                part = change(part)
            if part is not None:
                target.writestr(name, part)
    return made.getvalue()


def zipped(*names):
    with ZipFile(made := io.BytesIO(), "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


def strict(content):
    """Return a workbook as Excel saves it as “Strict Open XML”."""
    known = rb"http://schemas\.openxmlformats\.org/(\w+)/2006/"
    return edited(lambda part: re.sub(known, rb"http://purl.oclc.org/ooxml/\1/", part), content)


def only_a_chart():
    book = openpyxl.Workbook()
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(book.active, min_col=1, min_row=1))
    book.create_chartsheet("wykres").add_chart(chart)
    pattern = rb'<sheet [^>]*name="Sheet"[^>]*/>'
    return edited(lambda part: re.sub(pattern, b"", part), saved(book), "xl/workbook.xml")


def corrupt():
    content = bytearray(workbook(*ROWS))
    with ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo(SHEET).header_offset + 30 + len(SHEET)
    content[start : start + 20] = b"\xff" * 20
    return bytes(content)


def fault(content, **chosen):
    with translation.override("en"), pytest.raises(TableError) as error:
        read(content, **chosen)
    return str(error.value)


KIND = "This is a file of another kind ({}). Save the table as CSV or XLSX."
DAMAGED = "The file is damaged ({}). Open it with a spreadsheet program and save it again."
NO_TABLE = "This is neither CSV nor XLSX. Save the table as one of them."
CUT = "The file is damaged or not whole. Save it again, and choose it again."
NO_SHEET = "There is no table in this file: it has no sheet with cells."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), KIND.format("DOCX")),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), KIND.format("PPTX")),
        (zipped("[Content_Types].xml", "xl/workbook.bin"), KIND.format("XLSB")),
        (zipped("mimetype", "content.xml"), KIND.format("ODS")),
        (zipped("Index/Document.iwa"), KIND.format("Numbers")),
        (zipped("photo.png"), NO_TABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, KIND.format("XLS")),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "The file is locked"),
        (b"%PDF-1.7\n", KIND.format("PDF")),
        (b"\xef\xbb\xbf\r\n<html><table>", KIND.format("HTML, XML")),
        (b"{\\rtf1", KIND.format("RTF")),
        (b"\x89PNG\r\n\x1a\n\0\0", NO_TABLE),
        (b"PK\x05\x06" + b"\0" * 18, NO_TABLE),
        (workbook(*ROWS)[:2000], CUT),
        (corrupt(), DAMAGED.format(SHEET)),
        (edited(lambda part: part[: len(part) // 2], only=SHEET), DAMAGED.format(SHEET)),
        (edited(lambda part: part[:99], only="xl/workbook"), DAMAGED.format("xl/workbook.xml")),
        (edited(lambda _part: b"", only="xl/styles"), DAMAGED.format("xl/styles.xml")),
        (edited(lambda _part: None, only="_rels"), "The file is damaged ("),
        (edited(lambda _part: None, only="[Content"), "The file is damaged ("),
        (edited(lambda _part: None, only=SHEET), NO_SHEET),
        (only_a_chart(), NO_SHEET),
        (workbook(), "The table is empty."),
        (b"  \n , \n", "The table is empty."),
        ("a,Łódź\n".encode() + b"b,\x8crem\n", "The file is in UTF-8, but in this line"),
        (b"a\0\0\0,b\0\0\0", NO_TABLE),
    ],
)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_file_gets_a_sentence(content, told, language):
    assert fault(content).startswith(told)
    with translation.override(language), pytest.raises(TableError):
        read(content)


def claiming(**told):
    """Return a file of which the list of its parts tells this."""
    with ZipFile(made := io.BytesIO(), "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        for name, value in told.items():
            setattr(archive.filelist[0], name, value)
    return made.getvalue()


MEBIBYTES_100 = 104_857_600
RELATIONS = "xl/_rels/workbook.xml.rels"
MISSING = "\"There is no item named '{}' in the archive\""


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (claiming(file_size=MEBIBYTES_100 + 1), {"fault": "large"}),
        (claiming(file_size=MEBIBYTES_100), {"fault": "damaged"}),
        (claiming(flag_bits=1), {"fault": "password"}),
        (zipped("xl/x.xml"), {"told": {"part": MISSING.format("_rels/.rels")}}),
        (edited(lambda part: part[:50], only="xl/_rels"), {"told": {"part": RELATIONS}}),
        (edited(lambda part: part[:-1], only=SHEET), {"told": {"part": SHEET}}),
        (corrupt(), {"fault": "damaged", "told": {"part": SHEET}}),
        (workbook(*ROWS)[:2000], {"fault": "cut", "line": 1, "told": {}}),
        (only_a_chart(), {"fault": "no sheet"}),
        (zipped("content.xml"), {"fault": "kind", "line": 1, "told": {"kind": "ODS"}}),
        (zipped("old/content.xml"), {"fault": "no table"}),
        (b"\xd0\xcf\x11\xe0", {"fault": "kind", "told": {"kind": "XLS"}}),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), {"fault": "password"}),
        (b" \n\t<html>", {"fault": "kind", "told": {"kind": "HTML, XML"}}),
        (b"\xff\xfea\0b", {"fault": "no table"}),
        (b"a\0\0\0,b\0\0\0", {"fault": "no table"}),
        ("\na,Łódź\n".encode() + b"b,\x8crem\n", {"fault": "broken letters", "line": 3}),
        ("São".encode("cp1252"), {"fault": "encoding", "line": 1}),
        (b'sep=;\na;b\n1;2\n"', {"fault": "broken off", "line": 4}),
        (b'a,b\n1,"2"x\n', {"fault": "broken off", "line": 2}),
    ],
)
def test_a_file_that_is_no_table_is_told_with_its_line(content, fault):
    told = answer(content)
    assert {name: told[name] for name in fault} == fault


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"index\nmaxx\n", [(1, ["index"]), (2, ["maxx"])]),
        (b"\na,b\n,\n\n1,2", [(2, ["a", "b"]), (5, ["1", "2"])]),
        (b'a\tb\n"x\ny"\t"z\n"\n1\t2', [(1, ["a", "b"]), (2, ["x\ny", "z\n"]), (5, ["1", "2"])]),
        (b"sep=;\na;b\n\n1,5;2\n", [(2, ["a", "b"]), (4, ["1,5", "2"])]),
        (b"a,<b\n", [(1, ["a", "<b"])]),
        (workbook([], ["", "a", None], [None], [1, "b", ""]), [(2, ["", "a"]), (4, [1, "b"])]),
        (
            workbook(["a", "b"], [1], ["", "", 3]),
            [(1, ["a", "b", ""]), (2, [1, "", ""]), (3, ["", "", 3])],
        ),
    ],
)
def test_every_row_stands_on_its_line(content, rows):
    assert answer(content)["rows"] == rows


@pytest.mark.parametrize(
    ("columns", "rows", "is_read"),
    [(1000, 1, True), (1001, 1, False), (1000, 1000, True), (1000, 1001, False)],
)
def test_a_sheet_has_at_most_a_thousand_columns_and_a_million_cells(columns, rows, is_read):
    told = answer(workbook(["x"] * columns, *[["x"]] * (rows - 1)))
    assert len(told.get("rows", [])) == rows * is_read
    assert told.get("fault") == (None if is_read else "large")


@pytest.mark.parametrize(("cells", "fault"), [(1_000_000, None), (1_000_001, "large")])
def test_a_csv_has_at_most_a_million_cells(cells, fault):
    assert answer(b"," * (cells - 1)).get("fault") == fault


def with_cells(xml):
    row = b"<sheetData><row>" + xml + b"</row></sheetData>"
    return edited(lambda part: re.sub(rb"<sheetData.*</sheetData>", row, part), only=SHEET)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('r="A1"><f>B1</f><v/>', {"formula": "A1"}),
        ('r="A1"><f>B1</f>', {"formula": "A1"}),
        ('r="A1"><f>B1</f><v>2</v>', 2),
        ('r="A1" t="str"><f>B1</f><v></v>', ""),
        ('r="A1"><v/>', ""),
        ("><v>0.30000000000000004</v>", 0.3),
        ("><v>12</v>", 12),
        ('t="b"><v>1</v>', True),
        ('t="d"><v>2024-03-12</v>', {"day": "2024-03-12"}),
        ('t="d"><v>2024-03-12T00:00:00</v>', {"day": "2024-03-12"}),
        ('t="d"><v>2024-03-12T14:30:00</v>', {"moment": "2024-03-12 14:30"}),
        ('t="d"><v>12:05:00</v>', {"time": "12:05:00"}),
        ('t="inlineStr"><is><t>_x0041_ b</t></is>', "A b"),
        ('t="e"><v>#N/A</v>', "#N/A"),
    ],
)
def test_a_cell_is_told_as_what_it_is(cell, told):
    content = with_cells(f'<c {cell}</c><c r="B1"><v>1</v></c>'.encode())
    assert json.dumps(answer(content)["rows"]) == json.dumps([(1, [told, 1])])


def test_a_sheet_that_is_hidden_is_read_where_nothing_else_is():
    content = edited(lambda part: part.replace(b'"visible"', b'"hidden"'), only="xl/workbook")
    assert answer(content)["sheet"] == "Sheet"


def test_what_fills_the_memory_is_not_told_as_damaged(monkeypatch):
    def filled(*args, **kwargs):
        raise MemoryError

    monkeypatch.setattr(openpyxl, "load_workbook", filled)
    with pytest.raises(MemoryError):
        answer(workbook(*ROWS))


@pytest.mark.parametrize("is_ours", [False, True])
def test_strict_open_xml_is_read(is_ours):
    content = strict(workbook(*ROWS, ("elk", date(2024, 3, 12))))
    assert b"purl.oclc.org" in ZipFile(io.BytesIO(content)).read(SHEET)
    table = read(content, is_ours=is_ours)
    assert [tuple(table.headers), *table] == [*ROWS, ("elk", date(2024, 3, 12))]


def far_cells():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "slug", 1
    return saved(book)


def with_more(xml):
    return edited(lambda part: part.replace(b"</sheetData>", xml + b"</sheetData>"), only=SHEET)


@pytest.mark.parametrize(
    "content",
    [
        with_more(b"<a/>" * 5_000_000),
        with_more(b"<row>" + b"<c><v>1</v></c>" * 2_000_000 + b"</row>"),
        far_cells(),
        b"," * 5_000_000,
    ],
    ids=["elements", "cells", "far", "commas"],
)
def test_file_that_grows_is_refused_and_its_reader_stays(content):
    pid, start = os.getpid(), os.times().children_user
    assert "too " in fault(content)
    assert os.getpid() == pid
    assert os.times().children_user - start <= confined.SECONDS + 1


@pytest.mark.parametrize("is_ours", [False, True])
def test_first_sheet_that_is_not_hidden_is_read_or_another_one_that_is_named(is_ours):
    book = openpyxl.Workbook()
    book.active.append(["stare"])
    book.active.sheet_state = "hidden"
    for name, heading in [("Miasta", "slug"), ("Słownik", "code")]:
        book.create_sheet(name).append([heading])
    content = saved(book)
    table = read(content, is_ours=is_ours)
    assert (table.headers, table.sheet) == (["slug"], "Miasta")
    assert table.sheets == ["Sheet", "Miasta", "Słownik"]
    assert read(content, sheet="Słownik", is_ours=is_ours).headers == ["code"]
    assert fault(content, sheet="Nic", is_ours=is_ours) == (
        "There is no sheet “Nic”. There are: Sheet, Miasta, Słownik."
    )


@pytest.mark.parametrize("is_ours", [False, True])
def test_encoding_is_told_and_can_be_chosen(is_ours):
    content = "slug;name_pl\nsao;São\n".encode("cp1252")
    assert fault(content, is_ours=is_ours) == (
        "The letters of this file can be read in several ways. Choose its encoding. "
        "Windows-1250: Săo; ISO 8859-2: Săo; Windows-1252: São"
    )
    table = read(content, encoding="cp1252", is_ours=is_ours)
    assert (table.encoding, table["name_pl"]) == ("Windows-1252", ["São"])
    assert read("slug\nłódź\n".encode(), is_ours=is_ours).encoding == "UTF-8"
    assert fault(content, encoding="utf-8-sig", is_ours=is_ours) == (
        "The file is not in the encoding UTF-8. Choose another one."
    )


@pytest.mark.parametrize("again", ["name_pl", " name_pl ", "name\u200b_pl", "\ufeffname_pl\xad"])
def test_heading_that_stands_twice_is_refused(again):
    table = f"slug,name_pl,{again}\n".encode()
    assert fault(table) == "The heading “name_pl” stands twice."


@pytest.mark.parametrize("is_ours", [False, True])
def test_dimensions_that_a_file_claims_cut_nothing_off(is_ours):
    content = edited(lambda part: re.sub(rb'ref="A1:B2"', b'ref="A1"', part), only=SHEET)
    assert [*read(content, is_ours=is_ours)] == ROWS[1:]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1250", "Windows-1250"),
        ("iso8859_2", "ISO 8859-2"),
        ("mac_latin2", "Mac OS Central European"),
        ("cp852", "DOS 852"),
        ("cp1252", "Windows-1252"),
        ("mac_roman", "Mac OS Roman"),
        ("utf-16", "UTF-16"),
        ("utf-8", "UTF-8"),
    ],
)
def test_an_encoding_is_called_as_people_know_it(encoding, name):
    words = "Skåne-Årsta æøå" if encoding in ("cp1252", "mac_roman") else "Łódź, Gdańsk, żółw"
    table = read(f"slug;name_pl\na;{words}\n".encode(encoding), is_ours=True)
    assert (table.encoding, table["name_pl"]) == (name, [words])


def test_cells_are_read_as_what_they_are():
    row = [0.1 + 0.2, 12.0, 2021, True, date(2024, 3, 12), "_x000D_\n1", " 1.000"]
    table = read(workbook(list("abcdefg"), row))
    assert table[0] == (
        Decimal("0.3"), Decimal(12), 2021, True, date(2024, 3, 12), "\r\n1", " 1.000",
    )  # fmt: skip


def faults(resource, *rows):
    with translation.override("en"):
        result = resource.import_data(read(workbook(*rows)))
        return [(column, reason) for _line, column, reason in result.faults()]


CITY = ["slug", "country", "name_pl", "role", "latitude", "longitude"]
ODD = "A spreadsheet program has made something else of this cell: {}."


@pytest.mark.database
@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("name_pl", "=A1&B1", "The formula in cell C2 was never calculated."),
        ("name_pl", "#N/A", "The formula of this cell has failed: #N/A."),
        ("name_pl", "#ADR!", "The formula of this cell has failed: #ADR!."),
        ("name_pl", "####", "The formula of this cell has failed: ####."),
        ("name_pl", date(2024, 3, 12), ODD.format("2024-03-12")),
        ("name_pl", True, ODD.format("True")),
        (
            "name_pl",
            "x" * 32_767,
            "This text is cut off: spreadsheet programs",
        ),
        ("country", date(2024, 3, 12), ODD.format("2024-03-12")),
        ("latitude", datetime(2024, 5, 12), ODD.format("2024-05-12")),
        ("latitude", True, ODD.format("True")),
        ("longitude", time(12, 5), ODD.format("12:05:00")),
        ("longitude", timedelta(hours=30), ODD.format("1 day, 6:00:00")),
    ],
)
def test_what_a_spreadsheet_did_to_a_cell_is_told(make_country, column, value, told):
    make_country()
    row = dict(zip(CITY, ["torun", "pl", "Toruń", "committed", 53, 18], strict=True))
    ((where, reason),) = faults(CityResource(), CITY, list((row | {column: value}).values()))
    assert (where, reason[: len(told)]) == (column, told)


@pytest.mark.database
def test_numbers_of_a_sheet_have_one_reading_and_become_texts_where_texts_are(make_country):
    make_country()
    header = [*CITY, "population_source", "population"]
    row = ["torun", "pl", 2030, "committed", 53.014, 18.008, 1.5, 125000]
    assert faults(CityResource(), header, row) == []
    city = City.objects.get()
    assert (city.name_pl, city.population_source, city.population) == ("2030", "1.5", 125_000)
    assert (city.latitude, city.longitude) == (Decimal("53.014"), Decimal("18.008"))


@pytest.mark.database
def test_text_that_looks_like_a_sign_of_xlsx_comes_back_as_it_is(
    client, make_city, make_practice, reverse_in
):
    name = "_x0041_ _x000D__x005F_"
    make_practice(city=make_city(slug="torun", name_pl=name), title_pl=name)
    ours = read(WholeXLSX().export_data(CityResource().export()))
    assert ours["name_pl"] == [name]
    answer = client.get(reverse_in("pl", "data_file", file="good-practices.xlsx"))
    assert read(answer.content)["title"] == [name]


@pytest.mark.database
@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (datetime(2024, 3, 12), date(2024, 3, 12)),
        (datetime(2024, 3, 12, 14, 30), None),
        (45363, None),
        (True, None),
    ],
)
def test_day_of_a_sheet_is_taken_and_no_time_is_dropped(make_city, value, stored):
    make_city(slug="sztum")
    header = ["city", "practice", "title", "url", "accessed_on"]
    told = faults(SourceResource(), header, ["sztum", "", "T", "https://example.org", value])
    assert [column for column, _reason in told] == ([] if stored else ["accessed_on"])
    found = Source.objects.values_list("accessed_on", flat=True)
    assert list(found) == ([stored] if stored else [])


@pytest.mark.parametrize("word", [True, False])
def test_tick_takes_what_a_sheet_calls_true(word):
    assert cells.Tick().clean(cells.taken(word, cells.Tick())) is word


@pytest.mark.database
def test_long_text_is_not_cut_by_an_export_without_a_word(admin_client, make_city):
    city = make_city(slug="torun", profile_pl=f"<p>{'x' * 42_000}</p>")
    with translation.override("en"), pytest.raises(TableError) as error:
        WholeXLSX().export_data(CityResource().export())
    assert str(error.value) == (
        "“torun” has a text longer than a cell of XLSX can hold (profile_pl). "
        "Export the table as CSV."
    )
    answer = admin_client.post(
        f"/admin/cities/{city._meta.model_name}/export/", {"format": "1", "resource": "0"}
    )
    (message,) = answer.context["messages"]
    assert "profile_pl" in str(message)


def test_a_tick_is_read_in_both_languages_and_nothing_else_is():
    for word in (True, "TRUE", "1", 1, "yes", "X", "tak", "Prawda"):
        assert cells.Tick().clean(word) is True
    for word in (False, "FALSE", "0", 0, "no", "", "nie", "Fałsz"):
        assert cells.Tick().clean(word) is False
    for word in ("2", "online", date(2026, 1, 1)):
        with pytest.raises(ValueError, match="ani 1, ani 0"):
            cells.Tick().clean(word)
