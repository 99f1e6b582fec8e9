import unicodedata

import polib
import pytest
from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.http import QueryDict
from editing import address, edit, errors
from hypothesis import given
from hypothesis import strategies as st

from cities.models import City
from cities.models.translatable import digest
from cities.text import messages, rich_text
from cities.text.cleaning import CleanText, cleaned, cleaned_values

TEXT_COLUMNS = [
    field
    for model in apps.get_app_config("cities").get_models()
    if model.__module__ != "cities.models.search_index"  # which the site writes, and nobody else
    for field in model._meta.concrete_fields
    if isinstance(field, (models.CharField, models.TextField))
]


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("Łódz\u0301", "Łódź"),
        ("A\0\x01\x1b\x7f\x9fB", "AB"),
        ("A\tB\nC", "A\tB\nC"),
        ("A\r\nB\rC\x0bD\x0cE\x85F\u2028G\u2029H", "A\nB\nC\nD\nE\nF\nG\nH"),
        ("A\ufffe\uffff\ufdd0\U0001ffff\U0010fffeB", "AB"),
        ("A\ud800B\udfff", "AB"),
        ("elektro\xadciepłownia", "elektrociepłownia"),
        ("\ufeffA\u200bB\u2060C\u200e\u202e\u2066", "ABC"),
        ("A\xa0B\u202fC\u2009D", "A\xa0B\u202fC\u2009D"),
        ("A\u200dB\u200cC", "ABC"),
        ("A\u0300\u200c\u05ad\u200cB", "À\u05adB"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d💻 ❤️\u200d🔥", "👩\u200d💻 ❤️\u200d🔥"),
        ("a" + "\u0301\u0327" * 40, unicodedata.normalize("NFC", "a" + "\u0301\u0327" * 15)),
        ("𝄞 😀", "𝄞 😀"),
    ],
)
def test_a_text_keeps_what_is_read_and_nothing_else(dirty, clean):
    assert cleaned(dirty) == clean


odd = "aé\u0301\u0327\u0345\u05d9\u05b4\u200c\u200d\u200b\xad\r\n\x0b\ufeff\u212b😀️"


@given(st.text() | st.text(odd, max_size=80))
def test_what_is_clean_stays_as_it_is(text):
    once = cleaned(text)
    assert cleaned(once) == once


def test_every_column_of_text_is_cleaned():
    dirty = [str(field) for field in TEXT_COLUMNS if not isinstance(field, CleanText)]
    assert dirty == ["cities.Draft.records"]  # which the site writes, of fields that are clean
    assert len(TEXT_COLUMNS) > 50


DIRTY = "Z\u0301le\x0b\ufffe\xad"


@pytest.mark.database
def test_a_text_is_clean_however_it_is_stored(make_city):
    city = make_city(name_pl=DIRTY, summary_pl=DIRTY, profile_pl=f"<p>{DIRTY}</p>&shy;&#11;")
    told = ["name_pl", "summary_pl", "profile_pl"]
    clean = ("Źle ", "Źle\n", "<p>Źle\n</p>\n")
    assert tuple(getattr(city, name) for name in told) == clean
    assert City.objects.values_list(*told).get() == clean
    assert City.objects.filter(name_pl=DIRTY, summary_pl=DIRTY).get() == city
    City.objects.update(name_pl=DIRTY * 2)
    assert City.objects.get().name_pl == "Źle Źle "
    City.objects.bulk_update([City(pk=city.pk, name_pl=DIRTY)], ["name_pl"])
    assert City.objects.get().name_pl == "Źle "
    city.local_name = Concat(F("name_pl"), Value("!"))
    city.save()
    assert City.objects.get().local_name == "Źle !"


def test_a_name_of_two_parts_sorts_and_is_found_as_one_of_whole_letters(make_city):
    apart = make_city(name_pl="S\u0301wiecie")
    whole = make_city(name_pl="Świecie", slug="other")
    assert (apart.sort_pl, apart.slug) == (whole.sort_pl, "swiecie")


def test_an_unseen_sign_hides_no_script():
    for sign in ("\xad", "&shy;", "&#1;", "&#x200b;"):
        assert rich_text.clean(f'<a href="java{sign}script:alert(1)">A</a>') == "A"


@pytest.mark.database
def test_a_form_takes_a_clean_text(admin_client, make_city):
    city = make_city(slug="torun")
    sent = {"name_pl": "Torun\u0301\u200b", "summary_pl": "A\r\nB\x0bC", "website": "x.pl\u200b"}
    assert edit(admin_client, city, **sent).status_code == 302
    city.refresh_from_db()
    assert (city.name_pl, city.summary_pl, city.website) == ("Toruń", "A\nB\nC", "https://x.pl")


def test_a_form_takes_no_text_that_nobody_sees(admin_client, make_city):
    response = edit(admin_client, make_city(), name_pl="\u200b\xad")
    assert errors(response) == {"name_pl": ["To pole jest wymagane."]}


@pytest.mark.parametrize(("column", "longest"), [("summary_pl", 20_000), ("profile_pl", 100_000)])
def test_a_text_has_a_bound_and_one_that_is_too_long_is_not_lost(
    admin_client, make_city, column, longest
):
    city = make_city()
    assert edit(admin_client, city, **{column: "a" * longest}).status_code == 302
    response = edit(admin_client, city, **{column: "a" * (longest + 1)})
    assert list(errors(response)) == [column]
    assert str(longest) in errors(response)[column][0].replace("\xa0", "")
    assert response.context["adminform"].form[column].value() == "a" * (longest + 1)


def test_a_password_is_what_it_is():
    sent = QueryDict("password=a%C2%AD&q=a%C2%AD&q=b%0D%0A")
    assert cleaned_values(sent).urlencode() == "password=a%C2%AD&q=a&q=b%0A"


@pytest.mark.database
@pytest.mark.parametrize("sign", ["%01", "%C2%AD", "%E2%80%8B", "%EF%BF%BE"])
def test_a_question_is_cleaned(admin_client, make_city, sign):
    make_city(name_pl="Łódź")
    found = admin_client.get(address("city", q=f"Łódź{sign}"), QUERY_STRING=f"q=lo{sign}dz")
    assert [str(city) for city in found.context["cl"].result_list] == ["Łódź"]


@pytest.mark.database
def test_line_ends_outdate_no_translation_and_move_no_date(make_city):
    city = make_city(summary_pl="A\nB", summary_en="A\nB", changed_on="2026-01-01")
    City.objects.filter(pk=city.pk).update(changed_on="2026-01-01")
    city = City.objects.get()
    city.summary_pl = "A\r\nB"
    city.save()
    city = City.objects.get()
    assert (city.outdated("en"), str(city.changed_on)) == ({}, "2026-01-01")


@pytest.mark.database
def test_translations_noted_with_the_line_ends_of_forms_still_hold(make_city):
    city = make_city(summary_pl="A\nB", summary_en="C\nD")
    noted = {"text": digest("C\r\nD"), "original": digest("A\r\nB")}
    city.made_from["en"]["summary"] = noted
    city.save()
    assert city.outdated("en") == {}
    city.summary_pl = "E"
    city.save()
    assert city.outdated("en") == {"summary": "A\nB"}


def test_the_words_of_translators_are_cleaned():
    entry = polib.POEntry(msgid="a", msgstr="z\u0301\x01")
    plural = polib.POEntry(msgid="b", msgid_plural="c", msgstr_plural={0: "\xadd", 1: "e"})
    messages.clean([entry, plural])
    assert (entry.msgstr, plural.msgstr_plural) == ("ź", {0: "d", 1: "e"})
