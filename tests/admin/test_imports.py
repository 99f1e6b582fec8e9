"""A table on its way in: how it was read, what it would wipe, what speaks against it."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import translation
from editing import address, edit, upload

from cities.importing.resources import CityResource
from cities.importing.table_files import read
from cities.models import City, TableOnTrial

pytestmark = pytest.mark.database

NEW = "slug,country,name_pl,role,latitude,longitude"


@pytest.fixture
def tried(admin_client):
    """Return the answer to a table that is tried, and to its choices."""

    def tried(content, name="table.csv", **choices):
        content = content if isinstance(content, bytes) else content.encode()
        data = {"format": "0", "resource": "0", **choices}
        data["import_file"] = SimpleUploadedFile(name, content)
        return admin_client.post(address("city", "import"), data, headers={"accept-language": "en"})

    return tried


@pytest.fixture
def confirm(admin_client):
    """Confirm a table that was tried, with what is ticked; return what the site says."""

    def confirm(answer, **ticked):
        data = answer.context["confirm_form"].initial | ticked
        done = admin_client.post(
            address("city", "process_import"), data, headers={"accept-language": "en"}, follow=True
        )
        return [str(message) for message in done.context["messages"]]

    return confirm


@pytest.fixture
def again(admin_client):
    """Read a table once more, in another way, as the button of its trial does."""

    def again(answer, **choice):
        file = answer.context["form"].cleaned_data["import_file"]
        data = {"import_file_name": file.tmp_storage_name, "original_file_name": file.name}
        assert f'value="{file.tmp_storage_name}"' in answer.text
        return admin_client.post(
            address("city", "import"), data | {"format": "0"} | choice,
            headers={"accept-language": "en"},
        )  # fmt: skip

    return again


def test_trial_tells_the_encoding_and_reads_with_another(make_country, tried, again, confirm):
    make_country("se", name_pl="Szwecja", name_en="Sweden")
    row = "skane,se,Skåne-Årsta æøå,committed,59,18"
    answer = tried(f"{NEW}\n{row}\n".encode("cp1252"))
    assert "Read with the encoding Windows-1252." in answer.text
    wrong = again(answer, encoding="cp1250")
    assert wrong.context["result"].table["name_pl"] == ["Skĺne-Ĺrsta ćřĺ"]
    right = again(wrong, encoding="cp1252")
    assert confirm(right) == ["Imported: 1 new, 0 changed, 0 left as they were."]
    assert City.objects.get().name_pl == "Skåne-Årsta æøå"


def test_encoding_that_is_asked_can_be_chosen_with_the_file(make_country, tried):
    make_country()
    content = f"{NEW}\nsao,pl,São,committed,52,19\n".encode("cp1252")
    (reason,) = tried(content).context["form"].errors["import_file"]
    assert reason.startswith("Line 1: The letters of this file can be read in several ways.")
    answer = tried(content, encoding="cp1252")
    assert answer.context["result"].table["name_pl"] == ["São"]


def test_trial_tells_the_sheet_and_reads_another_even_when_the_first_is_wrong(
    make_country, tried, again, confirm
):
    make_country()
    book = openpyxl.Workbook()
    book.active.title = "Uwagi"
    book.active.append(["Proszę nie zmieniać nagłówków"])
    book.active.append(["x"])
    sheet = book.create_sheet("Miasta")
    sheet.append(NEW.split(","))
    sheet.append(["torun", "pl", "Toruń", "committed", 53, 18.5])
    book.save(file := io.BytesIO())
    answer = tried(file.getvalue(), "miasta.xlsx")
    assert "confirm_form" not in answer.context
    assert "Read from the sheet “Uwagi”." in answer.text
    confirm(again(answer, sheet="Miasta"))
    assert City.objects.get().slug == "torun"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("To\x0bru\u0144", "Invisible characters are taken out of 1 cell."),
        ("To\xadru\u0144", "Invisible characters are taken out of 1 cell."),
        ("Torun\u0301", ""),
        ("Toru\u0144", ""),
    ],
)
def test_trial_tells_of_characters_that_nobody_sees(make_country, tried, name, told):
    make_country()
    answer = tried(f"{NEW}\r\ntorun,pl,{name},committed,53,18\r\n")
    assert told in answer.text
    assert ("Invisible characters" in answer.text) is bool(told)


def test_table_that_is_gone_must_be_chosen_again(admin_client, make_country):
    data = {"import_file_name": "x", "original_file_name": "a.csv", "format": "0"}
    answer = admin_client.post(address("city", "import"), data)
    assert list(answer.context["form"].errors) == ["import_file"]


@pytest.mark.parametrize("values", [{"format": "9"}, {"resource": "9"}, {"erased": "x"}])
def test_confirmation_of_what_was_never_asked_is_no_failure(
    admin_client, make_country, tried, values
):
    make_country()
    answer = tried(f"{NEW}\ntorun,pl,Toruń,committed,53,18\n")
    data = answer.context["confirm_form"].initial | values
    assert admin_client.post(address("city", "process_import"), data).status_code in (200, 302)


def test_blanked_column_wants_consent_with_its_number(make_city, tried, confirm):
    for slug in ("elk", "torun"):
        make_city(slug=slug, region_pl="Region", summary_en="")
    table = "slug,region_pl,summary_en\nelk,,\ntorun,,\n"
    answer = tried(table)
    assert (answer.context["result"].erased, 'name="erased" value="2" required' in answer.text) == (
        2, True,
    )  # fmt: skip
    assert "Blank cells erase 2 values that the site has now." in answer.text
    for ticked in ({}, {"erased": 1}):
        (told,) = confirm(tried(table), **ticked)
        assert "This would erase values: 2." in told
        assert City.objects.filter(region_pl="Region").count() == 2
    assert confirm(answer, erased=2) == ["Imported: 0 new, 2 changed, 0 left as they were."]
    assert City.objects.filter(region_pl="").count() == 2


def test_rows_older_than_the_site_want_consent_with_their_number(make_city, tried, confirm):
    make_city(slug="elk", changed_on="2026-05-01", website="https://elk.pl/")
    table = "slug,website,changed_on\nelk,https://ełk.example.org/,{}\n"
    assert tried(table.format("2026-05-01")).context["result"].older == 0
    answer = tried(table.format("2026-04-30"))
    assert "1 row is older than what is on the site now." in answer.text
    (told,) = confirm(tried(table.format("2026-04-30")))
    assert "Rows that are older than what is on the site: 1." in told
    assert City.objects.get().website == "https://elk.pl/"
    confirm(answer, older=1)
    assert City.objects.get().website == "https://ełk.example.org/"


def test_what_blanks_nothing_and_is_not_older_wants_no_consent(make_city, tried):
    make_city(slug="elk", region_pl="", changed_on="2026-05-01")
    answer = tried("slug,region_pl,changed_on\nelk,Mazury,\n")
    assert 'type="checkbox"' not in answer.text


OUTSIDE = "This place is not in the chosen country (Poland) on our map."
EXCHANGED = f"{OUTSIDE} It would be, if latitude and longitude changed places."


@pytest.mark.parametrize(
    ("place", "told"),
    [(("53.92", "18.99"), ""), (("18.99", "53.92"), EXCHANGED), (("48.1", "11.5"), OUTSIDE)],
)
def test_position_outside_its_country_is_a_warning(
    admin_client, make_city, tried, confirm, place, told
):
    city = make_city(name_en="Swap", slug="swap")
    latitude, longitude = place
    answer = tried(f"slug,latitude,longitude\nswap,{latitude},{longitude}\n")
    doubts = [doubt for _city, doubt in answer.context["result"].doubts]
    assert [doubt[: len(told)] for doubt in doubts] == ([told] if told else [])
    assert ("Swap: This place" in answer.text) is bool(told)
    assert confirm(answer) == ["Imported: 0 new, 1 changed, 0 left as they were."]
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    edit(admin_client, city, latitude=latitude, longitude=longitude)
    messages = [str(m) for m in admin_client.get("/admin/").context["messages"]]
    assert [m for m in messages if m.startswith("This place")] == doubts
    assert City.objects.get().latitude == Decimal(latitude)


def test_new_rows_without_an_address_get_one_from_their_names(make_country, tried, confirm):
    make_country()
    rows = ",pl,Toruń,committed,53,18\n,pl,Ełk,committed,53.8,22.3\n"
    assert confirm(tried(f"{NEW}\n{rows}"))[0].startswith("Imported: 2 new")
    assert sorted(City.objects.values_list("slug", flat=True)) == ["elk", "torun"]
    answer = tried(f"{NEW}\n,pl,Kutno,committed,52,19\n,pl,Kutno,committed,52,19\n")
    ((line, column, _reason),) = answer.context["result"].faults()
    assert (line, column) == (3, "slug")


def test_our_own_csv_comes_back_unchanged_and_asks_nothing(admin_client, make_city, make_country):
    make_city(latitude="52.125", longitude="18.008", population=125_000)
    make_city(latitude="50.1", longitude="19", population=None)
    for language in ("pl", "en"):
        answer = admin_client.post(
            address("city", "export"),
            {"format": "0", "resource": "0"},
            headers={"accept-language": language},
        )
        result = CityResource().import_data(read(answer.content))
        assert (list(result.faults()), result.totals["skip"]) == ([], 2)


def test_command_tells_how_it_read_and_wants_consent_too(make_city, tmp_path, capsys):
    make_city(slug="elk", region_pl="Mazury", changed_on="2026-05-01")
    file = tmp_path / "cities.csv"
    file.write_text("slug,region_pl,latitude,longitude\nelk,,18.99,53.92\n")
    with translation.override("en"), pytest.raises(CommandError, match="erase values: 1"):
        call_command("import_table", "cities", file)
    assert City.objects.get().region_pl == "Mazury"
    with translation.override("en"):
        call_command("import_table", "cities", file, erase=True)
    told = capsys.readouterr()
    assert "UTF-8" in told.out.splitlines()
    assert EXCHANGED in told.err
    assert City.objects.get().region_pl == ""


def test_rows_with_faults_come_back_as_a_table(make_country, tried, again):
    make_country()
    lines = [NEW, "elk,pl,Ełk,committed,53.8,22.4", "torun,pl,Toruń,king,53,18"]
    answer = again(tried("\n".join(lines).encode("cp1250"), encoding="cp1250"), faults="1")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="faults.csv"'
    header, row = answer.content.decode("utf-8-sig").splitlines()
    assert header == f"{NEW},what is wrong"
    assert row.startswith("torun,pl,Toruń,king,53,18,")


def test_a_table_on_trial_is_forgotten_when_it_is_cancelled(admin_client, make_country, tried):
    make_country()
    answer = tried(f"{NEW}\nelk,pl,Ełk,committed,53.8,22.4")
    data = answer.context["confirm_form"].initial | {"cancel": "1"}
    done = admin_client.post(address("city", "process_import"), data)
    assert done.url == address("city")
    assert not City.objects.exists()
    assert not TableOnTrial.objects.exists()


@pytest.mark.parametrize(
    ("across", "exported"), [("0", ["elk"]), ("1", ["elk", "pisz"])], ids=["ticked", "found"]
)
def test_export_is_of_what_is_ticked_or_found(admin_client, make_city, across, exported):
    ticked, _found, _other = (
        make_city(slug=slug, role=role)
        for slug, role in (("elk", "committed"), ("pisz", "committed"), ("kutno", "precursor"))
    )
    data = {"action": "export_ticked", "_selected_action": [ticked.pk], "select_across": across}
    page = admin_client.post(address("city", role__exact="committed"), data, follow=True)
    assert page.context["count"] == len(exported)
    url = f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"
    answer = admin_client.post(url, {"format": "0", "resource": "0"})
    slugs = [line.split(";")[1] for line in answer.text.splitlines()[1:]]
    assert sorted(slugs) == exported


def test_a_trial_tells_numbers_as_readers_write_them(admin_client, make_indicator):
    figure = make_indicator(value=25, label_pl="Trasa")
    rows = ["practice,label_pl,value", f"{figure.practice.slug},Trasa,25.5"]
    (row,) = upload(admin_client, "indicator", *rows).context["result"].valid_rows()
    assert dict(row.diff)["value"] == [("gone", "25"), ("new", "25,5")]


def test_a_trial_is_silent_about_the_day_of_a_change(admin_client, make_city):
    city = make_city(population=25)
    City.objects.update(changed_on=date(2026, 1, 1))
    (row,) = upload(admin_client, "city", "slug,population", f"{city.slug},26").context["result"]
    assert [column for column, _ in row.diff] == ["population"]


def test_a_trial_compares_rich_text_as_it_reads(tried, make_city):
    make_city(slug="torun", profile_pl="<p>Stary <strong>tekst</strong></p>")
    (row,) = tried("slug,profile_pl\ntorun,<p>Nowy tekst</p>\n").context["result"].valid_rows()
    ((_column, told),) = row.diff
    assert "".join(words for kind, words in told if kind != "new").split() == ["Stary", "tekst"]
    assert "".join(words for kind, words in told if kind != "gone").split() == ["Nowy", "tekst"]
