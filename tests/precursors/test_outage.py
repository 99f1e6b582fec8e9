import errno
from functools import partial

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError, connection

AWAY = ["Strona łapie oddech", "The site is catching its breath"]


@pytest.fixture
def visit_without(client, visit):
    """Ask for a page while the database fails in this way."""
    client.raise_request_exception = False

    def fail(execute, sql, *args):
        raise client.fault("FATAL: the database system is shutting down")

    def visit_without(fault, url, status):
        client.fault = fault
        with connection.execute_wrapper(fail):
            return visit(url, status)

    return visit_without


@pytest.mark.database
@pytest.mark.parametrize("url", ["/pl/", "/en/cities/?q=tram", "/en/cities.geojson"])
@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_is_told_in_both_languages(visit_without, db, url, fault):
    page = visit_without(fault, url, 503)
    assert page.texts("h1") == AWAY
    assert page.response.headers["Retry-After"] == "30"
    assert "FATAL" not in page.html


def test_the_admin_tells_it_too(client, visit_without, admin_user):
    client.force_login(admin_user, backend="django.contrib.auth.backends.ModelBackend")
    assert visit_without(OperationalError, "/admin/", 503).texts("h1") == AWAY


def test_a_page_comes_back_with_the_database(visit, visit_without, db):
    visit_without(OperationalError, "/pl/", 503)
    visit("/pl/")


def test_a_fault_of_ours_stays_a_fault_of_ours(visit_without, db):
    assert "Retry-After" not in visit_without(ProgrammingError, "/pl/", 500).response.headers


def test_a_full_disk_is_told(visit_without, db):
    full = partial(OSError, errno.ENOSPC)
    told = ["Zabrakło miejsca na pliki", "There is no room left for files"]
    assert visit_without(full, "/pl/", 507).texts("h1") == told
