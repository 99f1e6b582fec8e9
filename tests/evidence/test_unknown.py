"""What no source tells: on pages, and as a list for staff."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from cities.evidence.unknown import Unknown, untold
from cities.text.measures import Measure

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.mark.parametrize("what", Unknown)
def test_staff_list_what_pages_say_is_not_known(
    admin_client, make_city, make_practice, make_indicator, what
):
    told = {"city": make_city(population=9), "first_year": 2001, "paid_eu": True}
    practice = make_practice(**told)
    make_indicator(practice=practice, about="result")
    make_indicator(practice=practice, about="cost", measure=Measure.WHOLE_COST, unit="EUR")
    blank = {"people": {"city": make_city()}, "payers": {"paid_eu": False}}
    blank |= {"beginning": {"first_year": None}}
    silent = make_practice(**told | blank.get(what, {}))
    make_indicator(
        practice=silent, about="result", evidence="planned" if what == "result" else "reported"
    )
    if what != "cost":
        make_indicator(practice=silent, about="cost", measure=Measure.WHOLE_COST, unit="EUR")
    assert (untold(practice), untold(silent)) == ("", str(what.label))
    address = reverse("admin:cities_practice_changelist")
    listed = admin_client.get(f"{address}?unknown={what}").context["cl"].queryset
    assert list(listed) == [silent]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "pl",
            "liczby mieszkańców miasta, kosztu całości, kto zapłacił, wyniku w\xa0liczbach, kiedy "
            "się zaczęło",
        ),
        (
            "en",
            "how many people live in the town, what the whole cost, who paid, a result in figures, "
            "when it began",
        ),
    ],
)
def test_what_is_only_planned_or_measured_in_part_is_not_known(
    make_practice, make_indicator, language, sentence
):
    practice = make_practice()
    make_indicator(practice=practice, about="result", evidence="planned")
    make_indicator(practice=practice, about="cost", measure=Measure.GRANT, unit="EUR")
    make_indicator(practice=practice, about="scale")
    with override(language):
        assert untold(practice) == sentence
