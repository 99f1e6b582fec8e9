"""No catalogue that a translator could hand in breaks a page, or changes one unseen."""

import re
from pathlib import Path

import pytest
from addresses import PAGES
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from precursors import catalogues

RULE = catalogues.plural_rule("pl")[1]
HEAD = f"""\
msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {RULE}\\n"
"""
WORDS = """
#, python-format
msgid "%(done)s of them put otherwise"
msgstr "%(done)s ujęto inaczej"

msgid "See <cities>all cities</cities> or <b>one <i>city</i></b>."
msgstr "Zobacz <cities>wszystkie miasta</cities> albo <b>jedno <i>miasto</i></b>."

msgid "Map"
msgstr "Mapa"

msgctxt "unit"
msgid "…%"
msgstr "…%"

msgid "%(count)s tram"
msgid_plural "%(count)s trams"
msgstr[0] "%(count)s tramwaj"
msgstr[1] "%(count)s tramwaje"
msgstr[2] "%(count)s tramwajów"
msgstr[3] "%(count)s tramwaju"

msgctxt "address"
msgid "energy"
msgstr "energia"

msgctxt "address"
msgid "mobility"
msgstr "mobilnosc"

msgctxt "address"
msgid "cities/"
msgstr "miasta/"

msgctxt "address"
msgid "cities/<slug:slug>/"
msgstr "miasta/<slug:slug>/"

msgctxt "address"
msgid "topics/<slug:slug>/"
msgstr "zagadnienia/<slug:slug>/"

msgctxt "address"
msgid "about/"
msgstr "o-programie/"

msgctxt "address"
msgid "data/"
msgstr "dane/"

msgctxt "address"
msgid "themes/<theme:theme>/"
msgstr "tematy/<theme:theme>/"

msgctxt "address"
msgid "data/widget/"
msgstr "dane/widzet/"
"""
WHOLE = HEAD + WORDS
DAMAGES = {  # what stands there instead of what, and a word of what the translator is told
    "a lone percent sign": ("%(done)s ujęto", "%(done)s 100% kész", "%%"),
    "a percent sign before a letter that formats": ("%(done)s ujęto", "%(done)s, 5 % dni", "%%"),
    "a percent sign at the end": ("inaczej", "w 100 %", "%%"),
    "a percent sign where the English has none": ("Mapa", "Mapa 100% kész", "percent"),
    "a doubled percent sign where the English has none": ("Mapa", "Mapa 100%%", "out"),
    "a name of another kind": ("%(done)s ujęto", "%(done)d ujęto", "%(done)s"),
    "a name with a space": ("%(done)s ujęto", "%(done) s ujęto", "%(done)s"),
    "a name that is not closed": ("%(done)s ujęto", "%(done ujęto", "%(done)s"),
    "a name mistyped": ("%(done)s ujęto", "%(ile)s ujęto", "%(done)s"),
    "a name left out": ("%(done)s ujęto", "Ujęto", "%(done)s"),
    "a name too many": ("Mapa", "Mapa %(done)s", "out"),
    "a unit without its number": ('"…%"\n\nmsgid', '"%"\n\nmsgid', "…"),
    "a plural form that is blank": ('"%(count)s tramwajów"', '""', "4 plural forms"),
    "a plural form that is not there": ('msgstr[3] "%(count)s tramwaju"\n', "", "4 plural"),
    "plural forms too many": ('tramwaju"\n', 'tramwaju"\nmsgstr[4] "%(count)s t"\n', "4 plural"),
    "a script": ("Mapa", "Mapa<script>alert(1)</script>", "tags out"),
    "a mark that is not closed": ("miasta</cities>", "miasta", "keep"),
    "crossed marks": ("<i>miasto</i></b>", "<i>miasto</b></i>", "opened last"),
    "marks the wrong way round": ("<b>jedno <i>miasto</i></b>", "</b>j <i>m</i><b>", "opened last"),
    "a mark with an attribute": ("<b>jedno", '<b onclick=\\"x()\\">jedno', "keep"),
    "a lone angle": ("Mapa", "Mapa < 5", "<"),
    "half a comment": ("Mapa", "Mapa <!--", "<"),
    "a straight quotation mark": ("Mapa", 'Mapa \\" onfocus=\\"x()', '"'),
    "an entity": ("Mapa", "Mapa&nbsp;&lt;b&gt;", "&lt;"),
    "a slash in a word of an address": ("energia", "ener/gia", "slashes"),
    "a space in an address": ("o-programie/", "o programie/", "small letters"),
    "an accent in an address": ("mobilnosc", "mobilność", "small letters"),
    "a capital in an address": ("o-programie/", "O-programie/", "small letters"),
    "an address without its slash": ("o-programie/", "o-programie", "slashes"),
    "an address that is empty but for a slash": ("o-programie/", "/", "slashes"),
    "an address with another variable": ("zagadnienia/<slug:slug>", "z/<slug:slog>", "< and >"),
    "an address that begins elsewhere": ("o-programie/", "/o-programie/", "slashes"),
    "an address with two dots": ("o-programie/", "../", "small letters"),
    "two pages of one address": ("o-programie/", "dane/", "another page"),
    "two kinds of page of one address": ("zagadnienia/<", "miasta/<", "another page"),
    "an address that another swallows": ("dane/widzet/", "miasta/widzet/", "another page"),
    "two themes of one name": ('"mobilnosc"', '"energia"', "another page"),
    "another charset in the header": ("charset=UTF-8", "charset=ISO-8859-2", "charset=UTF-8"),
    "no charset in the header": ("; charset=UTF-8", "", "charset=UTF-8"),
    "a header that is gone": (HEAD, "", "charset=UTF-8"),
    "a text twice": ('msgid "Map"', 'msgid "Map"\nmsgstr "Plan"\n\nmsgid "Map"', "line 14 too"),
    "the mark of a conflict": ('msgid "Map"', '<<<<<<< HEAD\nmsgid "Map"', "two versions"),
    "the middle of a conflict": ('msgid "Map"', '=======\nmsgid "Map"', "two versions"),
    "an English text emptied": ('msgid "Map"', 'msgid ""', "English is gone"),
    "a quotation mark not closed": ('"Mapa"', '"Mapa', "line"),
    "a keyword mistyped": ('msgstr "Mapa"', 'msgstrr "Mapa"', "line"),
    "a letter of another encoding": ("Mapa", "Mapa\udcb1", "UTF-8"),
    "another kind of file": (WHOLE, "PK\x03\x04\0\0\udcff", "UTF-8"),
}


