import re
import shutil

import polib
import pytest

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|…|</?\w+")


def catalogue(folder, language):
    return polib.pofile(str(folder / f"locale/{language}/LC_MESSAGES/django.po"))


@pytest.fixture
def polish(settings):
    return catalogue(settings.BASE_DIR, "pl")


def test_nothing_is_missing_or_guessed_in_polish(polish):
    assert [entry.msgid for entry in polish.untranslated_entries()] == []
    assert [entry.msgid for entry in polish.fuzzy_entries()] == []
    assert [entry.msgid for entry in polish.obsolete_entries()] == []


def test_placeholders_and_tags_survive_translation(polish):
    broken = []
    for entry in polish:
        told = [entry.msgstr, *entry.msgstr_plural.values()]
        allowed = [
            sorted(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural or "")
        ][: 2 if entry.msgid_plural else 1]
        broken += [
            text for text in filter(None, told) if sorted(PLACEHOLDER.findall(text)) not in allowed
        ]
    assert broken == []


def test_polish_plurals_have_all_four_forms(polish):
    assert polish.metadata["Plural-Forms"].startswith("nplurals=4;")
    plural = [entry for entry in polish if entry.msgid_plural]
    assert plural
    assert [e.msgid for e in plural if sorted(map(int, e.msgstr_plural)) != [0, 1, 2, 3]] == []


def test_polish_is_set_as_polish_is(polish):
    """No-break space after one-letter words, dashes for hyphens, „quotes”."""
    faults = re.compile(r"(?<![\w.])[aiouwzAIOUWZ] (?=\S)| - |[\"“]")
    texts = [text for e in polish for text in (e.msgstr, *e.msgstr_plural.values())]
    plain = [re.sub(r"<[^>]*>", "", text) for text in texts]
    assert [text for text in plain if faults.search(text)] == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_catalogues_hold_exactly_the_messages_of_the_site(settings, tmp_path, python, language):
    for folder in ("cities", "precursors", "templates", "locale"):
        shutil.copytree(settings.BASE_DIR / folder, tmp_path / folder)
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
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
