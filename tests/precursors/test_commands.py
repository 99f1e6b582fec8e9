import gettext
import socket

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.translation import gettext as gettext_now
from django.utils.translation import ngettext

from precursors import django_internals
from precursors.catalogues import plural_rule

PO = f"""msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: {plural_rule("pl")[1]}\\n"

msgid "city"
msgid_plural "cities"
msgstr[0] "miasto"
msgstr[1] "miasta"
msgstr[2] "miast"
msgstr[3] "miasta"

msgctxt "stage"
msgid "planned"
msgstr "planowana"

#, fuzzy
msgid "guessed"
msgstr "zgadnięte"

msgid "untold"
msgstr ""
"""


@pytest.fixture
def po(settings, tmp_path):
    """Write a small catalogue where the site looks for its own."""
    settings.LOCALE_PATHS = [tmp_path / "locale", tmp_path / "var" / "locale"]
    path = tmp_path / "locale/pl/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    (tmp_path / "locale/django.pot").write_text(PO, encoding="utf-8")
    yield path
    django_internals.forget_catalogues()


def test_catalogues_are_compiled_into_var_without_gettext(po, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    call_command("compile_locale")
    assert capsys.readouterr().out == "pl: 2 of 4 translated, 50%\n"
    with (tmp_path / "var/locale/pl/LC_MESSAGES/django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    told = [catalogue.ngettext(*words) for words in [("city", "cities", 1), ("city", "cities", 5)]]
    told += [catalogue.pgettext(*words) for words in [("stage", "planned")]]
    told += [catalogue.gettext(word) for word in ("guessed", "untold")]
    assert told == ["miasto", "miast", "planowana", "guessed", "untold"]
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "compiled",
        "django.mo",
        "django.po",
        "django.pot",
    ]


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ('msgid "a"\nmsgstr "b "c" d"', 23),
        ('msgid "%(n)s trams"\nmsgstr "%(number)s tramwajów"', 22),
        ('msgctxt "address"\nmsgid "trams/<slug:slug>/"\nmsgstr "tramwaje/<slug>/"', 22),
    ],
)
def test_a_broken_catalogue_is_named_and_the_old_one_kept(po, tmp_path, entry, line):
    call_command("compile_locale", verbosity=0)
    compiled = tmp_path / "var/locale/pl/LC_MESSAGES/django.mo"
    before = compiled.read_bytes()
    po.write_text(f"{PO}\n{entry}\n", encoding="utf-8")
    with pytest.raises(CommandError) as error:
        call_command("compile_locale")
    assert f"{po} (line {line})" in str(error.value)
    assert compiled.read_bytes() == before


def test_a_running_site_takes_up_new_words_and_addresses(po, client):
    def compile_as(word, address):
        entries = f'msgid "Privacy"\nmsgstr "{word}"\n\n'
        entries += f'msgctxt "address"\nmsgid "privacy/"\nmsgstr "{address}/"\n'
        po.write_text(f"{PO}\n{entries}", encoding="utf-8")
        call_command("compile_locale", verbosity=0)

    compile_as("Dane", "dane")
    assert "<h1>Dane</h1>" in client.get("/pl/dane/").text
    compile_as("Poufność", "poufne")
    assert "<h1>Poufność</h1>" in client.get("/pl/poufne/").text
    assert client.get("/pl/dane/").status_code == 404


def test_what_a_language_lacks_is_english_not_polish(po, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]
    german = po.parents[2] / "de/LC_MESSAGES/django.po"
    german.parent.mkdir(parents=True)
    two_forms = PO.replace('msgstr[2] "miast"\nmsgstr[3] "miasta"\n', "")
    german.write_text(two_forms.replace("miast", "Stadt"), encoding="utf-8")
    english = po.parents[2] / "en/LC_MESSAGES/django.po"
    english.parent.mkdir(parents=True)
    english.write_text(PO.split('msgid "city"')[0] + 'msgid "untold"\nmsgstr "in English"\n')
    po.write_text(PO.replace('"untold"\nmsgstr ""', '"untold"\nmsgstr "po polsku"'), "utf-8")
    call_command("compile_locale", verbosity=0)
    with translation.override("de"):
        told = [gettext_now("untold"), gettext_now("Not there"), ngettext("city", "cities", 1)]
    assert told == ["in English", "Not there", "Stadto"]


@pytest.mark.parametrize("language", ["xx", "zh-cn", "../pl", "pl"])
def test_a_language_that_cannot_be_added_is_told_in_one_line(po, language):
    with pytest.raises(CommandError, match=f"“{language}”"):
        call_command("add_language", language)


def test_check_locale_names_files_that_it_cannot_judge(po, capsys):
    broken = po.parents[2] / "de/LC_MESSAGES/django.po"
    unknown = po.parents[2] / "xx/LC_MESSAGES/django.po"
    for path, text in ((broken, f'{PO}\nmsgid "a"\nmsgstr "b "c" d"'), (unknown, PO)):
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"^Findings: 4$"):
        call_command("check_locale")
    told = capsys.readouterr().out
    assert (
        f"{broken} (line 23): words must stand in quotation marks, behind msgid or msgstr\n" in told
    )
    assert f"{unknown}: Django knows no language “xx”.\n" in told
    assert f"{po} (line 19): “untold”: translate it\n" in told


@pytest.mark.parametrize(
    ("host", "family"), [("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6)]
)
def test_a_port_in_use_is_told_in_one_line(host, family):
    with socket.create_server((host, 0), family=family) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError) as error:
            call_command("serve", host=host, port=port)
    (line,) = str(error.value).splitlines()
    assert line.startswith(f"Cannot serve at {host}:{port}: Address already in use.")
    assert "make run PORT=" in line


@pytest.mark.parametrize(
    ("host", "port"), [("203.0.113.1", 8000), ("127.0.0.1", 70000), ("no such host", 8000)]
)
def test_an_address_that_cannot_be_served_is_told_in_one_line(host, port):
    with pytest.raises(CommandError) as error:
        call_command("serve", host=host, port=port)
    (line,) = str(error.value).splitlines()
    assert line.startswith(f"Cannot serve at {host}:{port}: ")


@pytest.mark.parametrize(
    ("database", "name"),
    [
        ("postgres://nobody@127.0.0.1:1/nothing", "127.0.0.1"),
        ("postgres://nobody@nowhere.invalid/nothing", "nowhere.invalid"),
        ("sqlite:////nowhere/site.sqlite3", "/nowhere/site.sqlite3"),
    ],
)
def test_a_database_out_of_reach_is_told_in_one_line(python, database, name):
    run = python("manage.py", "prepare", DATABASE_URL=database)
    (line,) = run.stderr.splitlines()
    assert line.startswith(f"CommandError: The database {name} cannot be reached: ")
    assert run.returncode == 1


@pytest.mark.database
@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
