import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale

from precursors.catalogues import ORIGINAL, files, plural_rule, source


class Command(BaseCommand):
    help = "Add a language: make its catalogue and its migration, and say what to set."

    def add_arguments(self, parser):
        parser.add_argument("language", help="such as de, uk or pt-br")

    def handle(self, language, **options):
        try:
            forms, rule = plural_rule(language)
        except LookupError as error:
            raise CommandError(str(error)) from error
        if language in dict(settings.LANGUAGES) and language not in settings.MORE_LANGUAGES:
            raise CommandError(f"“{language}” is one of the site's first languages.")
        if language in settings.LANGUAGES_BIDI:
            name = LANG_INFO[language]["name"]
            raise CommandError(
                f"{name} is written from right to left, which the pages are not laid out for yet."
            )
        folder = Path(settings.LOCALE_PATHS[0])
        path = folder / to_locale(language) / "LC_MESSAGES" / "django.po"
        if not path.exists():
            catalogue = source()
            catalogue.wrapwidth = 0
            catalogue.header = "Texts: CC BY 4.0."
            catalogue.metadata |= {"Language": to_locale(language), "Plural-Forms": rule}
            for entry in catalogue:
                if entry.msgid_plural:
                    entry.msgstr_plural = dict.fromkeys(range(forms), "")
            path.parent.mkdir(parents=True)
            catalogue.save(str(path))
            self.stdout.write(f"Made {path}: {len(catalogue)} texts to translate.")
        # Those too that are there already without being set yet: their columns stay.
        there = [code for code in files() if code not in (settings.LANGUAGE_CODE, ORIGINAL)]
        more = ",".join(dict.fromkeys([*settings.MORE_LANGUAGES, *there, language]))
        self.make_migration(language, more)
        self.stdout.write(
            f"Now set MORE_LANGUAGES={more} in the environment, or as the default in "
            "precursors/settings.py; then run prepare (make setup) and start the site anew."
        )

    def make_migration(self, language, more):
        """Make it in a process that has the new setting: columns are made when models load."""
        run = subprocess.run(  # noqa: S603
            [
                *(sys.executable, "manage.py", "makemigrations", "cities"),
                *("--noinput", "--name", f"language_{to_locale(language).lower()}"),
            ],
            cwd=settings.BASE_DIR,
            env=os.environ | {"MORE_LANGUAGES": more},
            capture_output=True,
            text=True,
        )
        if run.returncode:
            raise CommandError(run.stderr)
        self.stdout.write("\n".join(run.stdout.splitlines()[:2]))
