from datetime import timedelta

import pytest
from django.utils import timezone
from editing import address, upload

from cities.importing import backups
from cities.models import TableOnTrial, trial

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def contents():
    return [bytes(table.content) for table in TableOnTrial.objects.order_by("pk")]


def test_tables_on_trial_are_few(monkeypatch):
    monkeypatch.setattr(trial, "MOST", 2)
    for content in (b"1", b"2", b"3"):
        TableOnTrial.keep(content)
    assert contents() == [b"2", b"3"]


def test_a_table_of_the_day_before_is_forgotten():
    TableOnTrial.keep(b"old")
    TableOnTrial.objects.update(tried_at=timezone.now() - timedelta(hours=25))
    TableOnTrial.keep(b"new")
    assert contents() == [b"new"]


def test_tables_on_trial_are_in_no_backup():
    assert TableOnTrial not in backups.models_kept()


def test_a_table_is_there_until_it_is_imported_and_asked_for_again_then(admin_client, make_country):
    make_country()
    row = "torun,pl,Toruń,committed,53,18.6,draft"
    answer = upload(
        admin_client, "city", "slug,country,name_pl,role,latitude,longitude,status", row
    )
    assert len(contents()) == 1
    data = answer.context["confirm_form"].initial
    for _ in range(2):
        answer = admin_client.post(address("city", "process_import"), data, follow=True)
    assert contents() == []
    (message,) = answer.context["messages"]
    assert str(message) == "Tej tabeli już tu nie ma. Wybierz ją jeszcze raz."
