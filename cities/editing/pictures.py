"""Photos: checked by what is in the file, made anew without metadata, and in smaller versions."""

import fcntl
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pictures.tasks import process_picture

from precursors import confined

from . import developing

LARGEST = 20_000_000  # bytes
MEMORY = 600 * 2**20  # bytes of addresses: what a see-through WebP of 25 megapixels needs
FAULTS = {
    "bytes": _("The file is larger than 20 MB. Save the photo smaller."),
    "kind": _("This is no photo that the site can show: it takes JPEG, PNG, WebP and AVIF."),
    "heic": _(
        "This is a HEIC file, in which iPhones keep their photos; few browsers show it. Choose the "
        "photo on the phone itself, which then sends a JPEG, or save it as JPEG first."
    ),
    "pixels": _("The photo has more than 25 million pixels. Save it smaller."),
    "strip": _("The picture is a strip: too long for its height. Cut something off its ends."),
    "moves": _("The picture moves. Upload a still one."),
    "damaged": _("The file is damaged: it ends or breaks off within the picture. Upload it again."),
    "exceeded": _("The photo takes too much memory or time to read. Save it smaller, as JPEG."),
}


def process_after_commit(**photo):
    """Make the smaller versions once nobody waits for the database any more."""

    def process():  # no partial: Django logs what fails by its name, and a partial has none
        with one_at_a_time():
            process_picture(**photo)

    transaction.on_commit(process, robust=True)


@contextmanager
def one_at_a_time():
    """Wait until no other worker has a picture in its memory."""
    folder = Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "pictures.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def made_anew(file):
    """Return an uploaded photo as a WebP file. Raise ValidationError where it cannot be one."""
    if file.size > LARGEST:
        raise ValidationError(FAULTS["bytes"])
    with one_at_a_time():
        try:
            made = confined.run(developing.__name__, file.read(), memory=MEMORY)
        except confined.ExceededError as error:
            raise ValidationError(FAULTS["exceeded"]) from error
    if (fault := made.decode("latin-1")) in FAULTS:
        raise ValidationError(FAULTS[fault])
    check_room(made)
    return ContentFile(made, "photo.webp")


def check_room(content):
    """Raise ValidationError unless the disk takes a file of this size, and more such of a photo.

    Told while the form is checked, it costs nobody what they have typed.
    """
    if settings.S3_BUCKET:  # which has room
        return
    try:
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=settings.MEDIA_ROOT) as file:
            file.write(content * 3)
    except OSError as error:
        raise ValidationError(
            _("The server has no room for the file. Save without it, and tell who runs the site.")
        ) from error


class PhotoUpload(forms.FileField):
    """Takes a photo and hands on what `made_anew` makes of it."""

    def to_python(self, data):
        file = super().to_python(data)
        return file and made_anew(file)

    def widget_attrs(self, widget):
        return {"accept": ", ".join(f"image/{name.lower()}" for name in developing.FORMATS)}
