from pathlib import Path
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from cities.archive.check import check
from cities.archive.crawler import Archive
from cities.archive.folder import Folder, NotOursError
from cities.archive.processes import MOST
from cities.management.progress import show


class Command(BaseCommand):
    help = "Write the whole site as plain files that any web server can show."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="a new folder, or an older archive to renew")
        parser.add_argument(
            "--base-url",
            default="",
            help="where the archive will stand, such as https://example.org/archive; "
            "without it no file names a host",
        )
        parser.add_argument("--zip", type=Path, help="a ZIP file to write the archive into as well")
        parser.add_argument(
            "--processes", type=int, default=MOST, help="how many work at once (here: %(default)s)"
        )

    def handle(self, folder, base_url, processes, **options):
        parts = urlsplit(base_url)
        if base_url and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
            raise CommandError(f"{base_url} is no address such as https://example.org/archive.")
        try:
            place = Folder(folder)
            files = place.begin()
        except (NotOursError, OSError) as error:
            raise CommandError(error) from error
        try:
            archive = Archive(
                base_url, lambda done, known: show(self.stdout, done, known), files, processes
            )
            archive.make()
            if archive.broken:
                raise CommandError("Nothing was written.\n" + "\n".join(archive.broken))
            place.finish(files)
            if options["zip"]:
                place.pack(options["zip"])
        except (NotOursError, OSError) as error:
            raise CommandError(f"The archive is not complete: {error}") from error
        finally:
            place.clear()
        size = sum((folder / name).stat().st_size for name in place.sums)
        self.stdout.write(f"{folder}: {len(place.sums)} files, {size / 1e6:.1f} MB.")
        found = check(folder, archive.base_url, place.sums, processes)
        self.stdout.write(f"Checked: {found}")
        if faults := archive.left_out + found.broken + found.outside:
            raise CommandError("\n".join(faults))
