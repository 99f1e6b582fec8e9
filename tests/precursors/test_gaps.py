"""Words that a further language lacks are English, and say so to who reads aloud."""

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation

from precursors import catalogues
from precursors.django_internals import lacking
from precursors.gaps import English, MarkGaps, marked

TEXTS = {
    "Cities",
    "in operation",
    "See <cities>all cities</cities> or a map.",
    "%(n)s trams",
    "%(a)s and %(b)s",
    "Fish & chips",
    "no more",
}


@pytest.mark.parametrize(
    ("html", "right"),
    [
        ("<h1>Cities</h1>", '<h1 lang="en">Cities</h1>'),
        ('<p class="a">\n  Cities\n</p>', '<p class="a" lang="en">\n  Cities\n</p>'),
        ("<h1>Városok</h1>", "<h1>Városok</h1>"),
        ("<p>In operation</p>", '<p lang="en">In operation</p>'),
        ("<p>Fish &amp; chips</p>", '<p lang="en">Fish &amp; chips</p>'),
        ("<p>3 trams</p>", '<p lang="en">3 trams</p>'),
        ("<p>Buda and Pest</p>", "<p>Buda and Pest</p>"),
        ("<p>Eger · in operation</p>", '<p>Eger · <span lang="en">in operation</span></p>'),
        ("<p>3 trams · in operation</p>", '<p lang="en">3 trams · in operation</p>'),
        (
            '<p>See <a href="/">all cities</a> or a map.</p>',
            '<p><span lang="en">See</span> <a href="/" lang="en">all cities</a>'
            ' <span lang="en">or a map.</span></p>',
        ),
        ("<li><b>Eger</b> Cities</li>", '<li><b>Eger</b> <span lang="en">Cities</span></li>'),
        ("<title>Cities</title>", '<title lang="en">Cities</title>'),
        ("<title>Eger, Cities</title>", "<title>Eger, Cities</title>"),
        ("<option>Cities (3)</option>", '<option lang="en">Cities (3)</option>'),
        ("<option>Eger (Cities)</option>", "<option>Eger (Cities)</option>"),
        (
            '<a aria-label="Városok">Cities</a>',
            '<a aria-label="Városok"><span lang="en">Cities</span></a>',
        ),
        (
            '<a title="Cities > a" href="/Cities">x</a>',
            '<a title="Cities > a" href="/Cities">x</a>',
        ),
        ('<div lang="en"><p>Cities</p></div>', '<div lang="en"><p>Cities</p></div>'),
        (
            '<html lang="hu"><div lang="pl"><div>Cities</div></div><i>Cities</i>',
            '<html lang="hu"><div lang="pl"><div>Cities</div></div><i lang="en">Cities</i>',
        ),
        (
            '<input lang="pl"><p>Cities</p>',
            '<input lang="pl"><p lang="en">Cities</p>',
        ),
        ('<p lang="hu">Cities</p>', '<p lang="hu"><span lang="en">Cities</span></p>'),
        ('<script>"Cities"</script>', '<script>"Cities"</script>'),
        ("<textarea>Cities</textarea>", "<textarea>Cities</textarea>"),
        ("<!-- Cities --><br>", "<!-- Cities --><br>"),
        ("Cities", '<span lang="en">Cities</span>'),
        ("", ""),
    ],
)
def test_english_is_marked_where_words_can_carry_it_and_nothing_else_changes(html, right):
    assert marked(html, English(TEXTS), "hu") == right


@pytest.fixture
def esperanto(settings):
    """Speak a further language of which there are no words of the site at all."""
    settings.MORE_LANGUAGES = ["eo"]
    catalogues.forget_catalogues()
    with translation.override("eo"):
        yield
    catalogues.forget_catalogues()


def answer_of(response):
    return b"".join(MarkGaps(lambda request: response)(None))


def test_a_page_says_of_the_words_that_its_language_lacks_that_they_are_english(esperanto):
    words = translation.gettext("Good practices")
    assert answer_of(HttpResponse(f"<p>{words}</p>")) == b'<p lang="en">Good practices</p>'
    assert translation.pgettext("unit", "… km") in lacking("eo")
    assert translation.ngettext("%(n)s city", "%(n)s cities", 2) in lacking("eo")
    assert lacking("pl") == lacking("en") == frozenset()


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse('{"a": "<p>Good practices</p>"}', content_type="application/json"),
        StreamingHttpResponse([b"<p>Good practices</p>"]),
    ],
)
def test_what_is_no_page_stays_as_it_is(esperanto, response):
    translation.gettext("Good practices")
    assert b"lang=" not in answer_of(response)


def test_a_page_of_a_whole_language_is_not_looked_at(esperanto):
    page = HttpResponse("<p>Good practices</p>")
    with translation.override("pl"):
        assert answer_of(page) == b"<p>Good practices</p>"


def test_a_site_without_further_languages_does_without_looking(settings):
    settings.MORE_LANGUAGES = []
    with pytest.raises(MiddlewareNotUsed):
        MarkGaps(None)


def test_what_is_longer_than_any_text_of_ours_is_not_looked_at():
    english = English(frozenset({"The %(a)s of %(b)s of %(c)s is over"}))
    assert "The day of the city of the county is over" in english
    assert "The " + "of " * 20_000 not in english  # which would take minutes
