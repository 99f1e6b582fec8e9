import pytest
from django.utils import translation

from cities.models import City, Practice
from cities.text.alphabet import fold, slugify, sort_key

POLISH = ["Czeladź", "Ćmielów", "Lublin", "Łódź", "Sztum", "Śrem", "Zabrze", "Źródła", "Żary"]
ENGLISH = ["Ćmielów", "Czeladź", "Łódź", "Lublin", "Śrem", "Sztum", "Zabrze", "Żary", "Źródła"]


@pytest.mark.database
@pytest.mark.parametrize(("language", "expected"), [("pl", POLISH), ("en", ENGLISH)])
def test_cities_stand_in_the_order_of_the_pages_alphabet(make_city, language, expected):
    for name in sorted(POLISH, key=len):
        make_city(name_pl=name, name_en=name)
    with translation.override(language):
        assert [city.name for city in City.objects.alphabetically()] == expected


@pytest.mark.database
@pytest.mark.parametrize(
    ("language", "expected"),
    [("pl", ["Łódź", "Śrem", "Umeå"]), ("en", ["Copenhagen", "Śrem", "Zurich"])],
)
def test_a_name_missing_in_a_language_is_sorted_by_its_polish_one(make_city, language, expected):
    make_city(name_pl="Umeå", name_en="Zurich")
    make_city(name_pl="Śrem", name_en="")
    make_city(name_pl="Łódź", name_en="Copenhagen")
    with translation.override(language):
        assert [city.name for city in City.objects.alphabetically()] == expected


@pytest.mark.database
def test_the_longest_title_has_a_sort_key_and_an_address(make_practice):
    make_practice(title_pl="ż" * 79 + " " + "ż" * 40)
    saved = Practice.objects.get()
    assert (saved.sort_pl, saved.slug) == ("45" * 79 + "00" + "45" * 40, "z" * 79)


def test_words_sort_before_longer_words_and_digits_before_letters():
    names = ["Nowy Sącz", "Nowydwór", "10 stacji", "Nowy"]
    ordered = sorted(names, key=lambda name: sort_key(name, "pl"))
    assert ordered == ["10 stacji", "Nowy", "Nowy Sącz", "Nowydwór"]


def test_foreign_accents_and_case_do_not_change_the_order():
    assert sort_key("GYŐR", "pl") == sort_key("győr", "pl") == sort_key("gyor", "pl")
    assert sort_key("łódź", "en") == sort_key("lodz", "en") != sort_key("lodz", "pl")


def test_sort_key_holds_nothing_that_a_collation_could_reorder():
    assert sort_key("Święta „Łąka” – 2", "pl").isdecimal()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź", "lodz"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"),
        ("Straße", "strasse"),
        ("Győr", "gyor"),
        ("Ærø", "aero"),
        ("Østerbro", "osterbro"),
    ],
)
def test_fold_takes_case_and_accents_away(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Łódź – Bałuty", "lodz-baluty"), ("Mińsk Mazowiecki", "minsk-mazowiecki"), ("Ö/Ł", "ol")],
)
def test_slugify_transliterates(text, slug):
    assert slugify(text) == slug


@pytest.mark.database
def test_an_address_left_blank_is_made_of_the_polish_name(make_city, make_practice):
    assert make_city(name_pl="Łódź", name_en="Lodz").slug == "lodz"
    assert make_practice(title_pl="Ścieżki i żłobek", title_en="Paths").slug == "sciezki-i-zlobek"
