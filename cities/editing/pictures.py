"""Photos: checked by what is in the file, made anew without metadata, and in smaller versions."""

import fcntl
import io
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from pictures.models import PillowPicture
from pictures.tasks import process_picture
from PIL import Image, ImageCms

FORMATS = ["JPEG", "PNG", "WEBP", "AVIF"]
LARGEST = 20_000_000  # bytes
MOST_PIXELS = 25_000_000
LONGEST_STRIP = 20  # times its shorter side; smaller versions would have no side at all
LONGEST = 2400  # pixels: what a page shows at most, on a screen of double density
QUALITY = 90


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


def opened(file):
    """Return a file as an image, of which nothing but the header has been read.

    Raise ValidationError unless it is a single picture of a kind and a size that we take.
    """
    if file.size > LARGEST:
        raise ValidationError(_("The file is larger than 20 MB. Save the photo smaller."))
    try:
        image = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise too_many_pixels() from error
    except Exception as error:  # Pillow raises whatever its decoders do
        raise ValidationError(
            _("This is no photo that the site can show: it takes JPEG, PNG, WebP and AVIF.")
        ) from error
    if image.width * image.height > MOST_PIXELS:
        raise too_many_pixels()
    if max(image.size) > LONGEST_STRIP * min(image.size):
        raise ValidationError(
            _("The picture is a strip: too long for its height. Cut something off its ends.")
        )
    # Phones store a second picture in a JPEG, “MPO”; that is no animation.
    if getattr(image, "is_animated", False) and image.format != "MPO":
        raise ValidationError(_("The picture moves. Upload a still one."))
    return image


def too_many_pixels():
    return ValidationError(_("The photo has more than 25 million pixels. Save it smaller."))


def upright(image):
    """Return the image as it is to be seen, in sRGB."""
    if image.mode.startswith("I"):  # 16 bits of grey, of which Pillow would make white
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    try:
        return PillowPicture.pre_process(image)
    except (ImageCms.PyCMSError, OSError):
        image.info.pop("icc_profile", None)  # a profile that does not fit its image
        return PillowPicture.pre_process(image)


def made_anew(file):
    """Return an uploaded photo as a WebP file: upright, no larger than needed, only its pixels."""
    image = opened(file)
    image.draft(None, (LONGEST, LONGEST))  # spares the memory for a large JPEG
    with one_at_a_time():
        try:
            image = upright(image)
        except Exception as error:
            raise ValidationError(
                _("The file is damaged: it ends or breaks off within the picture. Upload it again.")
            ) from error
        image.thumbnail((LONGEST, LONGEST))
    content = io.BytesIO()
    image.save(content, "WEBP", quality=QUALITY, exif=b"", xmp=b"", icc_profile=b"")
    check_room(content.getvalue())
    return ContentFile(content.getvalue(), "photo.webp")


def check_room(content):
    """Raise ValidationError unless the disk takes a photo of this size and its smaller versions.

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
            _("The server has no room for the photo. Save without it, and tell who runs the site.")
        ) from error


class PhotoUpload(forms.FileField):
    """Takes a photo and hands on what `made_anew` makes of it."""

    def to_python(self, data):
        file = super().to_python(data)
        return file and made_anew(file)

    def widget_attrs(self, widget):
        return {"accept": ", ".join(f"image/{name.lower()}" for name in FORMATS)}
