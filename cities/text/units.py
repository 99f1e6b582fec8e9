"""The closed list of units, and how a figure is written with one."""

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import get_language, npgettext, pgettext, pgettext_lazy

# Languages that write 1234, but 12 345: CLDR’s minimumGroupingDigits is 2.
FOUR_TOGETHER = {"be", "bg", "es", "et", "hu", "hy", "ia", "it", "ka", "lv", "pl", "sl", "sq"}
NBSP = "\N{NO-BREAK SPACE}"


class Unit(models.TextChoices):
    """A unit and the pattern of a figure in it, where “…” stands for the number."""

    # Translators: in all units the character … stands for the number; keep it.
    PERCENT = "percent", pgettext_lazy("unit", "…%")
    PERCENT_YEAR = "percent/year", pgettext_lazy("unit", "…% a year")
    KM = "km", pgettext_lazy("unit", "… km")
    M = "m", pgettext_lazy("unit", "… m")
    M2 = "m2", pgettext_lazy("unit", "… m²")
    KM2 = "km2", pgettext_lazy("unit", "… km²")
    HA = "ha", pgettext_lazy("unit", "… ha")
    M3 = "m3", pgettext_lazy("unit", "… m³")
    M3_HOUR = "m3/hour", pgettext_lazy("unit", "… m³/h")
    M3_DAY = "m3/day", pgettext_lazy("unit", "… m³ a day")
    LITRE_YEAR = "litre/year", pgettext_lazy("unit", "… litres a year")
    MLITRE_YEAR = "Mlitre/year", pgettext_lazy("unit", "… million litres a year")
    KW = "kW", pgettext_lazy("unit", "… kW")
    MW = "MW", pgettext_lazy("unit", "… MW")
    KWP = "kWp", pgettext_lazy("unit", "… kWp")
    KWH = "kWh", pgettext_lazy("unit", "… kWh")
    KWH_YEAR = "kWh/year", pgettext_lazy("unit", "… kWh/a")
    MWH_YEAR = "MWh/year", pgettext_lazy("unit", "… MWh/a")
    GWH_YEAR = "GWh/year", pgettext_lazy("unit", "… GWh/a")
    KWH_M2_YEAR = "kWh/m2/year", pgettext_lazy("unit", "… kWh/m² a year")
    TCO2_YEAR = "tCO2/year", pgettext_lazy("unit", "… t CO₂/a")
    TCO2_PERSON_YEAR = "tCO2/person/year", pgettext_lazy("unit", "… t CO₂ per person a year")
    TOE_YEAR = "toe/year", pgettext_lazy("unit", "… toe/a")
    CELSIUS = "celsius", pgettext_lazy("unit", "… °C")
    KM_H = "km/h", pgettext_lazy("unit", "… km/h")
    MINUTE = "minute", pgettext_lazy("unit", "… min")
    HOUR = "hour", pgettext_lazy("unit", "… h")
    MONTH = "month", pgettext_lazy("unit", "… months")
    YEAR = "year", pgettext_lazy("unit", "… years")
    PLN = "PLN", pgettext_lazy("unit", "PLN …")
    PLN_YEAR = "PLN/year", pgettext_lazy("unit", "PLN … a year")
    MPLN = "MPLN", pgettext_lazy("unit", "PLN … million")
    MPLN_YEAR = "MPLN/year", pgettext_lazy("unit", "PLN … million a year")
    EUR = "EUR", pgettext_lazy("unit", "EUR …")
    EUR_YEAR = "EUR/year", pgettext_lazy("unit", "EUR … a year")
    MEUR = "MEUR", pgettext_lazy("unit", "EUR … million")
    MEUR_YEAR = "MEUR/year", pgettext_lazy("unit", "EUR … million a year")
    SEK = "SEK", pgettext_lazy("unit", "SEK …")
    MSEK = "MSEK", pgettext_lazy("unit", "SEK … million")
    HUF = "HUF", pgettext_lazy("unit", "HUF …")
    MHUF = "MHUF", pgettext_lazy("unit", "HUF … million")
    COUNT = "count", pgettext_lazy("unit", "… things counted")


class Qualifier(models.TextChoices):
    EXACT = "exact", pgettext_lazy("qualifier", "exactly")
    ABOUT = "about", pgettext_lazy("qualifier", "about")
    AT_LEAST = "min", pgettext_lazy("qualifier", "at least")
    AT_MOST = "max", pgettext_lazy("qualifier", "at most")


def localised(number):
    """Write a number as the page's language does: “16 427”, “9,5”; “16,427”, “9.5”.

    Four digits stay together in some languages.
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    digits = len(text.lstrip("-").split(".")[0])
    grouped = digits > (4 if get_language() in FOUR_TOGETHER else 3)
    return number_format(text, force_grouping=grouped)


def write_figure(value, value_to, qualifier, unit, counted):
    """Write a figure as a reader meets it: “about 300 boilers”, “PLN 1–2 million”."""
    number = localised(value)
    if value_to is not None:
        # Translators: a range with a number below nought, where a dash would be a second minus.
        words = pgettext("range", "%(first)s to %(last)s") if value < 0 else "%(first)s–%(last)s"
        number = words % {"first": number, "last": localised(value_to)}
    last = value if value_to is None else value_to
    is_whole = last == int(last)
    if unit == Unit.COUNT:
        pattern = f"… {counted}" if counted else "…"
    elif unit == Unit.MONTH:
        # Translators: a fraction of months, such as “1.5 months”.
        fraction = pgettext("fraction", "… months")
        pattern = npgettext("unit", "… month", "… months", int(last)) if is_whole else fraction
    elif unit == Unit.YEAR:
        # Translators: a fraction of years, such as “1.5 years”.
        fraction = pgettext("fraction", "… years")
        pattern = npgettext("unit", "… year", "… years", int(last)) if is_whole else fraction
    else:
        pattern = str(Unit(unit).label)
    pattern = pattern.replace("… ", f"…{NBSP}").replace(" …", f"{NBSP}…")
    figure = pattern.replace("…", number.replace("-", "\N{MINUS SIGN}"))
    match qualifier:
        case Qualifier.ABOUT:
            return pgettext("qualifier", "about %(figure)s") % {"figure": figure}
        case Qualifier.AT_LEAST:
            return pgettext("qualifier", "at least %(figure)s") % {"figure": figure}
        case Qualifier.AT_MOST:
            return pgettext("qualifier", "at most %(figure)s") % {"figure": figure}
    return figure


def unit_name(unit):
    """Return a unit alone, as it stands beside a number."""
    return str(Unit(unit).label).replace("…", "").strip()
