"""What is worked out once for all is never older than what visitors see."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cities.finder.kept import kept
from cities.models import City

pytestmark = pytest.mark.usefixtures("own_version")


@pytest.fixture
def names():
    asked = []

    @kept
    def names(language):
        asked.append(language)
        return [getattr(city, f"name_{language}") for city in City.objects.published()]

    names.asked = asked
    return names


@pytest.mark.django_db(transaction=True)
def test_it_is_asked_again_after_a_change_and_at_its_moment(names, make_city, monkeypatch):
    make_city(name_pl="Już")
    make_city(name_pl="Wkrótce", publish_at=timezone.now() + timedelta(seconds=60))
    assert [names("pl"), names("pl"), names("en")[1:]] == [["Już"], ["Już"], []]
    assert names.asked == ["pl", "en"]
    City.objects.update(name_pl="Inaczej")
    assert names("pl") == ["Inaczej"]
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert names("pl") == ["Inaczej", "Inaczej"]
    assert names.asked == ["pl", "en", "pl", "pl"]


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_never_kept(names, make_city):
    make_city(name_pl="Stara")
    assert names("pl") == ["Stara"]
    with transaction.atomic():
        City.objects.update(name_pl="Nowa")
        assert names("pl") == ["Nowa"]
        transaction.set_rollback(True)
    assert names("pl") == ["Stara"]
    assert names.asked == ["pl", "pl"]


@pytest.mark.django_db(transaction=True)
def test_it_is_kept_for_five_minutes_at_most_from_the_moment_on(names, make_city, monkeypatch):
    began = timezone.now()
    make_city(name_pl="Już", publish_at=began - timedelta(days=1))
    for seconds in (0, 0, 299, 300, 300, -1):
        moment = began + timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert names("pl") == ["Już"]
    assert names.asked == ["pl"] * 3
