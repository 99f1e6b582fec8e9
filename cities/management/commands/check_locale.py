from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cities.text.messages import RULES, findings, strangers, untranslated
from precursors import catalogues


class Command(BaseCommand):
    help = "Proofread the translations of locale/: what is missing, broken or ill set."

    def handle(self, **options):
        count = 0
        for language, path in catalogues.files().items():
            try:
                catalogue = catalogues.read(path)
                rule = catalogues.plural_rule(language)[1]
                if catalogue.metadata.get("Plural-Forms") != rule:
                    count += 1
                    self.stdout.write(
                        f"{path} (line 1): the header must say “Plural-Forms: {rule}”"
                    )
                catalogues.compiled(catalogue, language)
            except catalogues.BrokenCatalogueError as error:
                count += 1
                self.stdout.write(str(error))
                continue
            except LookupError as error:
                count += 1
                self.stdout.write(f"{path}: {error}")
                continue
            # Only Polish must be whole; where another language has a gap, English stands.
            is_whole = language == settings.LANGUAGE_CODE
            rules = [untranslated, *RULES] if is_whole else RULES
            found = findings(catalogue, language, rules)
            for entry, advice in (*found, *strangers(catalogue, catalogues.source())):
                count += 1
                self.stdout.write(f"{path} (line {entry.linenum}): “{entry.msgid}”: {advice}")
            self.stdout.write(catalogues.told(language, catalogue))
        if count:
            raise CommandError(f"Findings: {count}")
