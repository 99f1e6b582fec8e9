"""Slugs that change: readers who follow the old address arrive, and nothing else is told."""

import re
from urllib.parse import urljoin

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cities.archive.crawler import Archive
from cities.models import FormerAddress

pytestmark = pytest.mark.database


@pytest.fixture(params=["city", "practice", "topic", "journey", "event"])
def make(request):
    """Make a record of any kind that has pages."""
    return request.getfixturevalue(f"make_{request.param}")


@pytest.fixture
def _english():
    with translation.override("en"):
        yield


def move(record, slug, **fields):
    for name, value in ({"slug": slug} | fields).items():
        setattr(record, name, value)
    record.full_clean()
    record.save()


def told_of_slug(record, slug):
    """Return what the form says about a slug for a record."""
    record.slug = slug
    with pytest.raises(ValidationError) as error:
        record.full_clean()
    ((column, messages),) = error.value.message_dict.items()
    assert column == "slug"
    return " ".join(messages)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_old_address_leads_to_the_new_one_for_good(client, make, language):
    record = make(slug="dawny")
    with translation.override(language):
        old = record.get_absolute_url()
        move(record, "pierwszy")
        move(record, "drugi")
        new = record.get_absolute_url()
    response = client.get(f"{old}?print=1&q=%C5%82")
    assert (response.status_code, response.url) == (301, f"{new}?print=1&q=%C5%82")
    assert client.get(old).url == new
    assert client.get(new).status_code == 200
    with translation.override(language):
        listed = [
            (former.get_absolute_url(), former.record.get_absolute_url())
            for former in FormerAddress.objects.leading_on()
        ]
    assert listed == [(old, new), (old.replace("dawny", "pierwszy"), new)]


def test_record_that_moves_back_does_not_lead_in_a_circle(client, make):
    record = make(slug="dawny")
    old = record.get_absolute_url()
    move(record, "nowy")
    new = record.get_absolute_url()
    move(record, "dawny")
    assert client.get(old).status_code == 200
    assert client.get(new).url == old
    assert [former.slug for former in FormerAddress.objects.leading_on()] == ["nowy"]


def test_draft_leaks_neither_its_addresses_nor_those_it_had(client, make):
    record = make(slug="dawny")
    public = record.get_absolute_url()
    move(record, "dawny", status="draft")
    move(record, "roboczy")
    draft = record.get_absolute_url()
    move(record, "nowy")
    assert [client.get(url).status_code for url in (public, draft)] == [404, 404]
    assert not FormerAddress.objects.leading_on()
    move(record, "nowy", status="published")
    assert client.get(public).url == record.get_absolute_url()
    assert client.get(draft).status_code == 404


def test_a_city_does_not_answer_for_a_practice(client, make_city, make_practice):
    practice = make_practice(slug="dawny")
    old = practice.get_absolute_url()
    move(make_city(slug="dawny"), "nowy")
    move(practice, "praktyka")
    assert client.get(old).url == practice.get_absolute_url()


@pytest.mark.usefixtures("_english")
def test_address_of_another_record_is_refused_and_a_free_one_offered(make):
    holder = make(slug="rynek")
    make(slug="rynek-2")
    assert told_of_slug(make(), "rynek") == (
        f"“{holder}” has the address “rynek” already. Type another one, such as “rynek-3”."
    )


@pytest.mark.usefixtures("_english")
def test_free_address_offered_for_a_long_one_is_no_longer_than_one_may_be(make):
    make(slug="a" * 80)
    other = make()
    assert f"such as “{'a' * 76}-2”." in told_of_slug(other, "a" * 80)
    other.slug = f"{'a' * 76}-2"
    other.full_clean()


@pytest.mark.usefixtures("_english")
def test_former_address_of_another_record_is_refused_until_it_is_given_up(make):
    first = make(slug="rynek")
    move(first, "stary-rynek")
    second = make()
    assert told_of_slug(second, "rynek") == (
        f"“{first}” had the address “rynek” before, and links to it still lead there. Type "
        f"another one, such as “rynek-2”; or first delete this former address in the form of "
        f"“{first}”."
    )
    first.former_addresses.all().delete()
    move(second, "rynek")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_old_address_of_ten_records_works_live_and_archived(client, request, language):
    led = {}
    for kind in ("city", "practice", "topic", "journey", "event"):
        for number in (1, 2):
            record = request.getfixturevalue(f"make_{kind}")(slug=f"first-{number}")
            with translation.override(language):
                old = [record.get_absolute_url()]
                move(record, f"second-{number}")
                old.append(record.get_absolute_url())
                move(record, f"third-{number}")
                led |= dict.fromkeys(old, record.get_absolute_url())
    assert len(led) == 20
    archive = Archive()
    with translation.override(language):
        archive.plan(language)
    assert dict(archive.moved) == led
    for old, new in led.items():
        response = client.get(old)
        assert (response.status_code, response.url) == (301, new)
        assert client.get(new).status_code == 200
        page = archive.files[f"{old.lstrip('/')}index.html"].decode()
        leads = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)[1]
        assert urljoin(old, leads) == f"{new}index.html"
