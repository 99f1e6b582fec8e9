import os
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cities.text.messages import VITAL, clean, findings
from precursors import catalogues
from precursors.addresses import misleading
from precursors.page_cache import version


class Command(BaseCommand):
    help = "Compile the translations of locale/ into var/; a running site takes them up at once."

    def handle(self, **options):
        faults, good = [], {}
        for language, path in catalogues.files().items():
            try:
                catalogue = catalogues.read(path)
                clean(catalogue)
                for entry, advice in findings(catalogue, language, VITAL):
                    faults.append(told(path, entry, advice))
                    break
                else:
                    good[language] = catalogue, catalogues.compiled(catalogue, language)
            except catalogues.BrokenCatalogueError as error:
                faults.append(str(error))
            except LookupError as error:  # a folder of a language that Django does not know
                faults.append(f"{path}: {error}")
        faults += self.keep_addresses(good)
        for language, (catalogue, content) in good.items():
            self.put(built(catalogue, settings.LOCALE_PATHS[1]), content)
            self.stdout.write(catalogues.told(language, catalogue))
        if faults:
            told_all = "\n".join(faults)
            raise CommandError(f"The site keeps the words that it had.\n{told_all}")

    def keep_addresses(self, good):
        """Leave out the languages with an address that leads astray; return what is wrong."""
        faults = []
        with TemporaryDirectory() as folder:
            for catalogue, content in good.values():
                path = built(catalogue, folder)
                path.parent.mkdir(parents=True)
                path.write_bytes(content)
            with catalogues.on_trial(folder):
                astray = {
                    language: list(misleading(language))
                    for language in good.keys() & dict(settings.LANGUAGES).keys()
                }
        for language, found in astray.items():
            for msgid, advice in found[:1]:
                catalogue, _content = good.pop(language)
                entry = catalogue.find(msgid, msgctxt="address")
                faults.append(told(catalogue.fpath, entry, advice))
        return faults

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


def built(catalogue, folder):
    """Return where in a folder the compiled form of a catalogue stands."""
    below = Path(catalogue.fpath).relative_to(settings.LOCALE_PATHS[0])
    return Path(folder) / below.with_suffix(".mo")


def told(path, entry, advice):
    return f"{path} (line {entry.linenum}): “{entry.msgid}”: {advice}"
