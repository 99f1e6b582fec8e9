from datetime import date, timedelta

import pytest
from django.utils import timezone

from cities.models import Indicator, Practice, Source

pytestmark = pytest.mark.database

LONG_AGO = date(2020, 1, 31)


@pytest.fixture
def practice(make_practice, make_indicator):
    """Make a practice with a figure and a source, unchanged for long."""
    practice = make_practice(description_pl="<p>Tory.</p>")
    make_indicator(practice=practice)
    Source.objects.create(practice=practice, title="PNEC")
    Practice.objects.update(changed_on=LONG_AGO)
    return Practice.objects.get()


def edit(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


SEEN = {
    "its text": lambda practice: edit(practice, summary_en="Anew."),
    "its status": lambda practice: edit(practice, status="review"),
    "a figure": lambda practice: edit(practice.indicators.get(), value=11),
    "a new figure": lambda practice: Indicator.objects.create(
        practice=practice, label_pl="Koszt", value=1, unit="EUR"
    ),
    "a figure less": lambda practice: practice.indicators.get().delete(),
    "a source": lambda practice: edit(practice.sources.get(), title="Miasto"),
    "a source less": lambda practice: practice.sources.all().delete(),
}
UNSEEN = {
    "a save": lambda practice: practice.save(),
    "a save of a figure": lambda practice: practice.indicators.get().save(),
    "a save of a source": lambda practice: practice.sources.get().save(),
    "a day of review": lambda practice: edit(practice, review_by=date(2030, 1, 1)),
    "its city": lambda practice: edit(practice.city, summary_pl="Od nowa."),
}


@pytest.mark.parametrize("change", SEEN.values(), ids=SEEN)
def test_what_readers_see_moves_the_day_of_the_last_change(practice, change):
    change(practice)
    assert Practice.objects.get().changed_on == timezone.localdate()


@pytest.mark.parametrize("change", UNSEEN.values(), ids=UNSEEN)
def test_what_readers_do_not_see_moves_no_day(practice, change):
    change(practice)
    assert Practice.objects.get().changed_on == LONG_AGO


def test_a_change_may_bring_its_own_day(practice):
    edit(practice, summary_pl="Od nowa.", changed_on=date(2021, 2, 3))
    assert Practice.objects.get().changed_on == date(2021, 2, 3)


def test_what_will_be_published_later_changes_then(make_practice):
    later = timezone.now() + timedelta(days=9)
    assert make_practice(publish_at=later).changed_on == timezone.localdate(later)
