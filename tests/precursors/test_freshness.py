"""What is shown is never old: every change, told or not, reaches every worker."""

import time
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from workers import Worker

from cities.models import City, Country, Finding
from precursors import page_cache
from precursors.page_cache import version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_version")]


def write_in_every_way(city):
    """Yield a name and a function for each way in which a record is written."""
    name = {"name_pl": "Inna"}
    table = City._meta.db_table

    def raw(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)

    def load():
        fixture = StringIO(serializers.serialize("json", [city]))
        for one in serializers.deserialize("json", fixture):
            one.save()

    def bulk_update():
        city.name_pl = "Jeszcze inna"
        City.objects.bulk_update([city], ["name_pl"])

    yield "save", city.save
    yield "update", lambda: City.objects.update(**name)
    yield "bulk_update", bulk_update
    germany = Country(code="de", name_pl="Niemcy")
    yield "bulk_create", lambda: Country.objects.bulk_create([germany])
    yield "a fixture", load
    yield "raw SQL", lambda: raw(f"UPDATE {table} SET name_pl = 'Zupełnie inna'")  # noqa: S608
    yield "delete", city.delete


@pytest.mark.database
def test_every_way_to_write_is_seen_by_every_worker_on_the_next_request(make_city, commit):
    workers = Worker(), Worker()
    path = "/pl/miasta/"
    for count, (way, write) in enumerate(write_in_every_way(make_city()), start=1):
        for worker in workers:
            assert worker.get(path).text == worker.get(path).text
            assert worker.asked[path] == count, way
        with commit():
            write()


def test_what_is_read_or_rolled_back_moves_nothing(make_city, commit):
    city = make_city()
    before = version.current()
    with commit():
        City.objects.get()
        with transaction.atomic():
            city.save()
            transaction.set_rollback(True)
    assert version.current() == before


def test_the_admin_and_the_translators_are_heard(
    worker, admin_client, make_city, commit, settings, tmp_path
):
    city, path = make_city(), "/en/about/"
    worker.get(path)
    with commit():
        admin_client.post(f"/admin/cities/city/{city.pk}/delete/", {"post": "yes"})
    worker.get(path)
    assert worker.asked[path] == 2
    settings.LOCALE_PATHS = [settings.LOCALE_PATHS[0], tmp_path]
    call_command("compile_locale", stdout=StringIO())
    worker.get(path)
    assert worker.asked[path] == 3


def test_a_change_while_a_page_is_rendered_is_not_lost(worker, make_city, monkeypatch):
    city = make_city(name_pl="Stara")
    site = worker.site

    def slow_site(environ, start_response):
        response = site(environ, start_response)
        City.objects.update(name_pl="Nowa")
        version.bump()
        return response

    worker.site = slow_site
    assert "Stara" in worker.get(city.get_absolute_url()).text
    worker.site = site
    assert "Nowa" in worker.get(city.get_absolute_url()).text


@pytest.mark.database
def test_a_scheduled_text_shows_at_its_moment(worker, make_city, monkeypatch):
    make_city(name_pl="Już")
    make_city(name_pl="Wkrótce", publish_at=timezone.now() + timedelta(seconds=60))
    path = "/pl/miasta/"
    for _ in range(2):
        assert "Wkrótce" not in worker.get(path).text
    assert worker.asked[path] == 1
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    monkeypatch.setattr(page_cache, "time", SimpleNamespace(time=later.timestamp))
    assert "Wkrótce" in worker.get(path).text


@pytest.mark.database
def test_a_clock_that_jumps_and_is_set_right_shows_nothing_before_its_day(
    worker, make_city, monkeypatch
):
    right = timezone.now()
    make_city(name_pl="Wkrótce", publish_at=right + timedelta(seconds=60))
    make_city(name_pl="Jutro", publish_at=right + timedelta(days=1))
    for seconds, shown in [
        (0, []), (3600, ["Wkrótce"]), (-3600, []), (90_000, ["Wkrótce", "Jutro"]), (0, []),
        (61, ["Wkrótce"]), (59, []),
    ]:  # fmt: skip
        now = right + timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        monkeypatch.setattr(page_cache, "time", SimpleNamespace(time=now.timestamp))
        for _ in range(2):
            text = worker.get("/pl/miasta/").text
            assert [name for name in ("Wkrótce", "Jutro") if name in text] == shown, seconds


def test_a_change_that_nobody_told_is_seen_within_minutes(worker, monkeypatch):
    path = "/pl/o-programie/"
    for after, asked in ((0, 1), (299, 1), (301, 2)):
        moment = time.time() + after
        monkeypatch.setattr(page_cache, "time", SimpleNamespace(time=lambda moment=moment: moment))
        worker.get(path)
        assert worker.asked[path] == asked


def test_what_visitors_do_not_see_makes_no_page_old(make_city, commit):
    city, before = make_city(), version.current()
    with commit():
        Finding.objects.filter(city=city).delete()
    assert version.current() == before
