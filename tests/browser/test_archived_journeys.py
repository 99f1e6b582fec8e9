"""The archive on a plain file server, below a folder of another name: the journeys of the site."""

import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote

import pytest
import test_filters_in_place as in_place
import test_finder as journeys
import test_journeys
import test_phone as phone
import test_site_search as searches
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
both_languages = pytest.mark.parametrize("language", ["pl", "en"])


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site(archive):
    """Serve an archive of the real programme and return the address of the server."""
    quiet = partial(Quiet, directory=archive.parents[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def reverse_in(archive):
    """Return the address of a page in the archive."""
    folder = quote("/".join(archive.parts[-2:]))

    def reverse_in(language, name, **kwargs):
        with translation.override(language):
            return f"/{folder}{reverse(name, kwargs=kwargs)}index.html"

    return reverse_in


@pytest.mark.parametrize(("language", "by"), [("pl", "mouse"), ("en", "keyboard")])
def test_filters_lead_to_a_city_a_practice_and_back(new_context, reverse_in, language, by):
    journeys.test_all_three_themes_lead_to_a_city_a_practice_and_back(
        new_context, reverse_in, language, True, by
    )


def test_a_filter_ticked_before_the_script_comes_counts(page, reverse_in):
    in_place.tick_before("archive-form*.js", page, reverse_in)


def test_filters_and_view_of_the_map_survive(page, reverse_in):
    journeys.test_filters_and_view_of_the_map_survive_a_reload_and_a_visit(
        page, reverse_in, "pl", "mouse"
    )


def test_other_language_keeps_filters_and_view(page, reverse_in):
    journeys.test_other_language_keeps_filters_and_view(page, reverse_in, "en", "mouse")


@both_languages
def test_search_finds_and_marks(new_context, reverse_in, language):
    journeys.test_search_finds_a_city_with_accents_and_without(
        new_context, reverse_in, language, True, "mouse"
    )


def test_one_search_finds_and_corrects(new_context, reverse_in):
    searches.test_enter_searches_the_whole_site(new_context, reverse_in, True)


def test_suggestions_lead_on(page, reverse_in):
    searches.test_suggestions_are_chosen_by_keyboard_as_in_any_combobox(page, reverse_in)


def test_practices_stand_side_by_side(new_context, reverse_in):
    journeys.test_three_ticked_practices_stand_side_by_side(
        new_context, reverse_in, "en", True, "mouse"
    )


def test_a_planner_finds_and_compares_on_a_phone(new_context, reverse_in):
    phone.test_a_planner_finds_and_compares_on_a_phone(new_context, reverse_in, "pl", "touch", True)


def test_no_answer_says_which_filter_to_lift(page, reverse_in):
    in_place.test_no_answer_says_which_filter_to_lift_and_keeps_the_map(page, reverse_in, "en")


@pytest.fixture
def on_the_site(visit):
    """Return what the site answers to a query."""

    def on_the_site(language, name, query):
        with translation.override(language):
            return visit(reverse(name) + query)

    return on_the_site


def spaced(texts):
    return [" ".join(text.split()) for text in texts]


@both_languages
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("practices", "?theme=energy&theme=spatial&country=PL&stage=nonsense"),
        ("practices", "?q=plan&size=5k-20k"),
        ("practices", "?q=elektr%C4%85&sort=people"),
        ("practices", "?theme=spatial&country=at&sort=new"),
        ("practices", "?like=Weiz&theme=energy&theme=mobility"),
        ("practices", "?q=plan&like=Monachium&size=5k-20k"),
        ("practices", "?q=nowhere&country=pl"),
        ("practices", "?theme=energy&theme=mobility&theme=spatial&stage=planned&country=se"),
        ("cities", "?role=committed&theme=energy"),
        ("cities", "?q=austria&theme=mobility"),
    ],
)
def test_the_browser_answers_as_the_site_does(page, on_the_site, reverse_in, language, name, query):
    page.goto(reverse_in(language, name) + query)
    wanted = on_the_site(language, name, query)
    expect(page.locator("#show-all")).to_be_visible()  # when all that follows is answered
    assert page.locator("#found").inner_text() == wanted.texts("span", id="found")[0]
    assert spaced(journeys.names(page, ".card")) == wanted.texts("h3")
    assert spaced(page.locator(".reasons:visible").all_inner_texts()) == wanted.texts(
        "p", of="reasons"
    )
    options = [text for text in wanted.texts("option", inside="filters") if text]
    assert spaced(page.locator(".filters option").all_text_contents()) == options
    relaxations = page.locator(".no-answer li a")
    assert spaced(relaxations.all_inner_texts()) == wanted.texts("a", inside="no-answer")


