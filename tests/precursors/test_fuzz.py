"""Whatever is asked or sent, the site answers: no fault of ours, nothing stored by accident."""

from urllib.parse import quote, quote_plus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cities.models import City, Practice

few = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,  # a failure here is a failure everywhere
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
names = st.sampled_from(["theme", "country", "role", "stage", "size", "q", "page", "p", "x"])
values = st.text(max_size=30) | st.sampled_from(
    ["energy", "PL", "-1", "9" * 30, "under-5k", "łódź"]
)
lists = st.sampled_from(
    ["/pl/miasta/", "/en/good-practices/", "/en/cities.geojson", "/pl/map.json", "/en/compare/"]
)


@pytest.fixture
def deed(make_practice):
    return make_practice("energy", slug="deed")


def escaped(text):
    return quote_plus(text.encode("utf-8", "surrogatepass"))


@few
@given(path=lists, query=st.lists(st.tuples(names, values), max_size=6))
def test_every_question_is_answered(client, deed, path, query):
    asked = "&".join(f"{name}={escaped(value)}" for name, value in query)
    assert client.get(f"{path}?{asked}").status_code == 200


@few
@given(path=lists, query=st.binary(max_size=60))
def test_every_query_string_is_answered(client, deed, path, query):
    assert client.get(path, QUERY_STRING=query.decode("latin-1")).status_code in (200, 400)


@few
@given(
    start=st.sampled_from(
        ["/", "/pl/", "/en/cities/", "/media/", "/static/", "/admin/cities/city/"]
    ),
    rest=st.text(max_size=40) | st.binary(max_size=40),
)
def test_every_address_is_answered(client, deed, start, rest):
    path = quote(rest if isinstance(rest, bytes) else rest.encode("utf-8", "surrogatepass"))
    assert client.get(f"{start}{path}").status_code in (200, 301, 302, 400, 404)


cells = st.text(max_size=12) | st.sampled_from(
    ["pl", "1e9", "=1+1", "'", '"', "NaN", "\0", "ÿ,;\t"]
)
columns = ["slug", "country", "name_pl", "role", "latitude", "longitude", "status", "unknown"]


@few
@given(
    header=st.lists(st.sampled_from(columns), max_size=8),
    rows=st.lists(st.lists(cells, max_size=8), max_size=4),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1250"]),
)
def test_every_table_is_tried_and_nothing_stored(admin_client, deed, header, rows, encoding):
    text = "\n".join(",".join(row) for row in [header, *rows])
    table = SimpleUploadedFile("table.csv", text.encode(encoding, "replace"), "text/csv")
    sent = {"format": "0", "resource": "0", "import_file": table}
    assert admin_client.post(reverse("admin:cities_city_import"), sent).status_code == 200
    assert (City.objects.count(), Practice.objects.count()) == (1, 1)
