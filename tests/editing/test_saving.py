"""What follows a save happens once for each page, whoever saves."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from editing import address, filled
from reversion.models import Revision

from cities.editing import history, restoring
from cities.editing.saving import saving
from cities.finder.search import search
from cities.models import Practice, PracticeWords, Source

pytestmark = pytest.mark.database

LONG_AGO = timezone.datetime(2020, 1, 31).date()


@pytest.fixture
def practice(make_practice, make_indicator):
    """Make a practice with five figures and twenty sources, unchanged for long."""
    practice = make_practice(slug="tram", description_pl="<p>Tory.</p>")
    for _n in range(5):
        make_indicator(practice=practice)
    for n in range(20):
        url = f"https://example.org/{n}"
        Source.objects.create(practice=practice, title=f"Źródło {n}", url=url)
    history.record([practice], None, "")
    Practice.objects.update(changed_on=LONG_AGO)
    return Practice.objects.get()


@pytest.mark.parametrize(
    ("changed", "most"), [(["summary_pl"], 40), ([f"sources-{n}-title" for n in range(20)], 65)]
)
def test_a_save_asks_the_database_few_questions(admin_client, practice, changed, most):
    url = address("practice", "change", practice.pk)
    data = filled(admin_client.get(url))
    data |= {name: f"{data[name]} Na nowo." for name in changed}
    with CaptureQueriesContext(connection) as queries:
        assert admin_client.post(url, data).status_code == 302
    # But for the two by which the test keeps its own transaction.
    assert len(queries) - 2 <= most


def test_a_page_with_many_changed_parts_gets_one_revision(admin_client, admin_user, practice):
    url = address("practice", "change", practice.pk)
    data = filled(admin_client.get(url))
    data |= {f"sources-{n}-title": f"Inne {n}" for n in range(20)}
    admin_client.post(url, data)
    (revision,) = Revision.objects.filter(user=admin_user)
    assert revision.version_set.count() == 26
    assert Practice.objects.get().changed_on == timezone.localdate()


def test_an_identical_save_changes_no_day(admin_client, practice):
    url = address("practice", "change", practice.pk)
    assert admin_client.post(url, filled(admin_client.get(url))).status_code == 302
    assert Practice.objects.get().changed_on == LONG_AGO


def test_an_identical_restore_changes_no_day(admin_user, practice):
    restoring.restore(practice, history.versions(practice)[0], admin_user)
    assert Practice.objects.get().changed_on == LONG_AGO
    assert history.versions(practice).count() == 2


def test_what_is_taken_back_leaves_nothing_behind(practice):
    with saving(comment="Na próbę"):
        practice.title_pl = "Statek"
        practice.save()
        transaction.set_rollback(True)
    transaction.set_rollback(False)
    assert not search(Practice.objects.all(), "statek").exists()
    assert not Revision.objects.filter(comment="Na próbę").exists()


def test_each_way_of_saving_finds_what_is_new(admin_client, practice):
    def found(title):
        return search(Practice.objects.all(), title).exists()

    url = address("practice", "change", practice.pk)
    admin_client.post(url, filled(admin_client.get(url)) | {"title_pl": "Statek"})
    assert found("statek")
    Practice.objects.get().save()
    assert found("statek")
    restoring.restore(practice, history.versions(practice).last(), None)
    assert found(practice.title_pl)
    assert not found("statek")
    version = history.versions(practice)[0]
    restoring.delete(Practice.objects.get(), None)
    assert not PracticeWords.objects.exists()
    restoring.recover(version)
    assert found(practice.title_pl)
    assert not found("statek")
