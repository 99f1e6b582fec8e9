from pathlib import Path
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from cities.archive.check import check
from cities.archive.crawler import MANIFEST, Archive
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

    def handle(self, folder, base_url, **options):
        parts = urlsplit(base_url)
        if base_url and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
            raise CommandError(f"{base_url} is no address such as https://example.org/archive.")
        if folder.exists() and not folder.is_dir():
            raise CommandError(f"{folder} is a file; name a folder.")
        if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
            raise CommandError(
                f"{folder} holds something that is no archive. Name a new folder, or empty it."
            )
        archive = Archive(base_url, lambda done, known: show(self.stdout, done, known))
        files = archive.make()
        if archive.broken:
            raise CommandError("Nothing was written.\n" + "\n".join(archive.broken))
        try:
            write(folder, files)
        except OSError as error:
            raise CommandError(f"The archive is not complete: {error}") from error
        size = sum(map(len, files.values()))
        self.stdout.write(f"{folder}: {len(files)} files, {size / 1e6:.1f} MB.")
        found = check(folder, archive.base_url)
        self.stdout.write(f"Checked: {found}")
        if faults := archive.left_out + found.broken + found.outside:
            raise CommandError("\n".join(faults))


def write(folder, files):
    """Write files into a folder, and take out what an older archive had besides."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
