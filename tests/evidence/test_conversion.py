"""Figures in the unit of their measure: exact, or rounded where a sum of money is converted."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from cities.evidence.conversion import Converted, converted, in_other_words
from cities.models import Indicator

RATE = Decimal("4.1841")  # złoty for one euro, on average in 2015
IN_2015 = {"unit": "MPLN", "measure": "grant", "year": 2015}
EURO = {"unit": "EUR", "measure": "grant"}


def figure(value, value_to=None, **fields):
    return Indicator(value=Decimal(value), value_to=value_to and Decimal(value_to), **fields)


@pytest.mark.parametrize(
    ("indicator", "told", "words"),
    [
        (
            figure("4", **IN_2015),
            Converted("≈ EUR 0.956 million", 2015, RATE, True),
            "≈ EUR 0.956 million (average rate of 2015, ECB)",
        ),
        (
            figure("4", "5", **IN_2015, qualifier="min"),
            Converted("≈ at least EUR 0.956–1.2 million", 2015, RATE, True),
            "≈ at least EUR 0.956–1.2 million (average rate of 2015, ECB)",
        ),
        (
            figure("4", **IN_2015, qualifier="about"),  # the sign says it
            Converted("≈ EUR 0.956 million", 2015, RATE, True),
            "≈ EUR 0.956 million (average rate of 2015, ECB)",
        ),
        (
            figure("100000", unit="PLN/year", measure="yearly-cost", year=2015),
            Converted("≈ EUR 23,900 a year", 2015, RATE, True),
            "≈ EUR 23,900 a year (average rate of 2015, ECB)",
        ),
        (figure("4", **IN_2015 | {"year": None}), None, ""),
        (
            figure("26828890", **EURO, qualifier="about", year=2015),
            Converted("≈ EUR 26.8 million", is_rounded=True),
            "≈ EUR 26.8 million",
        ),
        (
            figure("500000", **EURO, qualifier="about", year=2015),
            Converted("about EUR 0.5 million"),
            "= about EUR 0.5 million",
        ),
        (
            figure("1000000", "1234567", **EURO),
            Converted("≈ EUR 1–1.23 million", is_rounded=True),
            "≈ EUR 1–1.23 million",
        ),
        (
            figure("26.8289", unit="MEUR", measure="grant", qualifier="about"),
            Converted("about EUR 26.8289 million"),
            "",
        ),
        (
            figure("12345", unit="kWh/year", measure="renewable-electricity", qualifier="about"),
            Converted("about 12.345 MWh/a"),
            "= about 12.345 MWh/a",
        ),
        (
            figure("12", unit="count", measure="new-homes", counted_en="homes"),
            Converted("12 homes"),
            "",
        ),
        (
            figure("0", unit="m", measure="heat-network-length"),
            Converted("0 km"),
            "= 0 km",
        ),
    ],
)
def test_a_figure_is_told_in_the_unit_of_its_measure(indicator, told, words):
    with translation.override("en"):
        found, written = converted(indicator), in_other_words(indicator)
    assert (found and replace(found, figure=found.figure.replace("\xa0", " "))) == told
    assert written.replace("\xa0", " ") == words


def test_a_figure_of_no_measure_is_told_as_it_is():
    assert in_other_words(figure("500", unit="m")) == ""
