"""static/img/europe-near.svg, which docs/basemap/make_near.py writes."""

import re

import brotli
import pytest
from django.contrib.staticfiles import finders

from cities.mapping.projection import BASE_SIZE


@pytest.fixture(scope="module")
def near():
    with open(finders.find("img/europe-near.svg"), encoding="utf-8") as file:
        return file.read()


def test_what_is_fetched_near_by_weighs_40_kb_at_most(near):
    assert len(brotli.compress(near.encode())) <= 39_500  # and some headers


def test_it_covers_the_base_map_at_twice_its_scale(near):
    width, height = re.search(r'viewBox="0 0 (\d+) (\d+)"', near).groups()
    assert int(width) == 2 * BASE_SIZE[0]
    assert abs(int(height) - 2 * BASE_SIZE[1]) <= 1


def test_names_stand_in_the_order_of_their_weight(near):
    kinds = re.findall(r'<text class="(\w+)', near)
    assert kinds == sorted(kinds)  # country, town, water
    assert 300 <= kinds.count("town") <= 400
    assert kinds.index("water") > kinds.index("town") > kinds.index("country")


def test_a_place_has_its_name_at_home_in_polish_and_in_english(near):
    assert re.search(
        r'<text class="town capital" [^>]* data-pl="Wiedeń" data-en="Vienna">Wien<', near
    )
    assert re.search(r'<text class="water" [^>]* data-pl="Dunaj" data-turn="-?\d+">Danube<', near)


def test_kosovo_is_not_named_without_its_note(near):
    assert ">XK<" not in near
    assert "Prishtina" not in near
    assert "Pristina" not in near
