import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse

from precursors import page_cache
from precursors.health import health

FINE = {"database": True, "migrations": True, "cache": True, "storage": True}


class Refusing:
    """Stand before a connection whose database has gone."""

    def __call__(self, *args):
        raise OperationalError("connection to server at 10.1.2.3, port 5432 failed")


def test_a_process_is_alive_without_its_database(client):
    with connection.execute_wrapper(Refusing()):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"process": True})


@pytest.mark.database
def test_a_site_in_order_is_ready(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, FINE)
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.database
def test_readiness_costs_next_to_nothing(client, db, django_assert_max_num_queries):
    client.get("/readyz")
    with django_assert_max_num_queries(3):  # one of them Django's own: is there a table?
        client.get("/readyz")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_told_by_any_name_and_not_logged(client, db, settings, caplog, path):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(path, headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200
    assert caplog.records == []


def test_a_database_out_of_reach_is_told_without_its_address(client, db):
    with connection.execute_wrapper(Refusing()):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == FINE | {"database": False, "migrations": False}


def test_a_missing_migration_is_told(client, db):
    MigrationRecorder.Migration.objects.filter(app="cities").last().delete()
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, FINE | {"migrations": False})


def test_a_missing_place_for_uploads_is_told(client, db, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, FINE | {"storage": False})


def test_without_its_cache_a_site_is_slower_but_ready(client, db, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda key: None)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, FINE | {"cache": False})


def test_kept_pages_are_counted_for_whom_it_is_set(worker, settings, db, rf):
    before = dict(page_cache.answered)
    for _time in range(3):
        worker.get("/pl/o-programie/")
    assert page_cache.answered == {"hit": before["hit"] + 2, "miss": before["miss"] + 1}

    def answered(request):
        return HttpResponse("the site")

    request = rf.get("/metrics")
    assert health(answered)(request).text == "the site"
    settings.METRICS = True
    told = health(answered)(request).text.splitlines()
    assert told == [
        "# TYPE precursors_pages_total counter",
        f'precursors_pages_total{{store="hit"}} {page_cache.answered["hit"]}',
        f'precursors_pages_total{{store="miss"}} {page_cache.answered["miss"]}',
    ]
