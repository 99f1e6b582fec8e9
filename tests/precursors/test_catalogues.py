import csv
import re
import shutil

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

from cities.text import messages
from precursors.catalogues import plural_rule


def catalogue(folder, language):
    return polib.pofile(str(folder / f"locale/{language}/LC_MESSAGES/django.po"))


NBSP = "\N{NO-BREAK SPACE}"
PLURAL = {"msgid": "%(n)s tram", "msgid_plural": "%(n)s trams"}
FOUR = ["%(n)s tramwaj", "%(n)s tramwaje", "%(n)s tramwajów", "%(n)s tramwaju"]


def test_a_damaged_file_stops_no_command_and_is_compiled_anew(python, tmp_path):
    python("manage.py", "compile_locale")
    built = tmp_path / "var/locale/pl/LC_MESSAGES/django.mo"
    whole = built.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:10], b"", b"\0" * 99, b"\xff" * 9999):
        built.write_bytes(damaged)
        say = "from django.utils.translation import gettext as _; print(_('Good practices'))"
        said = python("manage.py", "shell", "-v0", "-c", say)
        assert (said.returncode, said.stdout) == (0, "Good practices\n"), said.stderr
        assert "damaged" in said.stderr or not damaged.strip(b"\0\xff")
        assert python("manage.py", "compile_locale").returncode == 0
        assert built.read_bytes() == whole


def test_the_catalogues_have_no_fault(capsys):
    call_command("check_locale")
    english, polish = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"en: \d+ texts, the original; 0 of them put otherwise", english)
    assert re.fullmatch(r"pl: (\d+) of \1 translated, 100%", polish)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_catalogue_has_the_plural_rule_of_its_language(settings, language):
    rule = catalogue(settings.BASE_DIR, language).metadata["Plural-Forms"]
    assert rule == plural_rule(language)[1]


def test_translators_meet_no_html_no_addresses_and_no_nameless_placeholders(settings):
    texts = [entry.msgid for entry in catalogue(settings.BASE_DIR, "pl")]
    assert [text for text in texts if re.search(r"<\w+ |https?:|www\.|%[sd]", text)] == []


@pytest.mark.parametrize(
    ("rule", "entry", "is_faulty"),
    [
        (messages.untranslated, {"msgid": "Tram", "msgstr": ""}, True),
        (messages.untranslated, {"msgid": "Tram", "msgstr": "Tramwaj"}, False),
        (messages.fuzzy, {"msgid": "Tram", "msgstr": "Tramwaj", "flags": ["fuzzy"]}, True),
        (messages.obsolete, {"msgid": "Tram", "msgstr": "Tramwaj", "obsolete": True}, True),
        (messages.placeholders, {"msgid": "%(n)s trams", "msgstr": "%(m)s tramwajów"}, True),
        (messages.placeholders, {"msgid": "… km", "msgstr": "km"}, True),
        (messages.placeholders, PLURAL | {"forms": [*FOUR[:3], "tramwaju"]}, True),
        (messages.placeholders, PLURAL | {"forms": FOUR}, False),
        (messages.address, {"msgid": "a/<slug:slug>/", "msgstr": "a/<slug:slog>/"}, True),
        (messages.address, {"msgid": "tram/", "msgstr": "tramwaje łódzkie/"}, True),
        (messages.address, {"msgid": "tram/", "msgstr": "tramwaj"}, True),
        (messages.address, {"msgid": "a/<slug:slug>/", "msgstr": "bc-d/<slug:slug>/"}, False),
        (messages.tags, {"msgid": "A <b>tram</b>", "msgstr": "<b>Tramwaj"}, True),
        (messages.tags, {"msgid": "A <b>tram</b>", "msgstr": "<b>Tramwaj</b>"}, False),
        (messages.plurals, PLURAL | {"forms": [*FOUR[:3], ""]}, True),
        (messages.plurals, PLURAL | {"forms": FOUR[:3]}, True),
        (messages.alike, PLURAL | {"forms": FOUR[:1] * 4}, True),
        (messages.plurals, PLURAL | {"forms": FOUR}, False),
        (messages.alike, PLURAL | {"forms": FOUR}, False),
        (messages.edges, {"msgid": "Tram", "msgstr": "Tramwaj "}, True),
        (messages.edges, {"msgid": "Tram\n", "msgstr": "Tramwaj"}, True),
        (messages.punctuation, {"msgid": "A tram.", "msgstr": "Tramwaj"}, True),
        (messages.punctuation, {"msgid": "A “tram.”", "msgstr": "„Tramwaj”."}, False),
        (messages.doubled, {"msgid": "A tram", "msgstr": "Tramwaj tramwaj"}, True),
        (messages.unchanged, {"msgid": "Tram", "msgstr": "Tram"}, True),
        (messages.unchanged, {"msgid": "Region", "msgstr": "Region"}, False),
        (messages.length, {"comment": "at most 8 letters", "msgstr": "Tramwaje"}, False),
        (messages.length, {"comment": "at most 8 letters", "msgstr": "Tramwajem"}, True),
        (messages.glossary, {"msgid": "Study visits", "msgstr": "Wycieczki"}, True),
        (messages.glossary, {"msgid": "Study visits", "msgstr": "Wizyty studyjne"}, False),
        (messages.typography, {"msgstr": "Tramwaj “Nowy”"}, True),
        (messages.typography, {"msgstr": "Tramwaj w Łodzi"}, True),
        (messages.typography, {"msgstr": "Tramwaj od 21 września"}, True),
        (messages.typography, {"msgstr": f"„Tramwaj” w{NBSP}Łodzi"}, False),
        (messages.typography, {"msgstr": "5% tramwajów"}, False),
        (messages.typography, {"msgstr": "Tramwaj, mapa i%(n)s procent"}, True),
        (messages.typography, {"msgstr": f"Zmieniono w{NBSP}międzyczasie"}, True),
        (messages.typography, {"msgstr": f"Wersja{NBSP}robocza"}, True),
        (messages.typography, {"msgstr": "Podkład mapy: GeoNames"}, True),
        (messages.glossary, {"msgid": "Status", "msgstr": "Stan"}, True),
        (messages.glossary, {"msgid": "%(status)s tram", "msgstr": "%(status)s tramwaj"}, False),
        (messages.glossary, {"msgid": "A figure", "msgstr": "Wartość"}, True),
        (messages.glossary, {"msgid": "A draft", "msgstr": "Wersja wstępna"}, True),
    ],
)
def test_a_fault_is_found_by_its_rule(rule, entry, is_faulty):
    forms = dict(enumerate(entry.pop("forms", [])))
    context = "address" if rule is messages.address else None
    entry = polib.POEntry(**{"msgid": "Tram"} | entry, msgstr_plural=forms, msgctxt=context)
    assert len(list(rule(entry, "pl"))) == is_faulty
    assert rule in [messages.untranslated, *messages.RULES]


