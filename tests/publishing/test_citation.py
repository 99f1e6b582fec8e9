from datetime import date

import pytest
from django.utils import translation

from cities.publishing import citation

DAYS = {"pl": "2026, 2 lutego", "en": "2026, February 2"}
SITES = {"pl": "Miasta prekursorzy", "en": "Precursor Cities"}


@pytest.fixture
def practice(make_practice):
    return make_practice(
        slug="tram", title_pl="Tramwaj & 5%", title_en="Tram & 5%", changed_on=date(2026, 2, 2)
    )


@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_citation_names_author_day_title_and_address(settings, practice, language):
    with translation.override(language):
        url = settings.SITE_URL + practice.get_absolute_url()
        assert citation.apa(practice) == f"{SITES[language]}. ({DAYS[language]}). {practice}. {url}"
        settings.OPERATOR_NAME = "PNEC"
        told = f"PNEC. ({DAYS[language]}). {practice}. {SITES[language]}. {url}"
        assert citation.apa(practice) == told


def test_bibtex_reads_no_command_in_a_title(settings, practice):
    url = settings.SITE_URL + practice.get_absolute_url()
    assert citation.bibtex(practice).splitlines() == [
        f"@misc{{precursors-{practice.uuid.hex[:12]},",
        '  author = "{Miasta prekursorzy}",',
        r"  title = {Tramwaj \& 5\%},",
        "  year = {2026},",
        f"  url = {{{url}}},",
        "  note = {2026-02-02},",
        "  month = feb,",
        "}",
    ]


def test_bibtex_keeps_the_capitals_of_names_alone(practice):
    practice.title_pl = "Tramwaj w Łodzi i SKM"
    assert "  title = {Tramwaj w {Łodzi} i {SKM}}," in citation.bibtex(practice).splitlines()


def test_a_work_has_one_key_in_every_language(practice):
    keys = set()
    for language in ("pl", "en"):
        with translation.override(language):
            keys.add(citation.bibtex(practice).splitlines()[0])
    assert keys == {f"@misc{{precursors-{practice.uuid.hex[:12]},"}


@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_practice_says_how_to_cite_it_and_when_it_changed(visit, practice, language, reverse_in):
    page = visit(reverse_in(language, "practice", slug="tram"))
    with translation.override(language):
        assert citation.apa(practice) in page.texts("p", inside="citation")
    assert page.find("time")[0].attributes["datetime"] == "2026-02-02"
