from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from cities.models import City, Country, Practice, Source

pytestmark = pytest.mark.database


@pytest.fixture
def make(make_city, make_practice, make_indicator, make_photo):
    """Make a sound record of any kind."""

    def source(**fields):
        return Source.objects.create(title="PNEC", **{"city": make_city()} | fields)

    makers = {
        "city": make_city,
        "practice": make_practice,
        "indicator": make_indicator,
        "source": source,
        "photo": make_photo,
    }
    return lambda kind, **fields: makers[kind](**fields)


def refusal(record):
    """Return what full_clean has against a record, in English."""
    with translation.override("en"):
        with pytest.raises(ValidationError) as error:
            record.full_clean()
        return error.value.message_dict


EARTH = {"latitude": ["Latitude and longitude must be degrees on Earth."]}
COUNTED = {"unit": ["Say what is counted, and only where things are counted."]}


@pytest.mark.parametrize(
    ("kind", "nonsense", "told"),
    [
        ("city", {"latitude": 91}, EARTH),
        ("city", {"latitude": -86}, EARTH),
        ("city", {"longitude": 181}, EARTH),
        ("practice", {"energy": False}, {"energy": ["Tick at least one theme."]}),
        (
            "practice",
            {"first_year": 2016, "last_year": 2009},
            {"last_year": ["The last year cannot be before the first."]},
        ),
        (
            "indicator",
            {"value_to": 10},
            {"value_to": ["The upper end must be more than the value."]},
        ),
        ("indicator", {"unit": "count"}, COUNTED),
        ("indicator", {"counted_pl": "kotłów"}, COUNTED),
    ],
)
def test_nonsense_is_refused_at_its_field_and_by_the_database(make, kind, nonsense, told):
    record = make(kind)
    record.full_clean()
    for name, value in nonsense.items():
        setattr(record, name, value)
    assert refusal(record) == told
    with pytest.raises(IntegrityError), transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**nonsense)


@pytest.mark.parametrize("kind", ["source", "photo"])
def test_evidence_belongs_to_a_city_or_a_practice(make, make_practice, kind):
    practice = make_practice()
    make(kind, city=None, practice=practice).full_clean()
    record = make(kind)
    record.full_clean()
    for owners in ({"city": None}, {"practice": practice}):
        record = type(record).objects.get(pk=record.pk)
        for name, owner in owners.items():
            setattr(record, name, owner)
        expected = {"city": ["Choose a city or a practice, one of the two."]}
        assert refusal(record) == expected
        with pytest.raises(IntegrityError), transaction.atomic():
            record.save()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"headline": True}, "Only one figure can stand on the practice’s card."),
        ({"label_pl": "Trasa"}, "This practice already has a figure of that label."),
    ],
)
def test_figures_of_a_practice_do_not_compete(make_indicator, fields, message):
    first = make_indicator(headline=True, label_pl="Trasa")
    make_indicator(headline=True, label_pl="Trasa").full_clean()  # of another practice
    second = make_indicator(practice=first.practice)
    for name, value in fields.items():
        setattr(second, name, value)
    assert refusal(second) == {name: [message]}
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


@pytest.mark.parametrize("code", ["PL", "p", "1a"])
def test_a_country_code_is_two_small_letters(db, code):
    country = Country(code=code, name_pl="Polska")
    assert refusal(country) == {"code": ["Two small letters, such as pl."]}


@pytest.mark.parametrize("year", [1899, 2101])
def test_years_are_plausible(make_practice, make_city, make_indicator, year):
    practice, city = make_practice(), make_city()
    practice.first_year = practice.last_year = city.population_year = year
    indicator = make_indicator(practice=practice)
    indicator.year = year
    assert set(refusal(practice)) == {"first_year", "last_year"}
    assert set(refusal(city)) == {"population_year"}
    assert set(refusal(indicator)) == {"year"}


def test_only_polish_is_required(db):
    assert {"name_pl"} == {name for name in refusal(City()) if name.startswith("name")}
    assert {"title_pl"} == {name for name in refusal(Practice()) if name.startswith("title")}


def test_photo_that_tells_something_is_described_in_every_language(make):
    photo = make("photo")
    photo.full_clean()
    photo.alt_pl = photo.alt_en = ""
    message = "Describe the photo in every language, or tick that it is decorative."
    assert refusal(photo) == {"alt_pl": [message], "alt_en": [message]}
    with pytest.raises(IntegrityError), transaction.atomic():
        photo.save()
    photo.decorative = True
    photo.full_clean()


def test_photos_of_one_name_do_not_overwrite_each_other(make):
    first, second = make("photo"), make("photo")
    assert first.image.name != second.image.name
    assert first.image.name.endswith(".png")
    assert (first.width, first.height) == (8, 6)


HIDDEN = [
    {"status": "draft"},
    {"status": "review"},
    {"publish_at": timezone.now() + timedelta(hours=1)},
]


@pytest.mark.parametrize("hidden", HIDDEN, ids=["draft", "in review", "not yet"])
def test_visitors_see_what_is_published_and_due(make_city, make_practice, hidden):
    city, draft_city = make_city(), make_city(**hidden)
    shown = make_practice(city=city, publish_at=timezone.now() - timedelta(hours=1))
    make_practice(city=city, **hidden)
    make_practice(city=draft_city)
    assert list(City.objects.published()) == [city]
    assert list(Practice.objects.published()) == [shown]


def test_a_country_takes_part_through_its_published_cities(make_city, make_country):
    make_city("pl"), make_city("de", status="draft"), make_country("nl")
    assert [country.code for country in Country.objects.with_cities()] == ["pl"]


def test_a_citys_themes_come_from_its_published_practices(make_city, make_practice):
    city = make_city()
    make_practice("energy", city=city)
    make_practice("energy mobility", city=city)
    make_practice("energy mobility spatial", city=city, status="draft")
    make_practice("spatial")  # of another city
    counted = City.objects.with_themes().get(pk=city.pk)
    assert (counted.themes, counted.integrated) == (["energy", "mobility"], False)


def test_a_city_is_integrated_only_if_one_practice_joins_all(make_city, make_practice):
    apart, joined, committed = make_city(), make_city(), make_city(role="committed")
    for theme in ("energy", "mobility", "spatial"):
        make_practice(theme, city=apart)
    make_practice("energy mobility spatial", city=joined)
    themes = ["energy", "mobility", "spatial"]
    assert {city.pk: (city.themes, city.integrated) for city in City.objects.with_themes()} == {
        apart.pk: (themes, False),
        joined.pk: (themes, True),
        committed.pk: ([], False),
    }


def test_a_practice_tells_its_themes_and_its_headline(make_practice, make_indicator):
    practice = make_practice("energy spatial")
    make_indicator(practice=practice)
    telling = make_indicator(practice=practice, headline=True)
    assert (practice.themes, practice.is_integrated) == (["energy", "spatial"], False)
    assert practice.headline == Practice.objects.for_cards().get().headline == telling
    assert make_practice("energy mobility spatial").is_integrated
    assert make_practice().headline is None
