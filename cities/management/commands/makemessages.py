import re
from pathlib import Path

from django.core.management.commands import makemessages
from django.utils.translation import to_language

from precursors.catalogues import plural_rule

HEADER = """\
# What there is to translate in Precursor Cities; made by “make messages”, not to be edited.
msgid ""
msgstr ""
"Project-Id-Version: Precursor Cities\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
# Lines of the header that each program writes anew.
OF_EDITORS = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|X-[\w-]+): .*\n',
    re.MULTILINE,
)


class Command(makemessages.Command):
    """Django's command, but a second run changes nothing: no dates, no guessed translations.

    Beside the languages it keeps their source, locale/django.pot.
    """

    msgmerge_options = ["-q", "--backup=none", "--update", "--no-fuzzy-matching"]

    def handle(self, *args, **options):
        super().handle(*args, **options | {"keep_pot": True})

    def write_po_file(self, potfile, locale):
        super().write_po_file(potfile, locale)
        path = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        text = re.sub(OF_EDITORS, "", path.read_text(encoding="utf-8"))
        rule = f'"Plural-Forms: {plural_rule(to_language(locale))[1]}\\n"\n'
        text = re.sub(r'(?m)^"Plural-Forms: .*\n', lambda _line: rule, text, count=1)
        path.write_text(text, encoding="utf-8")
        self.head(Path(potfile))

    def head(self, path):
        """Give the source a header without the day and the gaps of gettext's own."""
        _header, blank, entries = path.read_text(encoding="utf-8").partition("\n\n")
        path.write_text(HEADER + blank[1:] + entries, encoding="utf-8")
