"""Static files under names that change with what is in them."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import url\("([a-z-]+\.css)"\)( [a-z]+)?;$', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"\n\s+")


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Modules import each other by these names too, so that no page mixes old and new ones."""

    support_js_module_import_aggregation = True
    together = "css/site.css"

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and self.together in paths:
            self.put_together(paths)
        yield from super().post_process(paths, dry_run, **options)

    def put_together(self, paths):
        """Write the stylesheets that one imports into it, so that a page asks for one file."""

        def text_of(name):
            storage, path = paths[name]
            with storage.open(path) as file:
                return INDENT.sub("\n", COMMENT.sub("", file.read().decode())).strip()

        def imported(match):
            name, medium = match.groups()
            text = text_of(f"css/{name}")
            return f"@media{medium} {{{text}}}" if medium else text

        text = IMPORT.sub(imported, text_of(self.together))
        self.delete(self.together)
        self.save(self.together, ContentFile(text.encode()))
        paths[self.together] = self, self.together
