from django.conf import settings
from django.core.management.base import BaseCommand

from cities.mapping import glyph


class Command(BaseCommand):
    help = "Draw the site's icons in static/img anew, after the glyph or its colours changed."

    def handle(self, **options):
        folder = settings.BASE_DIR / "static/img"
        (folder / "favicon.svg").write_text(glyph.favicon(), encoding="utf-8")
        glyph.icon(48, margin=0).save(folder / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])
        glyph.icon(180, margin=20, ground="paper").save(folder / "apple-touch-icon.png")
