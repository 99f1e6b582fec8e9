"""Sources that no longer answer, and their archived copies."""

import io
import zipfile

import pytest
from django.core.management import call_command
from django.utils import timezone

from cities.editing.links import links_of
from cities.importing.resources import SourceResource
from cities.models import CheckedLink, Source
from precursors.page_cache import version

pytestmark = pytest.mark.django_db

URL = "https://gazette.example/?a=1&b=2"
COPY = "https://archive.example/gazette"
DAYS = {"pl": ("2 marca 2026", "4 marca 2026"), "en": ("2 March 2026", "4 March 2026")}
TOLD = {
    "pl": [
        "Strona ostatni raz odpowiedziała {0}.",
        "Przy ostatniej próbie, {1}, strona nie odpowiadała.",
    ],
    "en": ["Last reached on {0}, not since.", "Not reachable when last tried on {1}."],
}


@pytest.fixture
def visited(monkeypatch):
    """Visit all links on a day of March 2026, on which they have this fault."""

    def visited(day, fault=""):
        moment = timezone.make_aware(timezone.datetime(2026, 3, day, 3))
        with monkeypatch.context() as patched:
            patched.setattr(timezone, "now", lambda: moment)
            call_command("check_links", fault_of=lambda url: fault, pause=0, verbosity=0)

    return visited


@pytest.fixture
def cited(deed, make_event, make_material):
    """The practice and its city, an event and the library, all with one source."""
    make_event(slug="gazeta", source_url=URL)
    make_material(source_url=URL)
    for owner in ({"practice": deed}, {"city": deed.city}):
        Source.objects.create(title="Gazeta", url=URL, archived_url=COPY, **owner)
    return deed


def addresses(reverse_in, language, deed):
    yield reverse_in(language, "practice", slug=deed.slug)
    yield reverse_in(language, "city", slug=deed.city.slug)
    yield reverse_in(language, "file") + f"?p={deed.slug}"


def of_one_source(reverse_in, language):
    yield reverse_in(language, "event", slug="gazeta")
    yield reverse_in(language, "library")


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("was_reached", [True, False])
def test_readers_learn_when_a_dead_source_last_answered(
    client, cited, visited, reverse_in, language, was_reached
):
    everywhere = [*addresses(reverse_in, language, cited), *of_one_source(reverse_in, language)]
    told = TOLD[language][0 if was_reached else 1].format(*DAYS[language])
    if was_reached:
        visited(2)
    for day, is_told in [(3, False), (4, True)]:
        visited(day, "404")
        for address in everywhere:
            text = " ".join(client.get(address).text.split()).replace("\xa0", " ")
            assert (told in text) is is_told, (address, day)
    visited(5)
    for address in everywhere:
        text = " ".join(client.get(address).text.split()).replace("\xa0", " ")
        assert all(words.split("{")[0] not in text for words in TOLD[language])


def test_an_archived_copy_is_one_link_away(visit, cited, reverse_in):
    for address in addresses(reverse_in, "en", cited):
        assert visit(address).links().count(COPY) == 1, address


def test_the_text_to_edit_tells_of_dead_sources_too(client, cited, visited, reverse_in):
    for day, fault in [(2, ""), (3, "404"), (4, "404")]:
        visited(day, fault)
    odt = client.get(reverse_in("en", "file_odt") + f"?p={cited.slug}")
    content = zipfile.ZipFile(io.BytesIO(odt.content)).read("content.xml").decode()
    text = " ".join(content.replace("\xa0", " ").split())
    assert "Last reached on 2 March 2026, not since." in text
    assert f'xlink:href="{COPY}"' in text


def test_a_night_of_visits_makes_pages_old_once(cited, visited, commit, own_version, monkeypatch):
    visited(2)
    bumps = []
    monkeypatch.setattr(version, "bump", lambda: bumps.append(1))
    with commit():
        visited(3, "404")
    assert CheckedLink.objects.filter(failures=1).count() == 2
    assert len(bumps) == 1


def test_what_was_visited_before_a_failure_is_kept(cited):
    answers = iter(["404"])
    with pytest.raises(StopIteration):
        call_command("check_links", fault_of=lambda url: next(answers), pause=0)
    assert list(CheckedLink.objects.values_list("failures", flat=True).order_by("-failures")) == [
        1,
        0,
    ]


def test_copies_are_visited_as_sources_are(cited):
    assert links_of(cited) == {URL, COPY}


def test_a_table_brings_archived_copies_back(cited):
    table = SourceResource().export()
    Source.objects.all().delete()
    assert SourceResource().import_data(table).totals["new"] == 2
    assert list(Source.objects.values_list("archived_url", flat=True)) == [COPY, COPY]


def test_the_open_data_know_archived_copies(client, cited, reverse_in):
    answer = client.get(reverse_in("en", "data_file", file="good-practices.json")).json()
    (told,) = answer["practices"]
    assert [source["archived_url"] for source in told["sources"]] == [COPY]


def test_a_title_tells_its_language_to_those_who_hear_it(make_practice, visit):
    practice = make_practice()
    Source.objects.create(practice=practice, title="Klimaschutz", url=URL, language="de")
    page = visit(practice.get_absolute_url())
    assert [link.attributes["lang"] for link in page.find("a", href=URL)] == ["de"]
