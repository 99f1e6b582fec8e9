from types import SimpleNamespace

import pytest
from django.utils import translation

from cities.models import City
from cities.text.translation import in_a_sentence, in_best_language


@pytest.mark.parametrize(
    ("page", "texts", "best"),
    [
        ("pl", {"pl": "Cześć", "en": "Hello", "de": "Hallo"}, ("Cześć", "pl")),
        ("en", {"pl": "Cześć", "en": "Hello", "de": "Hallo"}, ("Hello", "en")),
        ("pl", {"pl": "", "en": "Hello", "de": "Hallo"}, ("Hello", "en")),
        ("en", {"pl": "Cześć", "en": "", "de": "Hallo"}, ("Cześć", "pl")),
        ("de", {"pl": "Cześć", "en": "Hello", "de": ""}, ("Hello", "en")),
        ("de", {"pl": "Cześć", "en": "", "de": ""}, ("Cześć", "pl")),
        ("pl", {"pl": "", "en": "", "de": "Hallo"}, ("Hallo", "de")),
        ("en", {"pl": "", "en": "", "de": ""}, ("", "en")),
    ],
)
def test_a_missing_text_is_taken_from_english_then_polish_then_any(settings, page, texts, best):
    settings.LANGUAGES = [("pl", "Polski"), ("en", "English"), ("de", "Deutsch")]
    record = SimpleNamespace(**{f"summary_{code}": text for code, text in texts.items()})
    with translation.override(page):
        assert in_best_language(record, "summary") == best


@pytest.mark.parametrize(("language", "name"), [("pl", "Sztokholm"), ("en", "Stockholm")])
def test_a_plain_attribute_follows_the_same_rule(language, name):
    city = City(name_pl="Sztokholm", name_en="Stockholm", region_pl="Svealand")
    with translation.override(language):
        assert (city.name, city.region) == (name, "Svealand")


@pytest.mark.parametrize(
    ("language", "other", "own_name"), [("pl", "en", "polsk"), ("en", "pl", "English")]
)
def test_a_text_in_another_language_is_marked_and_says_so(
    make_city, visit, reverse_in, language, other, own_name
):
    texts = {
        "name_pl": "Miasto",
        f"name_{other}": "Nazwa & name",
        f"name_{language}": "",
        f"summary_{other}": "Summary <b>",
        f"summary_{language}": "",
        f"profile_{other}": "<p>Profile.</p>",
    }
    city = make_city(slug="town", **texts)
    if language == "pl":  # only Polish names are required; one may still be missing
        City.objects.filter(pk=city.pk).update(name_pl="")
    page = visit(reverse_in(language, "city", slug="town"))
    other_texts = [*page.texts("span", lang=other), *page.texts("div", lang=other)]
    assert other_texts[-3:] == ["Nazwa & name", "Summary <b>", "Profile."]
    (note,) = page.texts("p", of="language-note")
    assert own_name in note


@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_translated_text_has_no_mark(make_city, visit, reverse_in, language):
    city = make_city(profile_pl="<p>Tekst.</p>", profile_en="<p>Text.</p>")
    page = visit(reverse_in(language, "city", slug=city.slug))
    assert page.find("p", of="language-note") == page.find("div", lang=True) == []


@pytest.mark.parametrize(
    ("language", "words", "sentence"),
    [
        ("pl", ["energia"], "energia"),
        ("pl", ["energia", "mobilność"], "energia i mobilność"),
        ("pl", ["A", "B", "C"], "A, B i C"),
        ("en", ["A", "B", "C"], "A, B and C"),
    ],
)
def test_words_are_joined_as_in_a_sentence(language, words, sentence):
    with translation.override(language):
        assert in_a_sentence(words).replace("\N{NO-BREAK SPACE}", " ") == sentence
