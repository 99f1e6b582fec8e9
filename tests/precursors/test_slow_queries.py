import pytest

from cities.models import City
from precursors import slow_queries


@pytest.mark.database
def test_a_slow_query_is_told_without_its_values(db, monkeypatch, caplog):
    City.objects.filter(slug="a-secret").exists()
    assert caplog.records == []
    monkeypatch.setattr(slow_queries, "SLOW", 0)
    City.objects.filter(slug="a-secret").exists()
    (record,) = caplog.records
    assert record.message == "A slow query"
    assert record.facts["ms"] >= 0
    assert 'FROM "cities_city"' in record.facts["sql"]
    assert "a-secret" not in str(record.facts)
