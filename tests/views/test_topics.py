"""Topics: found by theme, and each with the advice of those who did it."""

import pytest

from cities.finder.sets import practice_sets
from cities.views.topics import near

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("pl", ["Ciepło 2 praktyki", "Światło 0 praktyk", "Rower 1 praktyka"]),
        ("en", ["Heat 2 practices", "Light 0 practices", "Cycling 1 practice"]),
    ],
)
def test_topics_stand_under_their_theme_with_what_visitors_find_in_them(
    visit, reverse_in, make_topic, make_practice, make_city, language, counted
):
    hidden = [make_practice(status="draft"), make_practice(city=make_city(status="draft"))]
    make_topic(make_practice("mobility"), name_pl="Rower", name_en="Cycling", theme="mobility")
    make_topic(*hidden, name_pl="Światło", name_en="Light")
    make_topic(make_practice(), make_practice(), *hidden, name_pl="Ciepło", name_en="Heat")
    make_topic(name_pl="Szkic", status="draft")
    page = visit(reverse_in(language, "topics"))
    assert page.texts("li", inside="topics") == counted


def test_a_draft_topic_is_hidden(visit, make_topic, deed):
    draft = make_topic(deed, slug="szkic", status="draft")
    visit(draft.get_absolute_url(), status=404)
    for address in (deed.get_absolute_url(), "/pl/zagadnienia/", "/pl/tematy/energia/"):
        assert draft.get_absolute_url() not in visit(address).links()


def test_each_town_gives_advice_once_before_any_speaks_again(
    visit, make_topic, make_city, make_practice
):
    talkative, other = make_city(name_pl="Gadatliwe"), make_city(name_pl="Inne")

    def practice(title, city=talkative, lessons="<p>Rada.</p>"):
        return make_practice(title_pl=title, city=city, lessons_pl=lessons)

    first, second = practice("A"), practice("B")
    elsewhere, mainly = practice("C", other), practice("D", other)
    silent = practice("E", make_city(), lessons="")
    for about_another_first in (first, second, elsewhere):
        make_topic(about_another_first)
    topic = make_topic(first, second, elsewhere, mainly, silent, slug="rady")
    page = visit(topic.get_absolute_url())
    assert page.links(inside="tips") == [
        practice.get_absolute_url() for practice in (mainly, first, second, elsewhere)
    ]


def test_the_practices_with_the_most_figures_come_first(
    visit, make_topic, make_practice, make_indicator
):
    few, many = make_practice(title_pl="A"), make_practice(title_pl="B")
    for practice in (few, many, many):
        make_indicator(practice=practice)
    page = visit(make_topic(few, many).get_absolute_url())
    links = [link for link in page.links(inside="practice-card") if "?p=" not in link]
    assert links == [p.get_absolute_url() for p in (many, few)]


def test_of_many_practices_the_first_are_shown_and_all_are_led_to(
    make_practice, make_topic, visit, monkeypatch
):
    monkeypatch.setattr("cities.views.topics.CARDS_ON_A_PAGE", 2)
    topic = make_topic(*(make_practice(title_pl=f"Tramwaj {n}") for n in range(3)))
    page = visit(topic.get_absolute_url())
    assert len(page.texts("h3", inside="practice-card")) == 2
    assert page.texts("a", href=f"/pl/dobre-praktyki/?topic={topic.slug}") == [
        "Pokaż wszystkie praktyki (3)",
        "Te praktyki według kraju, etapu i wielkości miejscowości",
    ]
    assert "3 praktyki · 3 miasta" in page.texts("p", of="kind")[0]


def test_nearby_are_the_topics_of_the_same_practices(make_topic, make_practice):
    one, two, hidden = make_practice(), make_practice(), make_practice(status="draft")
    topic = make_topic(one, two, hidden)
    less, more = make_topic(one, name_pl="A"), make_topic(one, two, name_pl="B")
    make_topic(hidden)
    make_topic(make_practice())
    assert near(topic, practice_sets()) == [more, less]


@pytest.mark.parametrize(
    ("language", "links"),
    [("pl", ["Ciepło", "Zieleń"]), ("en", ["Heat", "Zieleń"])],
)
def test_a_practice_leads_to_its_topics(visit, reverse_in, deed, make_topic, language, links):
    deed.topics.clear()
    make_topic(deed, name_pl="Zieleń", name_en="")
    make_topic(deed, name_pl="Ciepło", name_en="Heat")
    page = visit(reverse_in(language, "practice", slug=deed.slug))
    topics = [page.texts("a", inside="facts")[n] for n in (-2, -1)]
    assert topics == links


def test_a_theme_lists_its_topics(visit, make_topic, make_practice):
    topic = make_topic(make_practice(), theme="mobility")
    assert visit("/pl/tematy/mobilnosc/").links(inside="topics") == [topic.get_absolute_url()]
    assert visit("/pl/tematy/energia/").links(inside="topics") == []
