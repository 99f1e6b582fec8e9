"""An invented programme is one that the forms would take."""

import pytest
from django.core.management import call_command

from cities.models import City, Event, Indicator, Material, Practice


@pytest.mark.database
@pytest.mark.django_db
def test_every_invented_record_is_one_that_a_form_would_take():
    call_command("synthesise_programme", cities=12, practices=24, verbosity=0)
    counts = [model.objects.published().count() for model in (City, Practice, Event, Material)]
    assert counts == [12, 24, 12, 180]
    assert 2 * 24 <= Indicator.objects.published().count() <= 8 * 24
    for model in (City, Practice, Event, Material, Indicator):
        for record in model.objects.all():
            record.full_clean()
