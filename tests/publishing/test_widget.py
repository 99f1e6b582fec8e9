from html import unescape

import pytest

from cities.mapping import map
from cities.publishing import widget

pytestmark = pytest.mark.django_db


@pytest.fixture
def sztum(make_city, make_practice):
    """Make Sztum with an energy practice, and a practice of mobility elsewhere."""
    sztum = make_city(slug="sztum", name_pl="Sztum", name_en="Sztum")
    make_practice("energy", city=sztum, title_en="Boilers", title_pl="Kotły")
    make_practice("mobility", title_en="Tram", title_pl="Tramwaj")
    make_practice("mobility", city=sztum, status="draft")
    return sztum


@pytest.mark.parametrize("query", ["", "?view=list", "?view=map&country=pl", "?city=sztum"])
def test_any_site_may_frame_the_widget_which_runs_no_script(visit, sztum, reverse_in, query):
    page = visit(reverse_in("en", "widget") + query)
    policy = page.response.headers["Content-Security-Policy"]
    assert "frame-ancestors *;" in f"{policy};"
    assert "script-src 'none'" in policy
    assert "X-Frame-Options" not in page.response.headers
    assert page.find("script") == []
    assert page.find("base")[0].attributes == {"target": "_blank"}
    assert len(page.find("h1")) == 1


def test_other_pages_stay_out_of_frames(visit, sztum, reverse_in):
    for name in ("home", "widget_builder"):
        page = visit(reverse_in("en", name))
        assert "frame-ancestors 'none'" in page.response.headers["Content-Security-Policy"]
        assert page.response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Boilers", "Tram"}),
        ("&theme=energy", {"Boilers"}),
        ("&city=sztum", {"Boilers"}),
        ("&city=sztum&theme=mobility", set()),
        ("&scheme=pink&utm_source=x", {"Boilers", "Tram"}),
    ],
)
def test_a_list_shows_the_practices_asked_for(visit, sztum, reverse_in, query, titles):
    page = visit(reverse_in("en", "widget") + "?view=list" + query)
    assert {e.text for e in page.find("a") if e.text in ("Boilers", "Tram")} == titles


@pytest.mark.parametrize("view", ["list", "map"])
@pytest.mark.parametrize("query", ["city=nowhere", "country=xx", "theme=wind", "role=mayor"])
def test_what_nobody_has_is_told(visit, sztum, reverse_in, view, query):
    page = visit(f"{reverse_in('en', 'widget')}?view={view}&{query}")
    assert "Nothing matches all of these filters." in page.texts("p")
    assert [page.find(tag) for tag in ("li", "figure")] == [[], []]


def test_a_list_says_how_many_it_leaves_out(visit, sztum, reverse_in, monkeypatch):
    page = visit(reverse_in("en", "widget") + "?view=list")
    assert "Shown" not in page.html
    monkeypatch.setattr(widget, "MOST_LISTED", 1)
    page = visit(reverse_in("en", "widget") + "?view=list")
    assert len(page.find("li")) == 1
    assert "Shown: 1 of 2." in page.texts("p")


@pytest.mark.parametrize(
    ("language", "title"), [("pl", "Miasta prekursorzy"), ("en", "Precursor Cities")]
)
def test_the_builder_writes_a_line_that_works(settings, visit, sztum, reverse_in, language, title):
    query = f"?language={language}&view=list&city=sztum&scheme=dark&theme=&country=xx"
    page = visit(reverse_in("en", "widget_builder") + query)
    [line] = page.texts("code")
    address = settings.SITE_URL + reverse_in(language, "widget")
    assert f'src="{address}?view=list&amp;city=sztum&amp;scheme=dark"' in line
    assert f'title="{title}: Sztum"' in line
    path = unescape(line.split('src="')[1].split('"')[0]).removeprefix(settings.SITE_URL)
    shown = visit(path)
    assert shown.find("html")[0].attributes["data-scheme"] == "dark"
    assert shown.texts("title") == [f"{title}: Sztum"]
    assert page.find("iframe")[0].attributes["src"] == path
    chosen = {option.attributes["value"] for option in page.find("option", selected=True)}
    assert chosen == {language, "list", "", "sztum", "dark", "520"}


@pytest.mark.parametrize(
    ("query", "height", "told"),
    [
        ("view=list", "520", "about 7 practices (520 px)"),
        ("view=list&height=1200", "1200", "about 19 practices (1200 px)"),
        ("view=list&height=5", "520", "about 7 practices (520 px)"),
        ("view=map", "760", "the whole map (760 px)"),
        ("view=map&height=520", "520", "a part of the map (520 px)"),
        ("view=map&city=sztum", "520", "the whole map (520 px)"),
    ],
)
def test_a_height_says_what_it_shows(visit, sztum, reverse_in, query, height, told):
    page = visit(f"{reverse_in('en', 'widget_builder')}?{query}")
    [frame] = page.find("iframe")
    assert frame.attributes["height"] == height
    assert f'height="{height}"' in page.texts("code")[0]
    assert told in [option.text for option in page.find("option", selected=True)]


@pytest.mark.database
def test_a_country_of_too_many_cities_is_counted_on_a_map_of_itself(
    visit, make_city, reverse_in, monkeypatch
):
    monkeypatch.setattr(map, "MOST_PINS", 2)
    make_city("se", latitude=66, longitude=22)
    for longitude in (18, 19, 20):
        make_city(longitude=longitude, latitude=52)
    drawn = visit(reverse_in("en", "widget") + "?country=pl").response.context["map"]
    assert [(pin.country.code, pin.count) for pin in drawn.counts] == [("pl", 3)]
    assert [(round(pin.left), round(pin.top)) for pin in drawn.counts] == [(50, 50)]
    assert [place.size for pin in drawn.counts for place in pin.placements] == ["narrow", "wide"]
