"""“Report an error on this page”: where the operator has an address, and nothing of the reader."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command

from cities.archive.check import check

pytestmark = pytest.mark.django_db
PATHS = [
    *("/", "/cities/", "/cities/wzorowo/", "/good-practices/", "/good-practices/wzorczyn/"),
    *("/about/", "/data/", "/privacy/", "/search/", "/file/", "/compare/", "/journeys/"),
]


def reports(page):
    return [link for link in page.links() if link.startswith("mailto:biuro@example.org?")]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_lets_visitors_report_what_is_wrong_on_it(settings, deed, visit, path):
    assert reports(visit(f"/en{path}")) == []
    settings.OPERATOR_EMAIL = "biuro@example.org"
    page = visit(f"/en{path}?q=secret")
    (link,) = reports(page)
    letter = parse_qs(urlsplit(link).query)
    title = page.texts("title")[0].removesuffix(" – Precursor Cities")
    assert letter["subject"] == [f"Error on the page: {title}"]
    assert letter["body"][0].split("\r\n")[0] == f"{settings.SITE_URL}/en{path}"
    assert "secret" not in letter["body"][0]


def test_it_speaks_the_language_of_the_page(settings, deed, visit):
    settings.OPERATOR_EMAIL = "biuro@example.org"
    page = visit("/pl/miasta/wzorowo/")
    assert "Zgłoś błąd na tej stronie" in page.texts("a")
    letter = parse_qs(urlsplit(reports(page)[0]).query)
    assert letter["subject"] == ["Błąd na stronie: Wzorowo"]


def test_a_page_that_does_not_exist_keeps_the_link_short(settings, db, visit):
    settings.OPERATOR_EMAIL = "biuro@example.org"
    (link,) = reports(visit("/en/" + "x" * 900, status=404))
    assert len(link) < 500


def test_an_archive_reports_nothing_and_its_letters_name_no_host(settings, deed, tmp_path):
    settings.OPERATOR_EMAIL = "biuro@example.org"
    town = deed.city
    town.email, town.telephone = "um@example.org", "+48 22 123 45 67"
    town.save()
    call_command("export_archive", tmp_path / "archive", verbosity=0)
    found = check(tmp_path / "archive")
    assert (found.broken, found.outside) == ([], [])
    page = (tmp_path / "archive/en/good-practices/wzorczyn/index.html").read_text()
    assert "Report an error" not in page
    assert "mailto:um@example.org?subject=Musterdeed&amp;body=Good%20morning" in page
    assert urlsplit(settings.SITE_URL).netloc not in page
