"""Practices elsewhere: of other towns, about the same, with the reasons in words."""

import pytest
from django.utils import translation

from cities.finder.related import elsewhere
from cities.models import City, Practice, PracticeTopic

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def related(practice):
    practice = Practice.objects.with_topics().prefetch_related("indicators").get(pk=practice.pk)
    return elsewhere(practice)


@pytest.fixture
def practices(make_practice, make_topic):
    """Make one practice, and others of which each is a little less about the same."""
    one, near, far, neighbour = [make_practice(title_pl=name) for name in "ABCD"]
    neighbour.city = one.city
    neighbour.save()
    draft = make_practice(status="draft")
    make_topic(one, near, neighbour, draft, name_pl="Ciepło", name_en="Heat")
    make_topic(one, near, far, name_pl="Biomasa", name_en="Biomass")
    make_practice()
    return one, near, far


def test_practices_of_other_towns_come_by_the_topics_that_they_share(practices):
    one, near, far = practices
    assert related(one) == [near, far]


@pytest.mark.parametrize(
    ("language", "reasons"),
    [
        (
            "pl",
            ["o\xa0tym samym: Biomasa", "wskaźniki do porównania: Mieszkania ogrzewane z\xa0sieci"],
        ),
        ("en", ["about this too: Biomass", "figures to compare: Homes on the heating network"]),
    ],
)
def test_what_both_measure_counts_and_is_told(practices, make_indicator, language, reasons):
    one, _near, far = practices
    for practice in (one, far):
        make_indicator(
            practice=practice,
            measure="homes-heated",
            unit="count",
            counted_pl="mieszkań",
            counted_en="homes",
        )
    with translation.override(language):
        assert [other.reasons for other in related(one) if other == far] == [reasons]


def test_reasons_name_all_that_is_shared(practices, make_topic, make_indicator):
    one, near, _far = practices
    for practice in (one, near):
        make_indicator(practice=practice, unit="EUR", measure="whole-cost", about="cost")
        make_indicator(practice=practice, unit="km", measure="cycle-route-length")
    assert related(one)[0].reasons == [
        "o\xa0tym samym: Biomasa, Ciepło",
        "wskaźniki do porównania: Koszt przedsięwzięcia lub etapu, Długość trasy rowerowej",
    ]


def test_a_town_comes_once(practices, make_practice, make_topic):
    one, near, far = practices
    make_topic(one, make_practice(title_pl="E", city=near.city))
    assert related(one) == [near, far]


def test_a_practice_without_topics_has_none_elsewhere(make_practice, practices):
    assert related(make_practice()) == []


def test_what_both_measure_counts_as_a_topic_does(practices, make_topic, make_indicator):
    one, near, far = practices
    for _number in range(3):
        make_topic(near)
    for measure in ("cycle-route-length", "heat-network-length"):
        for practice in (one, far):
            make_indicator(practice=practice, unit="km", measure=measure)
        make_indicator(practice=near, unit="km", measure="")
    homes = {"unit": "count", "counted_pl": "mieszkań", "counted_en": "homes"}
    make_indicator(practice=near, measure="homes-heated", **homes)
    assert related(one) == [far, near]


def test_three_are_told_and_no_draft_is_among_them(make_practice, make_topic):
    one, *others = (make_practice(title_pl=f"P{n}") for n in range(6))
    Practice.objects.filter(pk=others[1].pk).update(status="draft")
    make_topic(one, *others)
    assert related(one) == [others[0], *others[2:4]]


def test_among_forty_that_share_most_topics_the_most_alike_are_looked_for(
    make_practice, make_topic, make_indicator
):
    one, last, beyond = (make_practice(title_pl=title) for title in ("A", "Y", "Z"))
    topic, shown = make_topic(one), {"status": "published", "changed_on": one.changed_on}
    cities = City.objects.bulk_create(
        City(slug=f"c{n}", latitude=50, longitude=20, **shown, country=one.city.country)
        for n in range(39)
    )
    others = Practice.objects.bulk_create(
        Practice(slug=f"p{n}", city=city, sort_pl="01", stage="planned", energy=True, **shown)
        for n, city in enumerate(cities)
    )
    PracticeTopic.objects.bulk_create(
        PracticeTopic(practice=practice, topic=topic) for practice in (last, beyond, *others)
    )
    for practice in (one, last, beyond):
        make_indicator(practice=practice, unit="km", measure="cycle-route-length")
    assert related(one) == [last, *others[:2]]
