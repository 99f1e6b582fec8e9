"""Rights by country: whatever is posted, nothing of another country is seen or changed."""

import re

import pytest
from django.apps import apps
from editing import address, edit, errors, filled, upload
from reversion.models import Version

from cities.editing import history
from cities.models import City, Source, TableOnTrial


@pytest.mark.parametrize("model", ["city", "practice", "indicator", "source"])
def test_an_editor_neither_sees_nor_changes_another_country(desk, foreign, model):
    record = foreign[model]
    page = desk.get(address(model))
    assert list(page.context["cl"].result_list) == []
    version = Version.objects.get_for_object(record).first()
    for name, args in [
        ("change", [record.pk]), ("delete", [record.pk]), ("history", [record.pk]),
        ("revision", [record.pk, version.pk]),
    ]:  # fmt: skip
        for answer in (desk.get, desk.post):
            response = answer(address(model, name, *args), {"post": "yes"})
            assert response.status_code in (302, 404), name
            if response.status_code == 302:
                assert response.url == "/admin/"
    desk.post(address(model), {"action": "delete_selected", "_selected_action": [record.pk]})
    assert type(record).objects.filter(pk=record.pk).exists()


def test_an_editor_cannot_move_records_into_another_country(desk, foreign, make_practice):
    practice = make_practice(status="draft")
    answer = edit(desk, practice.city, country=foreign["city"].country_id)
    assert list(errors(answer)) == ["country"]
    assert list(errors(edit(desk, practice, city=foreign["city"].pk))) == ["city"]
    source = Source.objects.create(practice=practice, title="Raport")
    assert list(errors(edit(desk, source, practice=foreign["practice"].pk))) == ["practice"]
    options = desk.get(
        "/admin/autocomplete/",
        {"app_label": "cities", "model_name": "practice", "field_name": "city", "term": ""},
    ).json()
    assert [option["id"] for option in options["results"]] == [str(practice.city.pk)]


@pytest.mark.parametrize(
    ("model", "parent"),
    [("practice", "city"), ("indicator", "practice"), ("source", "practice"), ("photo", "city")],
)
def test_an_editor_adds_nothing_to_another_country(desk, foreign, model, parent):
    url = address(model, "add")
    before = apps.get_model("cities", model).objects.count()
    answer = desk.post(url, filled(desk.get(url)) | {parent: foreign[parent].pk})
    assert parent in errors(answer)
    assert apps.get_model("cities", model).objects.count() == before


HEADER = "slug,country,name_pl,role,latitude,longitude,status"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("ulm,de,Ulm,committed,48,10,draft", "nie ma takiego: kraj „de”."),
        ("nowe,de,Nowe,committed,48,10,draft", "nie ma takiego: kraj „de”."),
        ("nowe,pl,Nowe,committed,52,19,published", "Tylko wydawcy publikują"),
    ],
    ids=["change", "add", "publish"],
)
def test_an_import_refuses_what_a_form_would(desk, foreign, make_country, row, reason):
    make_country()
    answer = upload(desk, "city", HEADER, row)
    assert "confirm_form" not in answer.context
    assert reason in answer.text
    assert City.objects.count() == 1
    answer = upload(desk, "city", HEADER, "nowe,pl,Nowe,committed,52,19,draft")
    assert "confirm_form" in answer.context


def told(answer, *names):
    """Return what a trial says of a table, but for the names that were typed."""
    faults = [(column, reason) for _line, column, reason in answer.context["result"].faults()]
    return re.sub("|".join(names), "…", str(faults))


@pytest.mark.database
@pytest.mark.parametrize(
    ("model", "header", "row"),
    [
        ("city", HEADER, "{city},de,Ulm,committed,48,10,draft"),
        ("city", "slug,summary_pl", "{city},Krótki opis."),
        ("city", "slug,status", "{city},draft"),
        ("practice", "slug,city,title_pl", "nowa,{city},Nowa"),
        ("practice", "slug,title_pl", "{practice},Nowa"),
        ("indicator", "practice,label_pl,value", "{practice},Trasa,10"),
        ("source", "city,practice,title,url", "{city},,Bericht,"),
        ("source", "city,practice,title,url", ",{practice},Bericht,"),
        ("photo", "image,city,practice,alt_pl", "{photo},{city},,Rynek"),
    ],
)
def test_a_trial_tells_an_editor_of_anothers_record_what_it_tells_of_none(
    desk, foreign, make_photo, make_country, model, header, row
):
    make_country()
    names = {kind: foreign[kind].slug for kind in ("city", "practice")}
    names["photo"] = make_photo(city=foreign["city"], alt_pl="Rynek").image.name
    nobodys = {kind: f"{kind}-9" for kind in names}
    of_theirs = upload(desk, model, header, row.format(**names))
    of_nothing = upload(desk, model, header, row.format(**nobodys))
    assert told(of_theirs, *names.values()) == told(of_nothing, *nobodys.values()) != "[]"


