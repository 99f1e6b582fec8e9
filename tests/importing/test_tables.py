"""Tables as spreadsheets write them, and the cells in them: read where clear, told where not."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from cities.importing import cells
from cities.importing.resources import CityResource, PhotoResource
from cities.importing.table_files import MarkedCSV, TableError, WholeXLSX, read, tabulated
from cities.models import City, Photo

pytestmark = pytest.mark.database

ROWS = [("slug", "name_pl"), ("lodz", "Łódź; „Wodna”"), ("elk", "Ełk")]


def written(delimiter=","):
    return "".join(f'{slug}{delimiter}"{name}"\r\n' for slug, name in ROWS)


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        written().encode(),
        written().encode("utf-8-sig"),
        written(";").encode("utf-8-sig"),
        written(";").encode("cp1250"),
        written("\t").encode("utf-16"),
        ("sep=;\r\n" + written(";")).encode(),
        written().encode() + b",\r\n,\r\n",
        written(",").replace('"\r\n', '",\r\n').encode(),
        workbook(*ROWS, (None, None)),
        workbook(*((*row, None) for row in ROWS)),
    ],
    ids=[
        "plain",
        "mark",
        "semicolon",
        "cp1250",
        "utf-16",
        "sep",
        "blank-rows",
        "blank-column",
        "xlsx",
        "xlsx-blank",
    ],
)
def test_a_table_reads_the_same_from_every_spreadsheet(content):
    table = read(content)
    assert [tuple(table.headers), *table] == ROWS


def test_the_first_line_tells_what_keeps_cells_apart():
    assert list(read(b"slug,name\na;b;c,1;2;3\n")) == [("a;b;c", "1;2;3")]
    assert list(read(b"slug;name\n1,5;a,b,c\n")) == [("1,5", "a,b,c")]
    assert list(read(b"sep=;\r\na;b,c\r\n1;2,5\r\n")) == [("1", "2,5")]
    assert list(read(b"sep=#\na,b\n1,2\n")) == [("1", "2")]


def test_rows_know_their_lines():
    assert read(b'a,b\n1,"x\ny"\n\n2,z\n').lines == [2, 5]
    assert read(b"sep=;\na;b\n1;2\n").lines == [3]
    assert read(workbook(["a"], [1], [None], [2])).lines == [2, 4]


@pytest.mark.parametrize(
    ("rows", "table"),
    [
        ([["a\nb ", 2024]], [("a b", "2024")]),
        ([["a", "b", "", None], [1, 2, "", ""]], [("a", "b"), (1, 2)]),
        ([["a"], [" "], [0], [False]], [("a",), (0,), (False,)]),
        ([[" ", ""], ["a"], ["x"]], [("a",), ("x",)]),
    ],
)
def test_what_is_blank_is_no_part_of_a_table(rows, table):
    made = tabulated(
        (line, [c or "" if c is None else c for c in r]) for line, r in enumerate(rows)
    )
    assert [tuple(made.headers), *made] == table


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        ([["a", ""], ["1", ""], ["1", "2"]], 2, "This row has 2 cells, the first line 1."),
        ([["a", "b"], ["1", "2"], ["1"]], 2, "This row has 1 cells, the first line 2."),
        ([["a", "b", "a"]], 1, "The heading “a” stands twice."),
        ([[" ", ""], []], 1, "The table is empty."),
    ],
)
def test_what_has_no_place_in_a_table_is_told_with_its_line(rows, line, reason):
    with translation.override("en"), pytest.raises(TableError) as error:
        tabulated(enumerate(rows))
    assert (error.value.line, str(error.value)) == (line, reason)


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"id": 1, "slug": "torun"}, "torun"),
        ({"uuid": 1, "code": "pl"}, "pl"),
        ({"practice": "tram", "year": 1}, "tram"),
    ],
)
def test_a_text_that_no_cell_of_xlsx_holds_is_told_by_the_name_of_its_record(cells, name):
    rows = (cells | {"text": "x" * length} for length in (32_767, 32_768))
    held, longer = (tabulated([(1, list(row)), (2, list(row.values()))]) for row in rows)
    assert WholeXLSX().export_data(held).startswith(b"PK")
    with translation.override("en"), pytest.raises(TableError) as error:
        WholeXLSX().export_data(longer)
    assert str(error.value) == (
        f"“{name}” has a text longer than a cell of XLSX can hold (text). Export the table as CSV."
    )


def test_our_csv_keeps_cells_apart_as_excel_does_in_each_language():
    made = tabulated([(1, ["a", "b"]), (2, ["1;2,3", Decimal("1.50")])])
    told = {}
    for language in ("pl", "en"):
        with translation.override(language):
            told[language] = MarkedCSV().export_data(made)
    assert told == {"pl": '\ufeffa;b\r\n"1;2,3";1,5\r\n', "en": '\ufeffa,b\r\n"1;2,3",1.5\r\n'}


ASKED = "The letters of this file can be read in several ways. Choose its encoding."


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "The table is empty."),
        (
            b"PK\x03\x04 a document",
            1,
            "The file is damaged or not whole.",
        ),
        (
            b"\xd0\xcf\x11\xe0\0\0",
            1,
            "This is a file of another kind (XLS). Save the table as CSV or XLSX.",
        ),
        (b"a,b\n1,2\n1,2,3\n", 3, "This row has 3 cells, the first line 2."),
        (b'a,b\n1,"2\n', 2, "The file breaks off or has a stray quotation mark"),
        ("Łódź ".encode() + "żółw gęś".encode("cp1250"), 1, ASKED),
    ],
)
def test_what_is_no_table_is_told_with_its_line(content, line, reason):
    with translation.override("en"), pytest.raises(TableError) as error:
        read(content)
    assert (error.value.line, str(error.value)[: len(reason)]) == (line, reason)


def test_ticks_and_days_read_as_spreadsheets_write_them():
    assert [cells.Tick().clean(word) for word in ("1", "PRAWDA", "x", "0", "FAŁSZ", "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    day = date(2026, 3, 1)
    assert [cells.Day().clean(word) for word in ("2026-03-01", "1.03.2026", day)] == [day] * 3
    for widget in (cells.Tick, cells.Day):
        with pytest.raises(ValueError, match=r"."):
            widget().clean("może")


HEADER = "slug;country;name_pl;role;latitude;longitude;population;population_year"
NO_ROLLE = "There is no column “rolle”. There are: uuid, slug, country, name_pl, name_en, "
GOOD = ["torun;PL;Toruń;committed;53,0138;18,5984;198 000;2021"]


def table(*rows, header=HEADER):
    return read("\n".join([header, *rows]).encode())


def test_row_typed_in_a_polish_spreadsheet_is_imported(make_country):
    make_country()
    assert list(CityResource().import_data(table(*GOOD)).faults()) == []
    city = City.objects.get()
    assert (city.country.code, city.latitude, city.longitude) == (
        "pl", Decimal("53.0138"), Decimal("18.5984"),
    )  # fmt: skip
    assert (city.population, city.population_year) == (198_000, 2021)


@pytest.mark.parametrize(
    ("rows", "header", "fault"),
    [
        (GOOD, HEADER.replace("role", "rolle"), (1, "", NO_ROLLE)),
        (GOOD, HEADER.replace("slug", "name_en"), (1, "", "The column “slug” is missing")),
        (GOOD * 2, HEADER, (3, "", "The same address as in line 2.")),
        ([GOOD[0].replace("2021", "2021,5")], HEADER, (2, "population_year", "Enter a whole")),
        ([GOOD[0].replace("PL", "xx")], HEADER, (2, "country", "There is no country “xx”.")),
    ],
)
def test_fault_is_told_with_its_line_and_column(make_country, rows, header, fault):
    make_country()
    with translation.override("en"):
        ((line, column, reason),) = CityResource().import_data(table(*rows, header=header)).faults()
    assert (line, column, reason[: len(fault[2])]) == fault
    assert not City.objects.exists()


def test_a_clerk_writes_headings_and_choices_in_their_own_language(make_country):
    make_country()
    header = "Adres;Kraj;nazwa [pl];Name en;rola;szerokość geograficzna;długość geograficzna;status"
    row = "torun;Polska;Toruń;Torun;Miasto prekursor;53,0138;18,5984;szkic"
    assert list(CityResource().import_data(table(row, header=header)).faults()) == []
    city = City.objects.get()
    told = (city.slug, city.country.code, city.name_pl, city.name_en, city.role, city.status)
    assert told == ("torun", "pl", "Toruń", "Torun", "precursor", "draft")


def test_all_faults_are_told_at_once_with_the_choices(make_country):
    make_country()
    rows = [*GOOD, GOOD[0].replace("committed", "king").replace("2021", "x")]
    with translation.override("en"):
        result = CityResource().import_data(table(*rows))
        faults, faulty = list(result.faults()), result.faulty_rows()
    assert [(line, column) for line, column, _reason in faults] == [
        (3, "role"), (3, "population_year"), (3, ""),
    ]  # fmt: skip
    choices = "precursor city (precursor), committed city (committed)"
    assert faults[0][2] == f"“king” is none of: {choices}."
    assert faults[2][2] == "The same address as in line 2."
    assert faulty.headers == [*HEADER.split(";"), "what is wrong"]
    assert [row[:3] for row in faulty] == [("torun", "PL", "Toruń")]
    again = table(f"{GOOD[0]};role: …", header=f"{HEADER};co poprawić")
    assert list(CityResource().import_data(again).faults()) == []


def test_import_that_fails_at_row_499_stores_nothing(make_country):
    make_country()
    rows = [GOOD[0].replace("torun", f"miasto-{n}") for n in range(1, 501)]
    rows[498] = rows[498].replace("committed", "king")
    ((line, column, _reason),) = CityResource().import_data(table(*rows)).faults()
    assert (line, column) == (500, "role")
    assert not City.objects.exists()


def test_words_of_a_photo_are_imported_and_its_file_is_left_alone(make_photo):
    photo = make_photo()
    header = "image;decorative;alt_en;alt_pl"
    PhotoResource().import_data(table(f"{photo.image.name};nie;A square;Plac", header=header))
    (changed,) = Photo.objects.all()
    assert (changed.alt_en, changed.image.name, changed.width) == ("A square", photo.image.name, 8)
    with translation.override("en"):
        result = PhotoResource().import_data(table("photos/a.png;0;A;A", header=header))
        (fault,) = result.faults()
    assert fault[:2] == (2, "image")
    assert fault[2].startswith("There is no photo “photos/a.png”.")


def test_large_table_is_imported_by_command_with_a_bar(make_country, tmp_path, capsys):
    make_country()
    file = tmp_path / "cities.csv"
    file.write_text("\n".join([HEADER, *(GOOD[0].replace("torun", f"m-{n}") for n in range(3))]))
    with translation.override("en"):
        call_command("import_table", "cities", file, dry_run=True)
        assert not City.objects.exists()
        call_command("import_table", "cities", file)
    output = capsys.readouterr()
    assert output.out.splitlines()[-1] == "Imported: 3 new, 0 changed, 0 left as they were."
    assert output.err.splitlines()[-1] == "█" * 40 + " 3/3"
    assert City.objects.count() == 3
    file.write_text(HEADER + "\n" + GOOD[0].replace("53,0138", "x"))
    with translation.override("en"), pytest.raises(CommandError) as error:
        call_command("import_table", "cities", file)
    assert str(error.value).splitlines() == [
        "Nothing was imported.",
        f"{file}, line 2, column latitude: Enter a number.",
    ]


def test_a_cell_is_cleaned(make_country):
    make_country("pl")
    row = ["imp-e", "pl", "Im\x0bpa\xad", "Z\u0301le\r\nOK\ufffe", "precursor", "52.1", "21.1"]
    header = ["slug", "country", "name_pl", "summary_pl", "role", "latitude", "longitude"]
    table = io.StringIO()
    csv.writer(table).writerows([header, row])
    CityResource().import_data(read(table.getvalue().encode()), raise_errors=True)
    city = City.objects.get()
    assert (city.name_pl, city.summary_pl) == ("Im pa", "Źle\nOK")
    assert CityResource().import_data(CityResource().export()).totals["skip"] == 1
