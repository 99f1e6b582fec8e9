"""Photos: what is taken, what is refused with which reason, and what is left of the file."""

import io
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image, ImageCms

from cities.editing import pictures
from cities.editing.developing import LONGEST
from cities.editing.pictures import LARGEST, PhotoUpload
from cities.models import Photo

CAMERA, GPS, ORIENTATION = 0x0110, 0x8825, 0x0112


def upload(image, kind, **options):
    """Return an image as somebody uploads it, under a name that tells nothing of its kind."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return SimpleUploadedFile("zdjęcie.jpg", file.getvalue(), "image/jpeg")


def cut(upload, share):
    whole = upload.read()
    return SimpleUploadedFile("zdjęcie.jpg", whole[: int(share * len(whole))])


def picture(mode="RGB", size=(40, 30), colour=0):
    return Image.new(mode, size, colour)


def taken(upload):
    """Return (what is stored of an upload, the image in it)."""
    file = PhotoUpload().clean(upload)
    return file.read(), Image.open(file)


def refusal(upload):
    with translation.override("en"), pytest.raises(ValidationError) as error:
        PhotoUpload().clean(upload)
    with translation.override("en"):
        return error.value.messages


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_photo_is_stored_upright_small_and_without_metadata(kind):
    exif = Image.Exif()
    exif[CAMERA], exif[ORIENTATION] = "SECRET CAMERA", 6  # to be turned by 90 degrees
    exif.get_ifd(GPS)[29] = "2026:11:25"
    content, image = taken(upload(picture(size=(3000, 600)), kind, exif=exif))
    assert (image.format, image.size) == ("WEBP", (480, LONGEST))
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile"} & set(image.info)
    assert not any(word in content for word in (b"SECRET", b"2026:", b"EXIF"))


@pytest.mark.parametrize(
    ("mode", "kind"), [("L", "PNG"), ("P", "PNG"), ("RGBA", "PNG"), ("CMYK", "JPEG")]
)
@pytest.mark.parametrize("profile", [None, b"junk", "sRGB"])
def test_colours_of_every_kind_are_taken(mode, kind, profile):
    if profile == "sRGB":  # does not fit grey or four inks; such files exist
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    _content, image = taken(upload(picture(mode), kind, icc_profile=profile))
    assert image.size == (40, 30)
    assert image.mode == ("RGBA" if mode == "RGBA" else "RGB")


def test_second_picture_in_the_jpeg_of_a_phone_is_no_animation():
    photo = upload(picture(), "MPO", save_all=True, append_images=[picture()])
    assert taken(photo)[1].size == (40, 30)


def test_photo_of_a_large_camera_is_taken():
    assert taken(upload(picture("L", (5600, 4200)), "JPEG"))[1].size == (2400, 1800)


@pytest.mark.parametrize("grey", [0, 128, 255])
@pytest.mark.parametrize("size", [(40, 30), (LONGEST + 600, 300)])
def test_sixteen_bits_of_grey_stay_grey(grey, size):
    _content, image = taken(upload(Image.new("I;16", size, grey * 257), "PNG"))
    assert abs(image.convert("L").getpixel((20, 15)) - grey) <= 2


def test_colour_that_a_palette_calls_clear_stays_clear():
    palette = Image.new("P", (LONGEST + 600, 300), 1)
    palette.putpalette([255, 0, 0, 0, 0, 255])
    palette.paste(0, (0, 0, 1500, 300))
    _content, image = taken(upload(palette, "PNG", transparency=0))
    assert (image.getpixel((100, 100))[3], image.getpixel((2300, 100))[3]) == (0, 255)


def test_no_picture_is_decoded_where_visitors_are_served(monkeypatch):
    photo = upload(picture(), "JPEG")
    with monkeypatch.context() as without_decoders:
        without_decoders.setattr(Image, "open", None)
        stored = PhotoUpload().clean(photo)
    assert Image.open(stored).size == (40, 30)


def test_picture_that_needs_more_memory_than_it_may_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MEMORY", 100 * 2**20)
    large = upload(picture("RGBA", (5000, 5000)), "PNG")
    told = "The photo takes too much memory or time to read. Save it smaller, as JPEG."
    assert refusal(large) == [told]


@pytest.mark.django_db(transaction=True)
def test_a_save_bears_a_picture_whose_smaller_versions_fail(make_photo, monkeypatch, caplog):
    monkeypatch.setattr(pictures, "process_picture", lambda **photo: 1 / 0)
    photo = make_photo()
    assert Photo.objects.get() == photo
    assert "ZeroDivisionError" in caplog.text or "division by zero" in caplog.text


def test_pictures_are_read_one_at_a_time():
    order = []

    def second():
        with pictures.one_at_a_time():
            order.append("second")

    thread = Thread(target=second)
    with pictures.one_at_a_time():
        thread.start()
        sleep(0.1)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]


def moving(kind):
    return upload(picture(), kind, save_all=True, append_images=[picture(colour="red")])


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: SimpleUploadedFile("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "kind"),
        (lambda: SimpleUploadedFile("a.jpg", b"GIF89a"), "kind"),
        (lambda: SimpleUploadedFile("a.jpg", b"\0\0\0\x24ftypheic" + bytes(24)), "heic"),
        (lambda: upload(picture(), "GIF"), "kind"),
        (lambda: upload(picture(), "TIFF"), "kind"),
        (lambda: SimpleUploadedFile("a.jpg", b"\xff\xd8" + bytes(LARGEST)), "bytes"),
        (lambda: upload(picture("1", (7100, 7100)), "PNG"), "pixels"),
        (lambda: upload(picture("1", (5100, 5000)), "PNG"), "pixels"),
        (lambda: upload(picture(size=(5000, 2)), "PNG"), "strip"),
        (lambda: moving("PNG"), "moves"),
        (lambda: moving("WEBP"), "moves"),
        (lambda: moving("AVIF"), "moves"),
        (lambda: cut(upload(picture(size=(400, 300)), "JPEG"), 0.9), "damaged"),
        (lambda: cut(upload(picture(size=(400, 300)), "PNG"), 0.5), "damaged"),
    ],
)
def test_other_files_are_refused_with_the_reason(make, reason):
    reasons = {
        "kind": "This is no photo that the site can show: it takes JPEG, PNG, WebP and AVIF.",
        "heic": "This is a HEIC file, in which iPhones keep their photos; few browsers show it. "
        "Choose the photo on the phone itself, which then sends a JPEG, or save it as JPEG first.",
        "bytes": "The file is larger than 20 MB. Save the photo smaller.",
        "pixels": "The photo has more than 25 million pixels. Save it smaller.",
        "strip": "The picture is a strip: too long for its height. Cut something off its ends.",
        "moves": "The picture moves. Upload a still one.",
        "damaged": "The file is damaged: it ends or breaks off within the picture. "
        "Upload it again.",
    }
    assert refusal(make()) == [reasons[reason]]


@pytest.mark.parametrize("fate", ["whole", "missing", "broken"])
@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.django_db
def test_a_page_shows_a_photo_whatever_became_of_its_file(
    make_photo, visit, reverse_in, language, fate
):
    photo = make_photo()
    path = Path(photo.image.path)
    if fate == "missing":
        path.unlink()
    elif fate == "broken":
        path.write_bytes(b"no picture")
    page = visit(reverse_in(language, "city", slug=photo.city.slug))
    (image,) = page.find("img")
    assert image.attributes == {
        "src": photo.image.url,
        "alt": {"pl": "Rynek", "en": "The market square"}[language],
        "width": "8",
        "height": "6",
        "loading": "lazy",
    }
    assert {s.attributes["type"] for s in page.find("source")} == {"image/avif", "image/webp"}
    credit = {"pl": "Fot.", "en": "Photo:"}[language]
    assert page.texts("figcaption", inside="photo") == [f"{credit} Anna Nowak, CC BY 4.0"]
