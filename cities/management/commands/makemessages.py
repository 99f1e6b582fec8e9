from pathlib import Path

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's command, but a second run changes nothing: no dates, no guessed translations."""

    msgmerge_options = ["-q", "--backup=none", "--update", "--no-fuzzy-matching"]

    def write_po_file(self, potfile, locale):
        super().write_po_file(potfile, locale)
        path = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text(
            "".join(line for line in lines if not line.startswith('"POT-Creation-Date')),
            encoding="utf-8",
        )
