import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cities.text.messages import VITAL, clean, findings
from precursors import catalogues
from precursors.page_cache import version


class Command(BaseCommand):
    help = "Compile the translations of locale/ into var/; a running site takes them up at once."

    def handle(self, **options):
        source, target = map(Path, settings.LOCALE_PATHS)
        faults = []
        for language, path in catalogues.files().items():
            try:
                catalogue = catalogues.read(path)
                clean(catalogue)
                for entry, advice in findings(catalogue, language, VITAL):
                    faults.append(f"{path} (line {entry.linenum}): “{entry.msgid}”: {advice}")
                    break
                else:
                    content = catalogues.compiled(catalogue)
                    self.put(target / path.relative_to(source).with_suffix(".mo"), content)
                    self.stdout.write(catalogues.told(language, catalogue))
            except catalogues.BrokenCatalogueError as error:
                faults.append(str(error))
        if faults:
            told = "\n".join(faults)
            raise CommandError(f"The site keeps the words that it had.\n{told}")

    def put(self, path, content):
        """Write beside and move, so that a running site never reads half a file."""
        if path.exists() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")  # which no other process writes
        part.write_bytes(content)
        part.replace(path)
        catalogues.stamp().touch()
        version.bump()
