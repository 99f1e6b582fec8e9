import pytest
from django.test import Client
from html_page import Page

LISTS = ["/pl/miasta/", "/en/cities/", "/pl/dobre-praktyki/", "/en/good-practices/"]
LISTS += ["/pl/", "/en/", "/pl/cities.geojson", "/en/cities.geojson", "/en/themes/energy/"]
LISTS += ["/pl/widget/", "/en/widget/"]

NOT_FOUND = {"pl": "Nie ma takiej strony", "en": "There is no such page"}
NOT_UNDERSTOOD = ["Nie rozumiemy tego zapytania", "We do not understand this request"]
TOO_LONG = ["Ten adres jest za długi", "This address is too long"]
TOO_LARGE = ["To więcej, niż możemy przyjąć naraz", "This is more than we can take at once"]
OUR_FAULT = ["Coś się u nas zepsuło", "Something went wrong on our side"]


@pytest.fixture(autouse=True)
def deed(make_practice):
    return make_practice("energy mobility", slug="deed", title_pl="Łącze", title_en="Link")


@pytest.mark.database
@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        "theme=%00&country=%00&role=%00&stage=%00&q=%00&city=%00&p=%00",
        "theme=%FF%FE&country=%C3%28&q=%F0%28%8C%28&%FF=1",
        "theme=wind&country=atlantis&role=king&stage=never",
        "theme[]=energy&theme[$ne]=x&country=pl%27--&page=-1",
        "unknown=" + "%C5%82" * 990,
        "%",
        "&&==&?",
    ],
    ids=["null", "broken UTF-8", "unknown", "odd", "6 kB", "percent", "signs"],
)
def test_a_list_answers_whatever_stands_in_the_query(client, path, query):
    plain, answer = client.get(path), client.get(f"{path}?{query}")
    assert plain.status_code == answer.status_code == 200
    assert plain.text.count("/deed/") == answer.text.count("/deed/")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("letter", ["a", "%C5%82", "+", "%F0%9F%8C%B3"])
def test_a_search_longer_than_any_visitor_needs_is_our_414(client, visit, path, letter):
    assert client.get(f"{path}?q={letter * 998}").status_code == 200
    for asked in (f"{path}?q={letter * 999}", f"{path.rstrip('/')}?{letter * 4000}"):
        assert visit(asked, status=414).texts("h1") == TOO_LONG


def test_more_fields_than_the_site_reads_are_our_400(client):
    fields = "&".join(f"{n}=" for n in range(1001))
    kind = "application/x-www-form-urlencoded"
    page = Page(client.post("/admin/login/", fields, content_type=kind))
    assert (page.response.status_code, page.texts("h1")) == (400, NOT_UNDERSTOOD)


@pytest.mark.parametrize("length", ["9" * 5000, "-1", "1e3", "²"])
def test_a_length_that_is_no_length_is_our_413(client, length):
    page = Page(client.post("/admin/login/", CONTENT_LENGTH=length))
    assert (page.response.status_code, page.texts("h1")) == (413, TOO_LARGE)


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "nowhere/",
        "miasta/no-such-town/",
        "cities/no-such-town/",
        "good-practices/no-such-deed/",
        "kraje/xx/",
        "countries/xx/",
        "themes/wind/",
        "tematy/wiatr/",
        "miasta/a%00b/",
        "miasta/%FF%FE/",
        "cities/%C3%28/",
        "%E0%80%AF../",
        "cities/" + "a" * 8000 + "/",
        "miasta/Łódź/",
    ],
)
def test_an_unknown_address_is_our_404_in_the_language_of_the_address(visit, language, path):
    page = visit(f"/{language}/{path}?q=%FF%00&theme=wind", status=404)
    assert page.texts("h1") == [NOT_FOUND[language]]
    assert page.find("html")[0].attributes["lang"] == language
    assert page.find("link", rel="canonical") == page.find("link", rel="alternate") == []
    assert page.find("meta", name="robots")[0].attributes["content"] == "noindex"
    assert len(page.find("a", hreflang=True)) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/xx/",
        "/pl/..%2f..%2fetc/passwd",
        "/media/nothing.jpg",
        "/media/%00",
        "/media/" + "a" * 300,
        "/media/photos",
        "/static/nothing.css",
        "/static/%00",
        "/%FF%FE",
        "/%00",
    ],
)
def test_an_address_without_language_is_our_404_too(visit, path):
    assert visit(path, status=404).texts("h1") == [NOT_FOUND["pl"]]


def test_a_way_out_of_the_media_folder_is_our_400(visit):
    assert visit("/media/..%2fsite.sqlite3", status=400).texts("h1") == NOT_UNDERSTOOD


@pytest.mark.parametrize("path", ["/", "/pl/", "/en/cities/", "/nowhere/", "/sitemap.xml"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "a b", "[", "\xff"])
def test_an_unknown_host_is_our_400(visit, path, host):
    page = visit(path, status=400, host=host)
    assert page.texts("h1") == NOT_UNDERSTOOD
    assert "evil" not in page.html
    assert "default-src 'none'" in page.response.headers["Content-Security-Policy"]


def test_the_page_for_our_own_faults_speaks_both_languages(client, visit, settings):
    settings.SITE_URL = None  # no page can name itself without one
    client.raise_request_exception = False
    page = visit("/en/about/", status=500)
    assert page.texts("h1") == OUR_FAULT
    assert [e.attributes["lang"] for e in page.find("section")] == ["pl", "en"]
    assert page.links() == ["/pl/", "/en/"]
    assert "TypeError" not in page.html
    assert page.find("html")[0].attributes["lang"] == "pl"


@pytest.mark.parametrize("path", ["/pl/", "/en/cities/", "/en/about/"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_other_methods_are_refused(client, path, method):
    response = getattr(client, method)(path)
    assert response.status_code == 405
    assert not response.cookies


def test_a_form_without_its_token_is_our_403():
    page = Client(enforce_csrf_checks=True).post("/admin/login/", headers={"host": "127.0.0.1"})
    assert page.status_code == 403
    for heading in ("Tego formularza nie można stąd wysłać", "This form cannot be sent from here"):
        assert f"<h1>{heading}</h1>" in page.text


@pytest.mark.parametrize("model", ["city", "country", "practice", "indicator", "source", "photo"])
@pytest.mark.parametrize("query", ["no_field=1", "pk__year=x", "%00=1", "id__in=a"])
def test_a_list_or_an_export_by_what_is_no_filter_leads_to_the_list(admin_client, model, query):
    for page in ("", "export/"):
        answer = admin_client.get(f"/admin/cities/{model}/{page}?{query}")
        assert answer.headers["Location"].endswith(f"/admin/cities/{model}/?e=1")


@pytest.mark.parametrize("path", ["cities/country/{}/change/", "auth/user/{}/change/"])
def test_a_field_without_a_name_is_our_400(admin_client, admin_user, make_country, path):
    owner = make_country() if "country" in path else admin_user
    for answer in (
        admin_client.get(f"/admin/{path.format(owner.pk)}?_to_field="),
        admin_client.post(f"/admin/{path.format(owner.pk)}", {"_to_field": ""}),
    ):
        page = Page(answer)
        assert (answer.status_code, page.texts("h1")) == (400, NOT_UNDERSTOOD)
