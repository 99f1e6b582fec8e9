"""What holds on every page of the real programme, in both languages."""

import re
from collections import Counter
from itertools import pairwise
from types import SimpleNamespace
from urllib.parse import parse_qs

import polib
import pytest
from django.apps import apps
from django.conf import settings as site_settings
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from html_page import Page

from cities.finder import kept
from precursors.page_cache import is_public, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]


def addresses(client):
    locations = re.findall(r"<loc>([^<]*)</loc>", client.get("/sitemap.xml").text)
    return [location.removeprefix(site_settings.SITE_URL) for location in locations]


seen = {}


@pytest.fixture
def unchanged(own_version, monkeypatch):
    """Let a worker keep what it reads within a test's transaction too: nothing changes any more."""
    version.bump()  # of no other test
    monkeypatch.setattr(kept, "connection", SimpleNamespace(in_atomic_block=False))


@pytest.fixture
def pages(client, unchanged):
    """Return {address: page} for the whole sitemap, asked for once; a page knows its queries.

    They are those of a page after others, by which a worker has read what it keeps.
    """
    for address in [] if seen else ["/pl/", "/en/", "/pl/miasta/", *addresses(client)]:
        with CaptureQueriesContext(connection) as queries:
            seen[address] = Page(client.get(address))
        seen[address].queries = len(queries)
    return seen


def which(pages, has_fault):
    """Return {address: fault} of the pages that have one."""
    return {address: fault for address, page in pages.items() if (fault := has_fault(page))}


def test_the_sitemap_names_all_of_the_programme_in_both_languages(pages):
    languages = Counter(address[:4] for address in pages)
    assert languages == {"/pl/": 241, "/en/": 241}
    # 15 pages, 7 countries, 37 cities, 67 practices, 34 topics, 46 events


def test_every_page_answers(pages):
    assert which(pages, lambda page: page.response.status_code != 200) == {}


def test_every_page_can_be_kept_ready(pages):
    assert which(pages, lambda page: not is_public("200 OK", page.response.headers)) == {}


def test_every_page_has_one_main_heading_and_skips_no_level(pages):
    def fault(page):
        levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
        jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        return levels if levels[:1] != [1] or levels.count(1) != 1 or jumps else None

    assert which(pages, fault) == {}


def test_every_title_and_description_is_its_own(pages):
    for language in ("pl", "en"):
        titles = Counter(
            page.texts("title")[0] for address, page in pages.items() if address[1:3] == language
        )
        assert [title for title, count in titles.items() if count > 1] == []


def test_no_page_costs_more_than_twelve_queries_and_both_languages_cost_the_same(pages):
    assert which(pages, lambda page: page.queries if page.queries > 12 else None) == {}
    costs = {"pl": Counter(), "en": Counter()}
    for address, page in pages.items():
        costs[address[1:3]][page.queries] += 1
    assert costs["pl"] == costs["en"]


def test_pictures_have_a_text_or_are_hidden(pages):
    def fault(page):
        images = [e for e in page.find("img") if "alt" not in e.attributes]
        drawings = [
            e
            for e in page.find("svg", role="img")
            if not (e.attributes.get("aria-label") or e.attributes.get("aria-labelledby"))
        ]
        empty = [e for e in page.find("img", alt="") if "decorative" not in e.classes]
        return images + drawings + empty

    assert which(pages, fault) == {}


def test_ids_are_unique_and_every_reference_finds_its_own(pages):
    def fault(page):
        ids = Counter(e.attributes["id"] for e in page.elements if e.attributes.get("id"))
        named = [
            reference
            for e in page.elements
            for name in ("aria-labelledby", "aria-describedby", "for")
            for reference in (e.attributes.get(name) or "").split()
        ]
        named += [link[1:] for link in page.links() + page.links("use") if link.startswith("#")]
        return [i for i, n in ids.items() if n > 1] + [r for r in named if r not in ids]

    assert which(pages, fault) == {}


@pytest.mark.long
def test_every_link_within_the_site_leads_to_a_page(pages, client):
    """Of links that ask a page for something, one of each kind; `make audit` follows all."""
    links = {link.partition("#")[0] for page in pages.values() for link in page.links()}
    inner = {link for link in links if link.startswith("/")}
    unknown = {
        (path, *parse_qs(query, keep_blank_values=True)): link
        for link in sorted(inner - set(pages))
        for path, _, query in [link.partition("?")]
    }
    assert {link for link in unknown.values() if client.get(link).status_code != 200} == set()
    assert set(pages) <= inner