@pytest.fixture
def hand_in(settings, tmp_path):
    """Give the site the words of a small Polish catalogue."""
    settings.LOCALE_PATHS = [tmp_path / "locale", tmp_path / "built"]
    path = tmp_path / "locale/pl/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    (tmp_path / "locale/django.pot").write_text(WHOLE)

    def hand_in(text):
        path.write_bytes(text.encode(errors="surrogateescape"))
        call_command("compile_locale")

    yield hand_in
    catalogues.forget_catalogues()


@pytest.mark.parametrize(("old", "new", "told"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_catalogue_is_refused_and_leaves_the_words_as_they_were(
    hand_in, tmp_path, old, new, told
):
    hand_in(WHOLE)
    built = tmp_path / "built/pl/LC_MESSAGES/django.mo"
    before = built.read_bytes()
    assert old in WHOLE
    with pytest.raises(CommandError) as refused:
        hand_in(WHOLE.replace(old, new, 1))
    said = str(refused.value)
    assert re.search(r"django\.po \(?line \d+\)?: ", said), said
    assert told in said
    assert built.read_bytes() == before


def test_a_plural_rule_that_an_editor_wrote_does_not_count(hand_in, tmp_path):
    hand_in(WHOLE)
    built = tmp_path / "built/pl/LC_MESSAGES/django.mo"
    before = built.read_bytes()
    hand_in(WHOLE.replace(RULE, "nplurals=1; plural=0;"))
    assert built.read_bytes() == before


def test_a_percent_sign_of_a_unit_stands_before_any_letter(hand_in):
    hand_in(WHOLE.replace('"…%"\n\nmsgid', '"…% évente"\n\nmsgid'))
    with translation.override("pl"):
        assert translation.pgettext("unit", "…%") == "…% évente"


def test_a_byte_order_mark_does_no_harm(hand_in, tmp_path):
    hand_in("\N{BOM}" + WHOLE)
    with translation.override("pl"):
        assert translation.gettext("Map") == "Mapa"


def test_a_refused_catalogue_leaves_the_addresses_that_were(hand_in):
    hand_in(WHOLE)
    with pytest.raises(CommandError):
        hand_in(WHOLE.replace("o-programie/", "dane/"))
    with translation.override("pl"):
        assert reverse("about") == "/pl/o-programie/"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            WORDS[WORDS.index('msgid "Map"') : WORDS.index('msgctxt "unit"')],
            "",
            "“Map”: it is missing",
        ),
        (WORDS, "", "“Map”: it is missing"),
        ('msgid "Map"', 'msgid "Maps"', "“Maps”: the site has no such text"),
        (RULE, "nplurals=3; plural=n;", "Plural-Forms: nplurals=4"),
    ],
)
def test_a_catalogue_is_held_against_what_there_is_to_translate(hand_in, capsys, old, new, told):
    hand_in(WHOLE.replace(old, new, 1))
    capsys.readouterr()
    with pytest.raises(CommandError):
        call_command("check_locale")
    said = capsys.readouterr().out
    assert told in said
    assert ("100%" in said) == (old == RULE)


def test_the_words_of_the_site_survive_damages_to_its_own_catalogue(
    settings, tmp_path, client, deed
):
    """End to end: the real file, damaged in five ways; no page fails, and none changes."""
    original = Path(settings.LOCALE_PATHS[0])
    settings.LOCALE_PATHS = [tmp_path / "locale", tmp_path / "built"]

    def pages():
        catalogues.forget_catalogues()
        found = {}
        for language in ("pl", "en"):
            with translation.override(language):
                addresses = [reverse(name, kwargs=kwargs) for name, kwargs, *_paths in PAGES]
            found |= {address: client.get(address) for address in addresses}
        assert {page.status_code for page in found.values()} == {200}
        return {address: page.content for address, page in found.items()}

    text = (original / "pl/LC_MESSAGES/django.po").read_text()
    path = tmp_path / "locale/pl/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    (tmp_path / "locale/django.pot").write_text((original / "django.pot").read_text())
    path.write_text(text)
    call_command("compile_locale")
    before = pages()
    for old, new in (
        ('"Dobre praktyki"', '"Dobre <script>alert(1)</script> praktyki"'),
        ('msgstr "energia"', 'msgstr "ener/gia"'),
        ('msgstr "o-programie/"', 'msgstr "dane/"'),
        ("charset=UTF-8", "charset=ISO-8859-2"),
        ('"%(figure)s miasto"', '"%(figure)s miasto, 5 % dni"'),
    ):
        assert old in text, old
        path.write_text(text.replace(old, new))
        with pytest.raises(CommandError):
            call_command("compile_locale")
    assert pages() == before
    settings.LOCALE_PATHS = [original, settings.BUILD_DIR / "locale"]
    catalogues.forget_catalogues()
