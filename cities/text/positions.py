"""Positions as maps and encyclopaedias write them, latitude and longitude in one."""

import re
from decimal import Decimal

from .readings import numbers

LONGEST = 80  # characters
NUMBER = r"[0-9]{1,3}(?:[.,][0-9]{1,15})?"
ANGLE = (
    rf"([NSEW])? ?([-\N{{MINUS SIGN}}]?{NUMBER}) ?°? ?"
    rf"(?:({NUMBER}) ?['′’] ?)?(?:({NUMBER}) ?(?:[\"″”]|''|′′) ?)?([NSEW])?"
)
PAIR = re.compile(rf"^\(?{ANGLE}(?: ?[,;/] ?| |(?<=[NSEW])){ANGLE}\)?$", re.IGNORECASE)
PLACES = Decimal("0.00001")  # about a metre


def pair(text):
    """Return (latitude, longitude) where a text is both, in degrees, or None.

    Degrees may have decimals, or minutes and seconds; letters may say which of the two is which.
    """
    match = PAIR.match(" ".join(text.split())) if len(text) <= LONGEST else None
    if not match or numbers(text):  # 52,5 is one
        return None
    first, second = match.groups()[:5], match.groups()[5:]
    if side(first) in ("E", "W") and side(second) in ("N", "S"):
        first, second = second, first
    if side(first) in ("E", "W") or side(second) in ("N", "S"):
        return None
    latitude, longitude = degrees(first), degrees(second)
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def side(angle):
    return (angle[0] or angle[-1] or "").upper()


def degrees(angle):
    """Return the degrees of an angle that was read; those of the south and the west are below 0."""
    parts = (
        Decimal((part or "0").replace(",", ".")) for part in (angle[1].strip("-−"), *angle[2:4])
    )
    value = sum(part / 60**power for power, part in enumerate(parts))
    is_below = angle[1][0] in "-−" or side(angle) in ("S", "W")
    return (-value if is_below else value).quantize(PLACES)
