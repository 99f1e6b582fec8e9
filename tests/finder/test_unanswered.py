"""Questions in whose words nothing was found."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cities.finder import unanswered
from cities.models import Unanswered

pytestmark = pytest.mark.database


def test_a_question_is_counted_where_its_words_find_nothing(client, reverse_in, make_practice):
    make_practice(title_pl="Tramwaj")
    for query in ("tramwaj", "Lotnisko", "lotnisko", "tramwai", "tramwaj lotnisko", ""):
        client.get(reverse_in("pl", "practices"), {"q": query})
    assert sorted(Unanswered.objects.values_list("language", "words", "number")) == [
        ("pl", "lotnisko", 2),
        ("pl", "tramwaj lotnisko", 1),
    ]


def test_no_more_than_a_thousand_are_kept(client, reverse_in, make_practice, monkeypatch):
    monkeypatch.setattr(unanswered, "MOST", 2)
    make_practice()
    for query in ("aaaaa", "bbbbb", "bbbbb", "ccccc"):
        client.get(reverse_in("pl", "practices"), {"q": query})
    assert set(Unanswered.objects.values_list("words", flat=True)) == {"bbbbb", "ccccc"}


def test_staff_see_what_was_asked_on_two_days(make_editor, log_in):
    Unanswered.objects.create(words="lotnisko", number=9)
    Unanswered.objects.create(words="wodór", number=2)
    yesterday = timezone.localdate() - timedelta(days=1)
    Unanswered.objects.filter(words="wodór").update(first_day=yesterday)
    page = log_in(make_editor("publisher")).get("/admin/cities/unanswered/").text
    assert "wodór" in page
    assert "lotnisko" not in page