def test_the_english_of_the_code_is_proofread_too():
    faulty = polib.POEntry(msgid="A few per cent")
    assert len(list(messages.typography(faulty, "en"))) == 1
    assert list(messages.typography(faulty, "pl")) == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_catalogues_hold_exactly_the_messages_of_the_site(settings, tmp_path, python, language):
    for folder in ("cities", "precursors", "templates", "locale"):
        shutil.copytree(settings.BASE_DIR / folder, tmp_path / folder)
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    save_as_an_editor_does(tmp_path / f"locale/{language}/LC_MESSAGES/django.po")
    run = python(
        "manage.py",
        *("makemessages", "-l", language, "--add-location", "file", "--no-wrap", "--no-obsolete"),
        folder=tmp_path,
    )
    assert run.returncode == 0, run.stderr
    kept, fresh = (
        {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue(folder, language)}
        for folder in (settings.BASE_DIR, tmp_path)
    )
    assert fresh - kept == set()
    assert kept - fresh == set()
    kept, fresh = (
        (folder / f"locale/{language}/LC_MESSAGES/django.po").read_text(encoding="utf-8")
        for folder in (settings.BASE_DIR, tmp_path)
    )
    assert fresh == kept  # nothing of the editor's is left


def save_as_an_editor_does(path):
    """Wrap the lines of a catalogue and write its header as Poedit and Weblate do."""
    catalogue = polib.pofile(str(path), wrapwidth=78)
    catalogue.metadata |= {
        "PO-Revision-Date": "2026-11-28 20:00+0100",
        "Last-Translator": "Jan Kowalski <jan@example.org>",
        "Language-Team": "Polish <https://example.org/pl/>",
        "Plural-Forms": catalogue.metadata["Plural-Forms"].rstrip(";"),
        "X-Generator": "Poedit 3.4",
        "X-Poedit-SourceCharset": "UTF-8",
    }
    catalogue.save()


def test_a_word_alone_has_a_note_a_context_or_names_a_field_or_a_country():
    with (settings.BASE_DIR / "cities/data/countries.csv").open(encoding="utf-8") as table:
        countries = {row["name_en"] for row in csv.DictReader(table)}
    bare = {
        entry.msgid
        for entry in polib.pofile(str(settings.BASE_DIR / "locale/django.pot"))
        if len(entry.msgid.split()) == 1
        and not (entry.comment or entry.msgctxt or entry.msgid in countries)
        and not any(path.startswith("cities/models/") for path, _line in entry.occurrences)
    }
    assert bare == set()


def test_every_note_reaches_the_translators():
    told = [entry.comment for entry in polib.pofile(str(settings.BASE_DIR / "locale/django.pot"))]
    told = " ".join(" ".join(told).split())
    notes = set()
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        notes |= set(re.findall(r"\{# *(Translators:.*?)#\}", path.read_text(), re.DOTALL))
    for wing in ("cities", "precursors"):
        for path in (settings.BASE_DIR / wing).rglob("*.py"):
            found = re.findall(r"# (Translators:.*(?:\n *#.*)*)", path.read_text())
            notes |= {re.sub(r"\n *#", " ", note) for note in found}
    assert len(notes) > 200
    assert {note for note in notes if " ".join(note.split()) not in told} == set()
