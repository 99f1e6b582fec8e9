"""A photo made anew: upright, in sRGB, no larger than a page shows it, nothing but its pixels.

A program of its own for precursors/confined.py: a file on standard input; on standard output a
WebP, or the name of what is wrong with it, from pictures.FAULTS. It knows no Django.
"""

import io
import sys

from PIL import Image, ImageCms, ImageOps

FORMATS = ["JPEG", "PNG", "WEBP", "AVIF"]
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
MOST_PIXELS = 25_000_000
LONGEST_STRIP = 20  # times its shorter side; smaller versions would have no side at all
LONGEST = 2400  # pixels: what a page shows at most, on a screen of double density
QUALITY = 90


class FaultError(Exception):
    """Why a file is no photo for the site: a name from pictures.FAULTS."""


def opened(content):
    """Return a file as an image, of which nothing but the header has been read."""
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise FaultError("pixels") from error
    except Exception as error:  # Pillow raises whatever its decoders do
        is_heic = content[4:8] == b"ftyp" and content[8:12] in HEIC
        raise FaultError("heic" if is_heic else "kind") from error
    if image.width * image.height > MOST_PIXELS:
        raise FaultError("pixels")
    if max(image.size) > LONGEST_STRIP * min(image.size):
        raise FaultError("strip")
    # Phones store a second picture in a JPEG, “MPO”; that is no animation.
    if getattr(image, "is_animated", False) and image.format != "MPO":
        raise FaultError("moves")
    return image


def made_anew(content):
    image = opened(content)
    image.draft(None, (LONGEST, LONGEST))  # spares the memory for a large JPEG
    try:
        image = upright(shrunk(image))
    except MemoryError:
        raise
    except Exception as error:
        raise FaultError("damaged") from error
    made = io.BytesIO()
    image.save(made, "WEBP", quality=QUALITY, exif=b"", xmp=b"", icc_profile=b"")
    return made.getvalue()


def shrunk(image):
    """Return an image of the size that is kept, before anything else takes memory for all of it."""
    if image.mode in ("1", "P"):  # between such colours there are none
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    image.thumbnail((LONGEST, LONGEST))
    if image.mode.startswith("I"):  # 16 bits of grey, of which Pillow would make white
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    return image


def upright(image):
    """Return the image as it is to be seen, in sRGB."""
    image = ImageOps.exif_transpose(image)
    if profile := image.info.pop("icc_profile", None):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, target, outputMode="RGBA")
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that does not fit its image
    return image.convert("RGBA")


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(made_anew(sys.stdin.buffer.read()))
    except FaultError as fault:
        sys.stdout.write(str(fault))
