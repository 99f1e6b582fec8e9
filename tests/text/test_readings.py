"""Numbers and days as people write them: read where one reading fits, asked where two do."""

from datetime import date
from decimal import Decimal
from time import perf_counter

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from editing import address, edit, errors, filled
from hypothesis import given
from hypothesis import strategies as st

from cities.importing.cells import field_for
from cities.models import City, Indicator, Source
from cities.text.readings import days, numbers, written


def column(model, name):
    return field_for(model._meta.get_field(name))


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("51.77", "51.77"),
        ("51,77", "51.77"),
        ("1 234,5", "1234.5"),
        ("1\N{NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", "1234567"),
        ("1 234,567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("1,234,567.8", "1234567.8"),
        ("1’234’567", "1234567"),
        ("1234.567", "1234.567"),
        ("12.0000", "12"),
        ("0,500", "0.500"),
        ("\N{MINUS SIGN}3", "-3"),
        ("+7", "7"),
        (".5", ".5"),
    ],
)
def test_number_of_one_reading_is_read_in_every_language(text, number, language):
    with translation.override(language):
        assert column(Indicator, "value").clean(text) == Decimal(number)


@pytest.mark.parametrize("text", ["12.000", "125,000", "-1.234", "999,999"])
def test_number_of_two_readings_is_asked(text):
    with pytest.raises(ValidationError) as error:
        column(Indicator, "value").clean(text)
    assert error.value.code == "ambiguous"


@pytest.mark.parametrize(
    ("language", "question"),
    [
        (
            "pl",
            "„1.234” można odczytać co najmniej na dwa sposoby. "
            "Wpisz jeden z\N{NO-BREAK SPACE}tych zapisów: 1,2340; 1234.",
        ),
        ("en", "“1.234” can be read in at least two ways. Write one of them: 1.2340; 1234."),
    ],
)
def test_question_says_how_to_write_what_is_meant(language, question):
    field = column(Indicator, "value")
    with translation.override(language), pytest.raises(ValidationError) as error:
        field.clean("1.234")
    assert error.value.messages == [question]
    assert [field.clean(text) for text in ("1,2340", "1234")] == [Decimal("1.234"), 1234]


@pytest.mark.parametrize(
    "text", ["many", "NaN", "1e5", "1.2.3", "12 34", "5%", "1,23,456", "–", "½"]
)
def test_what_is_no_number_is_refused(text):
    with translation.override("en"), pytest.raises(ValidationError, match="Enter a number"):
        column(Indicator, "value").clean(text)


@pytest.mark.parametrize(
    ("name", "text", "number"),
    [
        ("latitude", "18.008", Decimal("18.008")),
        ("longitude", "-1,234", Decimal("-1.234")),
        ("population", "1.234", 1234),
        ("population", "1.234.567", 1_234_567),
        ("population_year", "2.021", 2021),
        ("population_year", "2021.0", 2021),
    ],
)
def test_what_the_column_settles_is_not_asked(name, text, number):
    assert column(City, name).clean(text) == number


def test_thousands_of_people_are_asked_for():
    with pytest.raises(ValidationError) as error:
        column(City, "population").clean("125.000")
    assert error.value.messages[0].endswith(": 125; 125000.")


@pytest.mark.parametrize("text", ["2012.5", "2012,7"])
def test_whole_number_is_not_cut(text):
    with pytest.raises(ValidationError, match="całkowit"):
        column(City, "population").clean(text)


@given(st.decimals(-(10**11), 10**11, places=3), st.sampled_from(["pl", "en"]))
def test_what_is_written_has_one_reading(number, language):
    with translation.override(language):
        assert numbers(written(number)) == [number]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("2026/3/1", date(2026, 3, 1)),
        ("1.03.2026", date(2026, 3, 1)),
        ("12.03.24", date(2024, 3, 12)),
        ("25-03-2024", date(2024, 3, 25)),
        ("03/25/2024", date(2024, 3, 25)),
        ("2024-03-12 00:00:00", date(2024, 3, 12)),
        ("5/5/2024", date(2024, 5, 5)),
    ],
)
def test_day_of_one_reading_is_read(text, day):
    assert column(Source, "accessed_on").clean(text) == day


def test_day_of_several_readings_is_asked():
    with translation.override("en"), pytest.raises(ValidationError) as error:
        column(Source, "accessed_on").clean("12-03-24")
    assert error.value.messages == [
        "“12-03-24” can be read in at least two ways. "
        "Write one of them: 2012-03-24; 2024-03-12; 2024-12-03."
    ]


@pytest.mark.parametrize(
    "text", ["2024-13-01", "31.02.2024", "1.1.124", "2024", "2024-03-12 14:30"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValidationError) as error:
        column(Source, "accessed_on").clean(text)
    assert error.value.code == "invalid"


@pytest.mark.parametrize("sign", ["1", "1 ", "1,", "-", " ", "1-", "1.1"])
def test_long_nonsense_is_refused_at_once(sign):
    start = perf_counter()
    assert (numbers(sign * 50_000), days(sign * 50_000)) == ([], [])
    assert perf_counter() - start < 0.1


@pytest.mark.parametrize(
    ("changes", "stored"),
    [
        ({"population": "125 000"}, 125_000),
        ({"population": "125000,0"}, 125_000),
    ],
)
def test_form_reads_numbers_as_a_table_does(admin_client, make_city, changes, stored):
    city = make_city(population=5)
    assert edit(admin_client, city, **changes).status_code == 302
    city.refresh_from_db()
    assert city.population == stored


def test_form_asks_and_keeps_what_was_typed(admin_client, make_city):
    answer = edit(admin_client, make_city(), population="125.000", latitude="52,5")
    assert list(errors(answer)) == ["population"]
    posted = filled(answer)
    assert (posted["population"], posted["latitude"]) == ("125.000", "52,5")


def test_form_that_is_saved_unchanged_asks_nothing(admin_client, make_indicator):
    indicator = make_indicator(value="1.234", value_to="1234", year=2021)
    assert edit(admin_client, indicator).status_code == 302
    indicator.refresh_from_db()
    assert (indicator.value, indicator.value_to) == (Decimal("1.234"), 1234)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_no_form_takes_a_day_of_several_readings(admin_client, make_city, language):
    url = address("city", "change", make_city().pk)
    for text in ("12-03-24", "03/04/2024"):
        data = filled(admin_client.get(url)) | {"review_by": text, "publish_at_0": text}
        answer = admin_client.post(url, data, headers={"accept-language": language})
        assert sorted(errors(answer)) == ["publish_at", "review_by"]
