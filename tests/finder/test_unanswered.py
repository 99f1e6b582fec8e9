"""Questions in whose words nothing was found."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cities.finder import unanswered
from cities.finder.search import Answer
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


@pytest.mark.parametrize(
    ("how", "text", "counted"),
    [
        ("nothing", "  Nowe  LOTNISKO ", "nowe lotnisko"),
        ("any", "lotnisko", "lotnisko"),
        ("all", "lotnisko", None),
        ("topic", "lotnisko", None),
        ("corrected", "lotnisko", None),
        ("unasked", "", None),
        ("nothing", "a" * 100, "a" * 100),
        ("nothing", "a" * 101, None),
    ],
)
def test_what_was_not_found_as_asked_is_counted_unless_it_is_long(db, how, text, counted):
    unanswered.count(Answer(how, text))
    found = list(Unanswered.objects.values_list("words", flat=True))
    assert found == ([counted] if counted else [])


def test_a_question_is_counted_again_in_its_language_on_its_last_day(db):
    Unanswered.objects.create(language="en", words="port", number=5)
    Unanswered.objects.create(language="pl", words="port", number=5)
    Unanswered.objects.update(first_day=date(2020, 1, 1), last_day=date(2020, 1, 2))
    unanswered.count(Answer("nothing", "port"))
    rows = Unanswered.objects.values_list("language", "number", "first_day", "last_day")
    assert sorted(rows) == [
        ("en", 5, date(2020, 1, 1), date(2020, 1, 2)),
        ("pl", 6, date(2020, 1, 1), timezone.localdate()),
    ]


def test_of_a_thousand_the_one_asked_least_and_longest_ago_gives_way(db):
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    rows = [("często", 9, yesterday), ("nowe", 1, yesterday), ("stare", 2, today)]
    rows += [(f"pytanie {n}", 2, today) for n in range(997)]
    Unanswered.objects.bulk_create(Unanswered(words=w, number=n) for w, n, _day in rows)
    Unanswered.objects.filter(words__in=["często", "nowe"]).update(last_day=yesterday)
    for asked, gone in (("raz", "nowe"), ("dwa", "często"), ("trzy", "raz"), ("trzy", None)):
        known = set(Unanswered.objects.values_list("words", flat=True))
        unanswered.count(Answer("nothing", asked))
        left = set(Unanswered.objects.values_list("words", flat=True))
        assert known - left == ({gone} if gone else set())
        assert len(left) == 1000


def test_staff_see_what_was_asked_on_two_days(make_editor, log_in):
    Unanswered.objects.create(words="lotnisko", number=9)
    Unanswered.objects.create(words="wodór", number=2)
    yesterday = timezone.localdate() - timedelta(days=1)
    Unanswered.objects.filter(words="wodór").update(first_day=yesterday)
    page = log_in(make_editor("publisher")).get("/admin/cities/unanswered/").text
    assert "wodór" in page
    assert "lotnisko" not in page
