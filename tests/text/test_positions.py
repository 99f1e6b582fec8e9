from decimal import Decimal

import pytest

from cities.text.positions import pair

BYDGOSZCZ = (Decimal("53.12350"), Decimal("18.00840"))


@pytest.mark.parametrize(
    "text",
    [
        "53.1235, 18.0084",
        "53.1235,18.0084",
        "53,1235 18,0084",
        "53,1235; 18,0084",
        "(53.1235 / 18.0084)",
        "53.1235° N, 18.0084° E",
        "N 53.1235 E 18.0084",
        "18.0084E 53.1235N",
        "53°07′24.6″N 18°00′30.24″E",
        "53° 7' 24,6\" N, 18° 0' 30,24\" E",
        "53°07.41’N\N{NO-BREAK SPACE}18°00.504’E",
        " 53°07′24.6″n18°00′30.24″e\n",
    ],
)
def test_pair_of_degrees_is_read_as_maps_write_it(text):
    assert pair(text) == BYDGOSZCZ


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("-33.5, −70.25", ("-33.5", "-70.25")), ("0°30′S 0°15′W", ("-0.5", "-0.25"))],
)
def test_south_and_west_are_below_zero(text, degrees):
    assert pair(text) == tuple(map(Decimal, degrees))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "53.1235",
        "53,1235",
        "52,5",
        "53 180",
        "53, 18, 5",
        "91, 18",
        "53, 181",
        "53N 18N",
        "53E 18E",
        "Rynek 5",
    ],
)
def test_what_is_no_pair_is_left_alone(text):
    assert pair(text) is None
