import pytest
from django.http import QueryDict

from cities.evidence.comparison import chosen, scales

pytestmark = pytest.mark.database
both_languages = pytest.mark.parametrize("language", ["pl", "en"])


def test_figures_of_one_unit_share_a_scale_and_others_do_not(make_practice, make_indicator):
    tram, heat = make_practice("mobility"), make_practice("energy")
    make_indicator(practice=tram, value=10, unit="km")
    make_indicator(practice=heat, value=30, value_to=40, unit="km")
    make_indicator(practice=heat, value=5, unit="MW")
    shared, own = scales([tram, heat])
    assert shared.label == "km"
    assert [[bar.share for bar in column] for column in shared.columns] == [[25.0], [100.0]]
    assert [[bar.share for bar in column] for column in own.columns] == [[], [None]]


def test_things_counted_are_compared_only_with_the_same_things(make_practice, make_indicator):
    one, other = make_practice(), make_practice()
    make_indicator(practice=one, unit="count", counted_pl="drzew", counted_en="trees")
    make_indicator(practice=other, unit="count", counted_pl="okien", counted_en="windows")
    assert len(scales([one, other])) == 2


def test_up_to_four_published_practices_are_compared_in_the_order_asked(make_practice):
    made = [make_practice() for _ in range(5)]
    draft = make_practice(status="draft")
    query = "&".join(f"p={p.slug}" for p in [draft, *reversed(made)])
    assert chosen(QueryDict(f"{query}&p=nowhere&p=%00")) == made[:0:-1]


def test_a_practice_is_compared_under_an_address_that_it_had_before(
    make_practice, django_assert_num_queries
):
    first, second = make_practice(slug="dawny"), make_practice(slug="drugi")
    hidden = make_practice(slug="ukryty")
    for practice, fields in [(first, {"slug": "nowy"}), (hidden, {"status": "draft"})]:
        for name, value in fields.items():
            setattr(practice, name, value)
        practice.save()
    assert chosen(QueryDict("p=drugi&p=dawny&p=ukryty&p=nowy")) == [second, first]
    with django_assert_num_queries(2):  # the practices and their figures
        assert chosen(QueryDict("p=drugi&p=nowy")) == [second, first]


@both_languages
@pytest.mark.parametrize("query", ["", "?p=nowhere", "?p=%00%ff", "?" + "p=x&" * 50])
def test_too_few_to_compare_says_where_to_choose(db, visit, reverse_in, language, query):
    page = visit(reverse_in(language, "compare") + query)
    assert reverse_in(language, "practices") in page.links()
    assert page.find("table") == []


@both_languages
def test_what_a_source_does_not_tell_is_said(
    make_practice, make_indicator, visit, reverse_in, language
):
    told, untold = make_practice(), make_practice()
    make_indicator(practice=told, value=10, unit="km")
    page = visit(reverse_in(language, "compare") + f"?p={told.slug}&p={untold.slug}")
    missing = {"pl": "źródło nie podaje", "en": "the source does not tell"}[language]
    assert [text for text in page.texts("span") if text == missing] == [missing]
