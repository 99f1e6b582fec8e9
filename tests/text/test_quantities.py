from decimal import Decimal

import pytest

from cities.text.measures import Measure
from cities.text.quantities import convert, euro_rate, units_like
from cities.text.units import Unit


@pytest.mark.parametrize(
    ("number", "unit", "to", "converted"),
    [
        ("1150", Unit.M, Unit.KM, "1.15"),
        ("15020", Unit.M2, Unit.HA, "1.502"),
        ("4.12", Unit.KM2, Unit.HA, "412"),
        ("1016.4", Unit.KW, Unit.KWP, "1016.4"),
        ("0.1", Unit.MW, Unit.KWP, "100"),
        ("224629", Unit.KWH_YEAR, Unit.MWH_YEAR, "224.629"),
        ("450", Unit.GWH_YEAR, Unit.MWH_YEAR, "450000"),
        ("2", Unit.TOE_YEAR, Unit.MWH_YEAR, "23.26"),
        ("26828890", Unit.EUR, Unit.MEUR, "26.82889"),
        ("70", Unit.PERCENT, Unit.PERCENT, "70"),
    ],
)
def test_a_quantity_is_converted_exactly(number, unit, to, converted):
    assert convert(Decimal(number), unit, to) == Decimal(converted)


def test_money_is_converted_at_the_rate_of_its_year_or_not_at_all():
    rate = euro_rate("PLN", 2015)
    assert convert(Decimal("4.5"), Unit.MPLN, Unit.MEUR, 2015) == Decimal("4.5") / rate
    assert convert(Decimal(4_500_000), Unit.PLN, Unit.MEUR, 2015) == Decimal("4.5") / rate
    assert convert(Decimal(9), Unit.MPLN_YEAR, Unit.EUR_YEAR, 2015) == 9_000_000 / rate
    assert convert(Decimal("4.5"), Unit.MPLN, Unit.MEUR) is None
    assert convert(Decimal("4.5"), Unit.MPLN, Unit.MEUR, 1990) is None
    assert convert(Decimal("4.5"), Unit.MEUR, Unit.MEUR) == Decimal("4.5")


def test_percent_is_like_no_other_unit():
    assert units_like(Unit.PERCENT) == [Unit.PERCENT]
    assert units_like(Unit.COUNT) == [Unit.COUNT]


def test_every_measure_leads_its_units_with_its_own():
    assert all(measure.units[0] == measure.unit for measure in Measure)
    assert {measure.better for measure in Measure} <= {"more", "less", "neither"}
    assert {measure.about for measure in Measure} == {"result", "cost", "scale"}
