"""A page comes back as it was, with its parts and no others, and nothing else with it."""

import pytest
from django.db import IntegrityError, transaction
from reversion.models import Version

from cities.editing import deeds, history, restoring
from cities.editing.saving import saving
from cities.models import City, Country, Note, Practice, PracticeTopic, Source, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def practice(make_practice, make_topic, make_indicator):
    with saving():
        practice = make_practice(title_pl="Tramwaj")
        make_topic(practice, name_pl="Tramwaje")
        make_indicator(practice=practice)
        for title in ("Raport", "Plan"):
            practice.sources.create(title=title)
    history.record([practice.city, practice], None, "")
    return practice


def latest(page):
    return history.versions(page).first()


def titles(page):
    return list(page.sources.values_list("title", flat=True))


def test_a_page_has_the_parts_that_it_had_and_others_keep_theirs(practice, make_photo, publisher):
    before = latest(practice)
    kept = practice.sources.get(title="Raport")
    practice.sources.get(title="Plan").delete()
    practice.sources.create(title="Nowe")
    make_photo(practice=practice)
    make_photo(city=practice.city)
    practice.city.sources.create(title="Miasta")
    comment = restoring.restore(practice, before, publisher)
    assert titles(practice) == ["Raport", "Plan"]
    assert practice.sources.get(title="Raport").pk == kept.pk
    assert (practice.photos.count(), practice.city.photos.count()) == (0, 1)
    assert titles(practice.city) == ["Miasta"]
    revision = latest(practice).revision
    assert (revision.comment, revision.user) == (comment, publisher)
    assert deeds.told(comment).startswith("Przywrócono stan z")
    assert before.revision.date_created.isoformat() in comment


def test_a_page_that_needs_what_is_gone_does_not_come_back(practice, publisher):
    before = latest(practice)
    Topic.objects.get().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        restoring.restore(practice, before, publisher)
    with transaction.atomic():
        restoring.delete(practice, publisher)
    version = Version.objects.get_deleted(Practice).get()
    practice.city.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        restoring.recover(version)


def test_a_part_that_leads_to_what_is_gone_keeps_no_page_away(practice, publisher):
    restoring.delete(practice, publisher)
    Topic.objects.get().delete()
    (back,) = restoring.recover(Version.objects.get_deleted(Practice).get())
    assert (str(back), titles(back)) == ("Tramwaj", ["Raport", "Plan"])
    assert not PracticeTopic.objects.exists()


def test_a_country_that_has_no_status_comes_back_too(make_country, publisher):
    country = make_country(partner="Stowarzyszenie")
    history.record([country], None, "")
    Country.objects.update(partner="")
    restoring.restore(country, latest(country), publisher)
    assert Country.objects.get().partner == "Stowarzyszenie"


def test_a_deletion_is_kept_with_all_that_can_come_back(practice, publisher):
    city = practice.city
    city.slug = "nowe"
    city.save()
    Note.objects.create(page=city, text="Popraw.")
    restoring.delete(city, publisher)
    (revision,) = {version.revision for version in Version.objects.get_deleted(City)}
    kept = [version.content_type.model for version in revision.version_set.all()]
    assert sorted(kept) == [
        *("city", "formeraddress", "indicator", "practice", "practicetopic", "source", "source")
    ]
    assert (deeds.told(revision.comment), revision.user) == ("Usunięto", publisher)


def test_what_comes_back_is_told_and_leaves_alone_what_is_there(practice, publisher):
    city = practice.city
    restoring.delete(city, publisher)
    (version,) = Version.objects.get_deleted(City).filter(revision__user=publisher)
    pages = restoring.recover(version, status="review")
    assert {(type(page), str(page)) for page in pages} == {
        (City, str(city)), (Practice, "Tramwaj"),
    }  # fmt: skip
    assert {page.status for page in [City.objects.get(), Practice.objects.get()]} == {"review"}
    assert titles(Practice.objects.get()) == ["Raport", "Plan"]
    assert PracticeTopic.objects.get().topic == Topic.objects.get()
    Source.objects.filter(title="Plan").delete()
    City.objects.update(name_pl="Inne")
    assert [type(page) for page in restoring.recover(version)] == [Practice]
    assert (City.objects.get().name_pl, titles(Practice.objects.get())) == (
        "Inne",
        ["Raport", "Plan"],
    )
