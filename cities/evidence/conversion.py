"""Figures in the unit of their measure, as pages write them beside those of their source."""

from dataclasses import dataclass
from decimal import Context, Decimal

from django.utils.translation import gettext as _

from ..text.measures import Measure
from ..text.quantities import currency, euro_rate
from ..text.units import Qualifier, Unit, write_figure

SIGNIFICANT = Context(prec=3)  # digits of an amount in another unit than that of its source


@dataclass(frozen=True)
class Converted:
    """A figure in the unit of its measure."""

    figure: str  # in words
    year: int | None = None  # of whose average the rate of money is
    rate: Decimal | None = None
    is_rounded: bool = False


def converted(indicator):
    """Return a figure in the unit of its measure, or None for money without a rate."""
    measure, ends = Measure(indicator.measure), indicator.converted
    if ends is None:
        return None
    qualifier, year, rate, is_rounded = indicator.qualifier, None, None, False
    if measure.is_money and indicator.unit != measure.unit:
        exact, ends = ends, [end and SIGNIFICANT.create_decimal(end) for end in ends]
        if currency(indicator.unit) != currency(measure.unit):
            year, rate = indicator.year, euro_rate(currency(indicator.unit), indicator.year)
        is_rounded = bool(rate) or exact != ends
    if is_rounded and qualifier == Qualifier.ABOUT:
        qualifier = Qualifier.EXACT  # the sign says it
    counted = indicator.counted if measure.unit == Unit.COUNT else ""
    figure = write_figure(*ends, qualifier, measure.unit, counted)
    return Converted(f"≈ {figure}" if is_rounded else figure, year, rate, is_rounded)


def in_other_words(indicator):
    """Return what a figure of another unit is in that of its measure; a blank for all others."""
    if not indicator.measure or indicator.unit == Measure(indicator.measure).unit:
        return ""
    told = converted(indicator)
    if told is None:
        return ""
    if told.rate:
        # Translators: an amount in euro: “≈ EUR 0.94 million (average rate of 2015, ECB)”.
        words = _("%(amount)s (average rate of %(year)s, ECB)")
        return words % {"amount": told.figure, "year": told.year}
    return told.figure if told.is_rounded else f"= {told.figure}"
