import re
from decimal import Decimal

import pytest
from django.utils import translation

from cities.text.units import Unit, localised, write_figure


def figure(language, value, unit="count", *, to=None, qualifier="exact", counted=""):
    """Write a figure; “_” stands for the no-break space that is wanted there."""
    with translation.override(language):
        value_to = None if to is None else Decimal(to)
        text = write_figure(Decimal(value), value_to, qualifier, Unit(unit), counted)
    return text.replace("\N{NO-BREAK SPACE}", "_")


@pytest.mark.parametrize(
    ("number", "polish", "english"),
    [
        ("16427", "16_427", "16,427"),
        ("9800", "9800", "9,800"),
        ("999", "999", "999"),
        ("13600000", "13_600_000", "13,600,000"),
        ("9.500", "9,5", "9.5"),
        ("2752.000", "2752", "2,752"),
        ("1234567.891", "1_234_567,891", "1,234,567.891"),
        ("-12345.5", "-12_345,5", "-12,345.5"),
        ("0.000", "0", "0"),
        ("100.000", "100", "100"),
    ],
)
def test_numbers_are_grouped_as_the_language_does(number, polish, english):
    with translation.override("pl"):
        assert localised(Decimal(number)).replace("\xa0", "_") == polish
    with translation.override("en"):
        assert localised(Decimal(number)) == english


@pytest.mark.parametrize(
    ("qualifier", "polish", "english"),
    [
        ("exact", "300_kotłów", "300_boilers"),
        ("about", "ok. 300_kotłów", "about 300_boilers"),
        ("min", "co najmniej 300_kotłów", "at least 300_boilers"),
        ("max", "co najwyżej 300_kotłów", "at most 300_boilers"),
    ],
)
def test_a_qualifier_stands_before_the_figure(qualifier, polish, english):
    told = figure("pl", 300, qualifier=qualifier, counted="kotłów")
    # Whether “ok.” may be parted from its number is the translator's choice.
    assert re.sub(r"(?<=\.)_", " ", told) == polish
    assert figure("en", 300, qualifier=qualifier, counted="boilers") == english


@pytest.mark.parametrize(
    ("value", "unit", "polish", "english"),
    [
        ("437", "MPLN", "437_mln_zł", "PLN_437_million"),
        ("11.5", "MEUR", "11,5_mln_euro", "EUR_11.5_million"),
        ("2000", "PLN", "2000_zł", "PLN_2,000"),
        ("16427", "PLN", "16_427_zł", "PLN_16,427"),
        ("9.5", "km", "9,5_km", "9.5_km"),
        ("40", "percent", "40%", "40%"),
        ("2449", "tCO2/year", "2449_t_CO₂/rok", "2,449_t_CO₂/a"),
    ],
)
def test_a_unit_stands_where_the_language_wants_it(value, unit, polish, english):
    # Within a unit of several words the translator chooses which spaces may break.
    spaced = figure("pl", value, unit).replace(" ", "_")
    assert spaced == polish
    assert figure("en", value, unit).replace(" ", "_") == english


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("unit", Unit)
def test_a_number_never_parts_from_its_unit(language, unit):
    told = figure(language, "12345.5", unit, counted="rzeczy")
    assert not re.search(r"\d \D|\D \d|…", told)


@pytest.mark.parametrize(
    ("value", "unit", "polish", "english"),
    [
        ("1", "month", "1_miesiąc", "1_month"),
        ("3", "month", "3_miesiące", "3_months"),
        ("5", "month", "5_miesięcy", "5_months"),
        ("12", "month", "12_miesięcy", "12_months"),
        ("22", "month", "22_miesiące", "22_months"),
        ("1", "year", "1_rok", "1_year"),
        ("4", "year", "4_lata", "4_years"),
        ("25", "year", "25_lat", "25_years"),
    ],
)
def test_months_and_years_agree_with_their_number(value, unit, polish, english):
    assert figure("pl", value, unit) == polish
    assert figure("en", value, unit) == english


@pytest.mark.parametrize(
    ("unit", "polish", "english"),
    [("year", "1,5_roku", "1.5_years"), ("month", "1,5_miesiąca", "1.5_months")],
)
def test_a_fraction_has_a_form_of_its_own(unit, polish, english):
    assert (figure("pl", "1.5", unit), figure("en", "1.5", unit)) == (polish, english)


@pytest.mark.parametrize(
    ("language", "unit", "expected"),
    [
        ("pl", "MPLN", "1,5–2_mln_zł"),
        ("en", "MPLN", "PLN_1.5–2_million"),
        ("pl", "month", "1,5–2_miesiące"),
        ("en", "month", "1.5–2_months"),
    ],
)
def test_a_range_is_joined_by_a_dash(language, unit, expected):
    assert figure(language, "1.5", unit, to="2").replace(" ", "_") == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("pl", "od −30 do −20%"), ("en", "−30 to −20%")]
)
def test_a_range_below_nought_has_no_dash(language, expected):
    assert figure(language, -30, "percent", to=-20).replace("_", " ") == expected
    assert figure(language, -20, "percent") == "−20%"


@pytest.mark.database
@pytest.mark.parametrize(
    ("language", "expected"), [("pl", "ok. 1200_pasażerów"), ("en", "about 1,200_passengers")]
)
def test_an_indicator_tells_its_figure_in_the_pages_language(make_indicator, language, expected):
    indicator = make_indicator(
        value=1200,
        unit="count",
        qualifier="about",
        counted_pl="pasażerów",
        counted_en="passengers",
    )
    indicator.refresh_from_db()
    with translation.override(language):
        assert re.sub(r"(?<=\.)\xa0", " ", indicator.figure).replace("\xa0", "_") == expected


@pytest.mark.parametrize("evidence", ["reported", "measured", "estimated", "planned"])
def test_only_estimates_and_plans_are_promises(make_indicator, evidence):
    assert make_indicator(evidence=evidence).is_promise is (evidence in ("estimated", "planned"))
