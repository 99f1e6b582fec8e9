"""Borders as the base map draws them, simplified to about 2 km."""

import re
from functools import cache

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from .projection import BASE_SIZE, project

MOST_NORTHERN = 85  # degrees, of the map and of any city
TOLERANCE = 3  # base map units: some 5 km, for coasts and borders that the map cuts short


@cache
def shapes():
    """Return {id: rings} of the base map: countries, rivers, lakes; see `rings`."""
    with open(finders.find("img/europe.svg"), encoding="utf-8") as file:
        paths = re.findall(r'<path id="(\w+)"[^<>]* d="([^"]*)"', file.read())
    return {name: [_points(ring) for ring in re.findall(r"M([^Mz]*)", d)] for name, d in paths}


def _points(ring):
    numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
    x, y = numbers[:2]
    points = [(x, y)]
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def rings(code):
    """Return the rings of a country as lists of (x, y) in base map units; none where unknown."""
    return shapes().get(code.upper(), [])


@cache
def box(code):
    """Return (west, north, east, south) around a country in base map units.

    It is that of the base map where the country is unknown.
    """
    points = [point for ring in rings(code) for point in ring] or [(0, 0), BASE_SIZE]
    xs, ys = zip(*points, strict=True)
    return min(xs) - TOLERANCE, min(ys) - TOLERANCE, max(xs) + TOLERANCE, max(ys) + TOLERANCE


def is_inside(code, latitude, longitude):
    """Tell whether a place is in a country, or within the tolerance of its border."""
    x, y = project(latitude, longitude)
    inside = False
    for ring in rings(code):
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if abs(ax - x) <= TOLERANCE and abs(ay - y) <= TOLERANCE:
                return True
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                inside = not inside
    return inside


def doubt(country, latitude, longitude):
    """Return what speaks against a place in a country, in the reader's language, or a blank."""
    if not rings(country.code) or is_on_map(country.code, latitude, longitude):
        return ""
    if is_on_map(country.code, longitude, latitude):
        message = _(
            "This place is not in the chosen country (%(country)s) on our map. It would be, if "
            "latitude and longitude changed places."
        )
    else:
        message = _("This place is not in the chosen country (%(country)s) on our map. Check it.")
    return message % {"country": country}


def is_on_map(code, latitude, longitude):
    return abs(latitude) <= MOST_NORTHERN and is_inside(code, latitude, longitude)
