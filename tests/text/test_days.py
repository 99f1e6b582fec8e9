from datetime import date

import pytest
from django.utils import translation

from cities.models import Event

CASES = [
    ("2019-01-24", "2019-01-24", "day", "24 stycznia 2019", "24 January 2019"),
    ("2019-01-24", "2019-01-25", "day", "24–25 stycznia 2019", "24–25 January 2019"),
    (
        *("2019-09-30", "2019-10-01", "day"),
        *("30 września – 1 października 2019", "30 September – 1 October 2019"),
    ),
    (
        *("2019-12-31", "2020-01-01", "day"),
        *("31 grudnia 2019 – 1 stycznia 2020", "31 December 2019 – 1 January 2020"),
    ),
    ("2022-05-01", "2022-05-31", "month", "maj 2022", "May 2022"),
    ("2022-05-01", "2022-06-30", "month", "maj–czerwiec 2022", "May–June 2022"),
    (
        *("2021-11-18", "2022-03-23", "season"),
        *("listopad 2021 – marzec 2022", "November 2021 – March 2022"),
    ),
    ("2020-06-01", "2020-08-31", "season", "lato 2020", "summer 2020"),
    ("2020-03-01", "2020-05-31", "season", "wiosna 2020", "spring 2020"),
    ("2020-06-01", "2020-08-31", "month", "czerwiec–sierpień 2020", "June–August 2020"),
    (
        "2020-06-01",
        "2021-08-31",
        "season",
        "czerwiec 2020 – sierpień 2021",
        "June 2020 – August 2021",
    ),
]


@pytest.mark.parametrize(("first", "last", "precision", "polish", "english"), CASES)
def test_days_are_told_as_precisely_as_they_are_known(first, last, precision, polish, english):
    days = {"first_day": date.fromisoformat(first), "last_day": date.fromisoformat(last)}
    event = Event(precision=precision, **days)
    for language, words in (("pl", polish), ("en", english)):
        with translation.override(language):
            assert event.when.replace("\u00a0", " ") == words


def test_no_line_ends_between_a_day_and_its_month():
    event = Event(first_day=date(2019, 1, 24), last_day=date(2019, 2, 1), precision="day")
    assert event.when == "24\u00a0stycznia – 1\u00a0lutego 2019"


def test_what_has_no_day_tells_none():
    assert Event().when == ""