@pytest.mark.parametrize("status", ["draft", "published"])
def test_an_address_that_is_taken_tells_no_title_of_a_draft(desk, foreign, make_city, status):
    City.objects.filter(pk=foreign["city"].pk).update(status=status)
    answer = upload(desk, "city", HEADER, "ulm,pl,Nowe,committed,52,19,draft")
    (told,) = edit(desk, make_city(status="draft"), slug="ulm").context["errors"]
    reasons = {*told, *(reason for *_place, reason in answer.context["result"].faults())}
    by = ": ma go „Ulm”" if status == "published" else ""
    assert reasons == {f"Adres „ulm” jest zajęty{by}. Wpisz inny, na przykład „ulm-2”."}


@pytest.mark.parametrize("status", ["draft", "review"])
def test_an_import_takes_no_page_off_the_site(desk, make_city, status):
    city = make_city(slug="kutno")
    answer = upload(desk, "city", "slug,status,summary_pl", f"kutno,{status},Nowy opis.")
    ((line, column, reason),) = answer.context["result"].faults()
    assert (line, column) == (2, "")
    assert reason.startswith("Tylko wydawcy publikują")
    assert "confirm_form" not in answer.context
    make_city(slug="lodz", status="draft")
    answer = upload(desk, "city", "slug,status,summary_pl", "lodz,draft,Nowy opis.")
    TableOnTrial.objects.update(content=f"slug,status\nkutno,{status}".encode())
    desk.post(address("city", "process_import"), answer.context["confirm_form"].initial)
    city.refresh_from_db()
    assert city.status == "published"


def test_an_editor_does_not_bring_a_page_back_into_another_country(
    desk, publisher, make_city, make_country
):
    city = make_city("de")
    history.record([city], publisher, "")
    version = history.versions(city).get()
    city.country = make_country("pl")
    city.save()
    desk.post(address("city", "revision", city.pk, version.pk))
    city.refresh_from_db()
    assert city.country_id == make_country("pl").pk


def test_bringing_a_page_back_takes_nothing_from_another(desk, foreign, publisher, make_city):
    city = make_city(status="draft")
    source = Source.objects.create(city=city, title="Raport")
    history.record([city], publisher, "")
    Source.objects.filter(pk=source.pk).update(city=foreign["city"], title="Bericht 2")
    desk.post(address("city", "revision", city.pk, history.versions(city).get().pk))
    source.refresh_from_db()
    assert (source.city, source.title) == (foreign["city"], "Bericht 2")
    assert [source.title for source in city.sources.all()] == ["Raport"]


@pytest.mark.parametrize("forged", ["id", "city"])
def test_a_forged_part_of_a_form_reaches_no_other_page(desk, foreign, make_city, forged):
    city = make_city(status="draft")
    Source.objects.create(city=city, title="Raport")
    theirs = {"id": foreign["source"].pk, "city": foreign["city"].pk}
    edit(desk, city, **{f"sources-0-{forged}": theirs[forged], "sources-0-title": "Mein"})
    assert list(Source.objects.order_by("title").values_list("title", "city")) == [
        ("Bericht", foreign["city"].pk),
        ("Raport", city.pk),
    ]


def test_an_import_is_held_to_the_rights_when_it_is_confirmed_too(desk, foreign, make_country):
    make_country()
    answer = upload(desk, "city", HEADER, "nowe,pl,Nowe,committed,52,19,draft")
    data = answer.context["confirm_form"].initial
    table = f"{HEADER}\nulm,de,Nowe,committed,48,10,draft"
    TableOnTrial.objects.update(content=table.encode())
    desk.post(address("city", "process_import"), data)
    assert list(City.objects.values_list("name_pl", flat=True)) == ["Ulm"]


@pytest.mark.parametrize("name", ["/etc/passwd", "../../etc/passwd", "nothing.csv", ""])
def test_a_confirmed_import_reads_no_file_but_an_upload(desk, name):
    data = {"import_file_name": name, "original_file_name": "a.csv", "format": "0", "resource": "0"}
    answer = desk.post(address("city", "process_import"), data)
    assert "root:" not in answer.text


def test_an_editor_reads_no_draft_of_another_country_anywhere(desk, foreign, make_practice):
    make_practice(status="draft")
    pages = ["/admin/", address("city", "export"), *map(address, ("city", "practice", "source"))]
    pages += re.findall(r'href="(/admin/[^"#?]*)', desk.get("/admin/").text)
    for url in set(pages) - {"/admin/logout/"}:
        text = desk.get(url).text
        assert not re.search("Ulm|Bericht", text), url
    fields = {f"cityresource_{name}": "on" for name in ("slug", "name_pl")}
    data = {"format": "0", "resource": "0"} | fields
    table = desk.post(address("city", "export"), data)
    assert table.headers["Content-Type"].startswith("text/csv")
    assert "Ulm" not in table.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "country__editors__password__startswith=pbkdf2",
        "drafts__user__password__startswith=pbkdf2",
        "practices__title_pl__startswith=a",
    ],
)
def test_a_list_answers_no_question_about_what_it_does_not_show(desk, make_city, query):
    make_city()
    answer = desk.get(f"{address('city')}?{query}")
    assert answer.status_code in (302, 400)