def test_nothing_empty_or_unfinished_is_shown(pages):
    def fault(page):
        unfinished = re.findall(r"\bNone\b|\{\{|\{%|%\(\w+\)s|&amp;(?:amp|lt|nbsp);", page.html)
        tags = ("a", "p", "li", "dd", "dt", "th", "h1", "h2", "h3", "button", "title")
        named = ("aria-label", "aria-labelledby")
        empty = [
            e.tag
            for e in page.elements
            if e.tag in tags
            and e.is_shown
            and not e.text.strip()
            and not any(n in e.attributes for n in named)
        ]
        return unfinished + empty

    assert which(pages, fault) == {}


# No English on Polish pages: every message and every text of the database is put in marks; what
# is shown outside of them stands in a template or in the code, and no translator can reach it.

FORMATS = r"\b(?:CSV|XLSX|GeoJSON|JSON|Atom|BibTeX|Data Package|DCAT-AP)\b"
ALLOWED = re.compile(
    FORMATS + r"|Polski|English|https?://\S+|\S+@\S+|[\w.-]+\.[a-z]{2,}\S*", re.IGNORECASE
)
SPOKEN = ["aria-label", "alt", "title", "placeholder", "data-zoom-in", "data-zoom-out"]
SPOKEN += ["data-whole", "data-explore"]


def outside(text):
    """Return the words of a text that stand outside the marks."""
    depth, kept = 0, []
    for letter in text:
        depth += (letter == "⟦") - (letter == "⟧")
        kept.append(letter if depth == 0 and letter != "⟧" else " ")
    return re.findall(r"[^\W\d_]{2,}", ALLOWED.sub(" ", "".join(kept)))


AS_OTHERS_WROTE = [("Source", "title"), ("Mention", "title"), ("Mention", "collection")]
AS_OTHERS_WROTE += [("Event", "source_title"), ("Material", "source_title")]


@pytest.fixture
def marked(settings, tmp_path):
    """Put every Polish message and every text of the database in marks: ⟦Miasta⟧."""
    po = polib.pofile(str(settings.BASE_DIR / "locale/pl/LC_MESSAGES/django.po"))
    for entry in po:
        if entry.msgctxt != "address":
            entry.msgstr = f"⟦{entry.msgstr or entry.msgid}⟧"
            entry.msgstr_plural = {n: f"⟦{text}⟧" for n, text in entry.msgstr_plural.items()}
    target = tmp_path / "locale/pl/LC_MESSAGES"
    target.mkdir(parents=True)
    po.save_as_mofile(str(target / "django.mo"))
    settings.LOCALE_PATHS = [tmp_path / "locale", tmp_path / "built"]
    for model in apps.get_app_config("cities").get_models():
        own = ("partner", "local_name", "population_source", "credit", "licence")
        names = [
            field.name
            for field in model._meta.fields
            if (field.name.endswith("_pl") and not field.name.startswith("sort"))
            or field.name in own
            or (model.__name__, field.name) in AS_OTHERS_WROTE
        ]
        for name in names:
            filled = model.objects.exclude(**{name: ""})
            filled.update(**{name: Concat(Value("⟦"), F(name), Value("⟧"))})


def spoken(page):
    """Yield every text of a page that a reader sees or hears."""
    yield page.find("body")[0].text
    yield page.find("title")[0].text
    yield from (e.attributes["content"] for e in page.find("meta", name="description"))
    for element in page.elements:
        yield from (element.attributes[name] or "" for name in SPOKEN if name in element.attributes)


def test_words_outside_of_the_marks_are_found():
    assert outside("⟦a ⟦b⟧ c⟧, 12 km, Sztum – ⟦d⟧ https://example.org") == ["km", "Sztum"]


def test_no_visible_string_is_hard_coded(marked, unchanged, client):
    polish = [address for address in addresses(client) if address.startswith("/pl/")]
    polish += ["/pl/szukaj/", "/pl/szukaj/?q=energia", "/pl/szukaj/?q=nowhere"]
    polish += ["/pl/nowhere/", "/pl/miasta/?q=nowhere", "/pl/dobre-praktyki/?q=nowhere"]
    polish += ["/pl/miasta/?theme=energy&role=precursor", "/pl/dobre-praktyki/?stage=planned"]
    found = {}
    for address in polish:
        page = Page(client.get(address))
        texts = page.texts("code") + page.texts("time")  # for machines, and Django's months
        texts += [address.partition("?")[2]]  # what a visitor asked stands in the title
        code = {word for text in texts for word in outside(text)}
        words = {word for text in spoken(page) for word in outside(text)}
        if words - code:
            found[address] = words - code
    assert len(polish) == 249
    assert found == {}


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "413", "414", "500", "503", "507"])
def test_no_string_of_the_error_pages_is_hard_coded(marked, name):
    with override("pl"):
        page = Page(SimpleNamespace(text=render_to_string(f"{name}.html")))
    polish, english = page.find("section")
    assert polish.attributes["lang"] == "pl"
    assert outside(polish.text) == []
    assert outside(english.text) != []