@pytest.mark.parametrize(
    ("language", "like"),
    [("pl", "ok. 16 tys."), ("en", "Sztum"), ("pl", "Monachium"), ("en", "Atlantis")],
)
def test_a_town_that_is_typed_is_understood_as_on_the_site(
    page, on_the_site, reverse_in, language, like
):
    page.goto(reverse_in(language, "practices"))
    expect(page.locator("#apply-count")).not_to_be_empty()
    page.locator("#more-filters > summary").click()
    page.locator("[name=like]").fill(like)
    page.keyboard.press("Enter")
    expect(page.locator("#likeness")).to_be_visible()
    query = page.url.partition("?")[2]
    wanted = on_the_site(language, "practices", f"?{query}")
    assert wanted.texts("p", of="note") == spaced(page.locator("#likeness").all_inner_texts())
    assert page.locator("#found").inner_text() == wanted.texts("span", id="found")[0]
    first = wanted.texts("h3")
    assert spaced(journeys.names(page, ".card"))[: len(first)] == first
    page.go_back()
    expect(page.locator("#likeness")).to_be_hidden()
    expect(page.locator("[name=like]")).to_have_value("")


@pytest.mark.parametrize(
    ("language", "name", "table", "query"),
    [
        ("pl", "practices", "good-practices", "?theme=energy&country=pl"),
        ("en", "practices", "good-practices", "?topic=parkowanie&q=plan"),
        ("en", "cities", "cities", "?size=5k-20k&role=precursor"),
    ],
)
def test_what_was_filtered_is_saved_as_the_site_serves_it(
    page, client, reverse_in, language, name, table, query
):
    page.goto(reverse_in(language, name))
    expect(page.locator("#apply-count")).not_to_be_empty()
    expect(page.locator("#rows-shown")).to_be_hidden()
    page.goto(reverse_in(language, name) + query)
    with page.expect_download() as started:
        page.locator("#rows-shown button").click()
    with translation.override(language):
        live = client.get(reverse("data_file", args=[f"{table}.csv"]) + query)
    saved = started.value
    assert f'filename="{saved.suggested_filename}"' in live.headers["Content-Disposition"]
    assert saved.path().read_bytes().decode() == live.text.replace(settings.SITE_URL, "")


@both_languages
def test_the_browser_compares_as_the_site_does(page, on_the_site, reverse_in, language):
    chosen = ["cieplo-z-biomasy-weiz", "cieplo-z-biomasy-mank", "wymiana-kotlow-piastow"]
    query = "?" + "&".join(f"p={slug}" for slug in [*chosen, chosen[0]])
    page.goto(reverse_in(language, "compare") + query)
    expect(page.locator(".compared > li")).to_have_count(3)
    wanted = on_the_site(language, "compare", query)
    # Only a server knows how far the others' years reach.
    told = page.locator(".comparison li, .comparison h3").evaluate_all(
        "(all) => all.filter((e) => !e.closest('[hidden]')).map((e) => e.textContent)"
    )
    on_axis = "".join(dict.fromkeys(e.text for e in wanted.find("text")))
    told_there = [
        # The address of the site stands in no archive.
        re.sub(rf" {settings.SITE_URL}\S*", "", " ".join(e.text.split()))
        .removesuffix(on_axis)
        .strip()
        for e in wanted.elements
        if e.tag in ("li", "h3") and {"columns", "line", "comparison"} & set(e.inside)
    ]
    assert spaced(told) == told_there
    widths = page.locator(".comparison .bar rect").evaluate_all(
        "(all) => all.map((e) => e.getAttribute('width'))"
    )
    assert [float(w.rstrip("%")) for w in widths] == [
        float(e.attributes["width"].rstrip("%")) for e in wanted.find("rect", inside="bar")
    ]


@pytest.mark.parametrize("scripts", [True, False], ids=["js", "no js"])
def test_a_journey_leads_from_home_to_its_last_stop(new_context, reverse_in, scripts):
    test_journeys.test_a_journey_leads_from_home_to_its_last_stop(
        new_context, reverse_in, "pl", "mouse", scripts
    )
