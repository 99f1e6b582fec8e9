from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from precursors import generation


class Command(BaseCommand):
    help = "Compile the translations of locale/ into var/, without gettext."

    def handle(self, **options):
        source, target = map(Path, settings.LOCALE_PATHS)
        for po_path in sorted(source.glob("*/LC_MESSAGES/*.po")):
            try:
                catalogue = polib.pofile(str(po_path))
            except (OSError, UnicodeDecodeError) as error:
                raise CommandError(f"{po_path}: {error}") from error
            mo_path = target / po_path.relative_to(source).with_suffix(".mo")
            mo_path.parent.mkdir(parents=True, exist_ok=True)
            # Written beside and moved, so that a running site never reads half a file.
            part = mo_path.with_suffix(".part")
            catalogue.save_as_mofile(str(part))
            part.replace(mo_path)
            self.stdout.write(f"{po_path.parent.parent.name}: {catalogue.percent_translated()}%")
        generation.move()
