"""Quantities of one kind in one unit: exact decimals, and money at the average rate of its year."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

from .units import Unit

# By kind, how many of its smallest unit each is. Of the cells of photovoltaics 1 kW is 1 kWp.
KINDS = {
    "length": {Unit.M: 1, Unit.KM: 1000},
    "area": {Unit.M2: 1, Unit.HA: 10_000, Unit.KM2: 1_000_000},
    "flow": {Unit.M3_DAY: 1, Unit.M3_HOUR: 24},
    "volume a year": {Unit.LITRE_YEAR: 1, Unit.MLITRE_YEAR: 1_000_000},
    "power": {Unit.KW: 1, Unit.KWP: 1, Unit.MW: 1000},
    "energy a year": {
        Unit.KWH_YEAR: 1,
        Unit.MWH_YEAR: 1000,
        Unit.GWH_YEAR: 1_000_000,
        Unit.TOE_YEAR: 11_630,  # by definition of the International Energy Agency
    },
    "money": {
        **dict.fromkeys([Unit.PLN, Unit.EUR, Unit.SEK, Unit.HUF], 1),
        **dict.fromkeys([Unit.MPLN, Unit.MEUR, Unit.MSEK, Unit.MHUF], 1_000_000),
    },
    "money a year": {
        **dict.fromkeys([Unit.PLN_YEAR, Unit.EUR_YEAR], 1),
        **dict.fromkeys([Unit.MPLN_YEAR, Unit.MEUR_YEAR], 1_000_000),
    },
}
MONEY = KINDS["money"] | KINDS["money a year"]
RATES = Path(__file__).with_name("euro_rates.csv")  # docs/rates/ tells where they come from


def is_money(unit):
    return unit in MONEY


def currency(unit):
    """Return the ISO 4217 code of a unit of money."""
    return Unit(unit).removesuffix("/year")[-3:]


def units_like(unit):
    """Return the units of the same kind as a unit, itself first."""
    kind = next((kind for kind in KINDS.values() if unit in kind), ())
    return [unit, *(other for other in kind if other != unit)]


def convert(number, unit, to, year=None):
    """Return a Decimal of a unit in another of its kind, or None for money without a rate.

    There is a rate only for a year that is known and over.
    """
    if unit == to:
        return number
    factors = next(kind for kind in KINDS.values() if unit in kind and to in kind)
    converted = Decimal(number) * factors[unit] / factors[to]
    if is_money(unit) and currency(unit) != currency(to):
        rate = euro_rate(currency(unit), year)
        return converted / rate if rate else None
    return converted


def euro_rate(code, year):
    """Return how much of a currency was one euro on average in a year, or None."""
    return euro_rates().get((code, year))


@cache
def euro_rates():
    with RATES.open(encoding="utf-8") as file:
        return {
            (row["currency"], int(row["year"])): Decimal(row["rate"])
            for row in csv.DictReader(file)
        }
