import pytest

from cities.models import City, Country, Practice
from cities.text.rich_text import clean

KEPT = (
    "<h3>Tytuł</h3><h4>Niższy</h4><p><strong>a</strong> <em>b</em></p>"
    "<ul><li>c</li></ul><ol><li>d</li></ol>"
)


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        (KEPT, KEPT),
        ("<p>A<script>alert(1)</script>B</p>", "<p>AB</p>"),
        ('<p onclick="x()" style="color:red" class="y">A</p>', "<p>A</p>"),
        ("<h1>A</h1><h2>B</h2><table><tr><td>C</td></tr></table>", "<h3>A</h3><h4>B</h4><p>C</p>"),
        ('<img src="x" onerror="alert(1)"><p>A</p>', "<p>A</p>"),
        ('<a href="javascript:alert(1)">A</a>', "A"),
        (
            '<a href="https://example.org/" target="_blank">A</a>',
            '<a href="https://example.org/">A</a>',
        ),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("", ""),
    ],
)
def test_only_a_little_html_is_kept(dirty, cleaned):
    assert clean(dirty) == cleaned
    assert clean(cleaned) == cleaned


DIRTY = "<p>Tekst<script>alert(1)</script></p>"


def test_long_texts_are_cleaned_however_they_are_saved(make_country, make_city, make_practice):
    country = make_country("pl", text_pl=DIRTY, text_en=DIRTY)
    city = make_city(profile_pl=DIRTY, profile_en=DIRTY)
    practice = make_practice(description_pl=DIRTY, description_en=DIRTY, lessons_pl=DIRTY)
    practice.lessons_en = DIRTY
    practice.save()
    saved = [
        *Country.objects.filter(pk=country.pk).values_list("text_pl", "text_en").get(),
        *City.objects.filter(pk=city.pk).values_list("profile_pl", "profile_en").get(),
        *Practice.objects.filter(pk=practice.pk)
        .values_list("description_pl", "description_en", "lessons_pl", "lessons_en")
        .get(),
    ]
    assert saved == ["<p>Tekst</p>"] * 8
    assert city.profile_pl == "<p>Tekst</p>"


@pytest.mark.parametrize("language", ["pl", "en"])
def test_long_texts_are_cleaned_again_when_shown(make_practice, visit, reverse_in, language):
    practice = make_practice(slug="practice")
    told = {f"{name}_{language}": DIRTY for name in ("description", "lessons")}
    assert Practice.objects.filter(pk=practice.pk).update(**told) == 1
    City.objects.update(**{f"profile_{language}": DIRTY})
    Country.objects.update(**{f"text_{language}": DIRTY})
    for name, kwargs, times in [
        ("practice", {"slug": "practice"}, 2),
        ("city", {"slug": practice.city.slug}, 1),
        ("country", {"code": "pl"}, 1),
    ]:
        page = visit(reverse_in(language, name, **kwargs))
        assert page.html.count("<p>Tekst</p>") == times
        assert "alert(1)" not in page.html


def test_short_texts_are_escaped(make_city, visit, reverse_in):
    city = make_city(name_pl="<b>Łódź</b>", summary_pl="<script>alert(1)</script>", slug="town")
    page = visit(reverse_in("pl", "city", slug=city.slug))
    assert page.texts("h1") == ["<b>Łódź</b>"]
    assert "<script>alert" not in page.html
