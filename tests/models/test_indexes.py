"""Indexes: what the database says it would use for the queries of the public pages."""

import re

import pytest
from django.core.management import call_command
from django.db import connection

from cities.finder.filters import Filters
from cities.finder.sets import size_of
from cities.models import City, Holding, Practice, PracticeWords

QUERIES = {
    "a profile": (lambda: City.objects.published().filter(slug="city-7"), "slug"),
    "a practice": (lambda: Practice.objects.published().filter(slug="practice-7"), "slug"),
    "a page of the finder": (lambda: Filters().practices()[:100], "sort_pl"),
    "the counts of the finder": (
        lambda: (
            Practice.objects.published()
            .order_by()
            .values_list(size_of("city__population"), "stage")
        ),
        "practice_counts",
    ),
    "the counts of the cities": (
        lambda: City.objects.published().order_by().values_list("role", size_of("population")),
        "city_counts",
    ),
    "a city's practices": (lambda: Practice.objects.filter(city=7), "practice_counts"),
    "the themes of a city": (
        lambda: City.objects.filter(slug="city-7").with_themes(),
        "practice_counts",
    ),
}


@pytest.fixture
def explain(db):
    """Return what tells of a query how the database would answer it among many rows."""
    call_command("synthesise_programme", cities=100, practices=200, verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # 200 rows are few enough to read them all
            cursor.execute("SET LOCAL enable_seqscan = off")
    return lambda queryset: queryset.explain()


@pytest.mark.database
@pytest.mark.parametrize("name", QUERIES)
def test_an_index_answers(explain, name):
    query, index = QUERIES[name]
    assert re.search(f"index [^\n]*{index}", explain(query()), re.IGNORECASE)


@pytest.mark.database
def test_an_index_finds_a_word(explain):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # the rows are few enough to read their keys in order
            cursor.execute("SET LOCAL enable_indexscan = off")
    held = Holding(PracticeWords, "pl1rower & (pl3park | pl3tramwaj)")
    assert "cities_practicewords_index" in explain(Practice.objects.filter(pk__in=held))
