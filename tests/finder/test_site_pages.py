"""Pages that stand in templates are found by what their own HTML says."""

import pytest
from django.utils import translation

from cities.finder.indexing import SUMMARY, TEXT, TITLE, parts
from cities.finder.site_pages import SitePage

HTML = """<head><meta name="description" content="Co i jak, „O &amp; A”."></head>
<body><h2>Menu</h2><p>Obok.</p>
<main id="main">
  <p>Przed tytułem.</p>
  <h1 class="title">Prywatność &amp;  <em>ciasteczka</em></h1>
  <p>Jeden <strong>akapit</strong>
  w dwóch wierszach.</p><ul><li>Punkt.</li></ul>
  <h2 id="dalej">Dalej</h2>
  <dl><dt>Słowo</dt><dd>Znaczenie</dd></dl>
  <table><tr><th>Kolumna</th><td>Komórka</td></tr><tr>Wiersz</tr></table>
  <h3>Pod nim</h3><div>Reszta.</div>
</main>
<h2>Stopka</h2><p>Pod spodem.</p></body>"""


@pytest.fixture
def page():
    return SitePage("privacy", HTML, "pl")


def test_a_page_is_found_by_its_title_its_description_and_each_block_below_its_heading(page):
    title = "Prywatność & ciasteczka"
    assert list(parts(page, "pl")) == [
        (TITLE, "", title),
        (SUMMARY, "", "Co i jak, „O & A”."),
        (SUMMARY, title, title),
        (TEXT, title, "Jeden akapit w dwóch wierszach."),
        (TEXT, title, "Punkt."),
        (SUMMARY, "Dalej", "Dalej"),
        *(
            (TEXT, "Dalej", block)
            for block in (
                "Słowo",
                "Znaczenie",
                "Kolumna",
                "Komórka",
                "Wiersz",
                "Pod nim",
                "Reszta.",
            )
        ),
    ]


def test_a_page_is_named_and_led_to_as_records_are(page):
    assert page.named_by == "name"
    assert (page.name, page.name_pl) == ("Prywatność & ciasteczka",) * 2
    assert page.summary_pl == "Co i jak, „O & A”."
    assert page.get_absolute_url() == "/pl/prywatnosc/"
    with translation.override("en"):
        assert page.get_absolute_url() == "/en/privacy/"
