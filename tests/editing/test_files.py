"""What a file is told by, at its edges: photos and files of the library, without a form."""

import io
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from cities.editing import developing, pictures, unpacking
from cities.editing.documents import DocumentUpload
from cities.editing.pictures import PhotoUpload

ODT = b"application/vnd.oasis.opendocument.text"
XLSX = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TYPES = "[Content_Types].xml"


def photo(size, mode="1", kind="PNG", **options):
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind, **options)
    return file.getvalue()


def fault(content):
    try:
        developing.opened(content)
    except developing.FaultError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("size", "told"),
    [
        ((5000, 5000), None),
        ((5000, 5001), "pixels"),
        ((40, 2), None),
        ((2, 40), None),
        ((41, 2), "strip"),
        ((2, 41), "strip"),
    ],
)
def test_a_photo_has_so_many_pixels_and_is_so_long_at_most(size, told):
    assert fault(photo(size)) == told


BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        *((b"\0\0\0\x24ftyp" + brand.encode() + bytes(24), "heic") for brand in BRANDS),
        (b"\0\0\0\x24ftypqt  " + bytes(24), "kind"),
        (b"\0\0\0\x24moovheic" + bytes(24), "kind"),
        (b"", "kind"),
        (photo((8, 6), "RGB", "BMP"), "kind"),
    ],
)
def test_what_is_no_photo_is_told_apart_from_what_iphones_send(content, told):
    assert fault(content) == told


@pytest.mark.parametrize(
    ("size", "made"),
    [((2400, 120), (2400, 120)), ((2600, 260), (2400, 240)), ((100, 2000), (100, 2000))],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photo_is_made_no_larger_than_a_page_shows_it(size, made, kind):
    mode = "RGB" if kind == "JPEG" else "1"
    image = Image.open(io.BytesIO(developing.made_anew(photo(size, mode, kind))))
    assert (image.size, image.format) == (made, "WEBP")


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_what_is_clear_in_a_photo_stays_clear(mode):
    made = Image.open(io.BytesIO(developing.made_anew(photo((8, 6), mode))))
    assert made.convert("RGBA").getpixel((3, 3))[3] == 0


@pytest.mark.parametrize(
    ("upload", "accept"),
    [
        (PhotoUpload, "image/jpeg, image/png, image/webp, image/avif"),
        (DocumentUpload, ".pdf, .odt, .xlsx"),
    ],
)
def test_a_field_lets_choose_what_it_takes(upload, accept):
    assert upload().widget.attrs["accept"] == accept


def zipped(parts, compression=ZIP_DEFLATED):
    file = io.BytesIO()
    with ZipFile(file, "w", compression) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


WORDS = bytes(range(256)) * 8
LIST = b"PK\x01\x02"  # in which the parts of a ZIP stand


def altered(place, value, compression=ZIP_STORED):
    """Return a ZIP with other bytes at a place in the list of its parts, or before it."""
    content = bytearray(zipped({"a": WORDS}, compression))
    place += content.index(LIST)
    content[place : place + len(value)] = value
    return bytes(content)


def locked():
    content = bytearray(zipped({"a": WORDS}))
    content[6] |= 1
    content[content.index(LIST) + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b" %PDF-1.7", "kind"),
        (b"PK\x03\x04", "damaged"),
        (b"PK\x05\x06" + bytes(18), "kind"),
        (zipped({"mimetype": ODT}), "odt"),
        (zipped({"mimetype": ODT + b"\n"}), "odt"),
        (zipped({"mimetype": b"text/plain", TYPES: XLSX}), "xlsx"),
        (zipped({TYPES: b"<Override ContentType='" + XLSX + b"'/>"}), "xlsx"),
        (zipped({TYPES: b"text/plain"}), "kind"),
        (zipped({"types": XLSX}), "kind"),
        (zipped({"manifest": ODT}), "kind"),
        (locked(), "damaged"),
        (altered(16, b"\0\0"), "damaged"),  # the sum of its bytes
        (altered(10, b"\xff\0"), "damaged"),  # a way to squeeze that nobody knows
        (altered(20, (5000).to_bytes(4, "little") * 2), "damaged"),  # its length
        (altered(-250, b"\xff" * 20, ZIP_DEFLATED), "damaged"),
        (altered(-40, b"\xff" * 20, ZIP_BZIP2), "damaged"),
        (altered(-40, b"\xff" * 20, ZIP_LZMA), "damaged"),
        (zipped({"a": WORDS})[:-30], "damaged"),
        (altered(63, (2**32 - 2).to_bytes(4, "little")), "damaged"),
    ],
)
def test_a_file_of_the_library_is_told_by_what_is_in_it(content, kind):
    assert unpacking.kind(content) == kind


def test_a_file_is_unpacked_up_to_so_many_bytes(monkeypatch):
    content = zipped({"mimetype": ODT, "a": bytes(1000)})
    told = []
    for most in (len(ODT) + 1000, len(ODT) + 999):
        monkeypatch.setattr(unpacking, "MOST_UNPACKED", most)
        told.append(unpacking.kind(content))
    assert told == ["odt", "large"]


def test_a_disk_has_room_for_a_photo_and_its_smaller_versions(settings, monkeypatch):
    written = []

    class Disk(io.BytesIO):
        def write(self, content):
            written.append(len(content))
            raise OSError("No space left on device")

    monkeypatch.setattr(pictures, "TemporaryFile", lambda **options: Disk())
    with pytest.raises(ValidationError):
        pictures.check_room(b"abcd")
    assert written == [12]
    settings.S3_BUCKET = "photos"
    pictures.check_room(b"abcd")
    assert written == [12]


def test_a_lock_is_made_where_the_site_keeps_its_own_files(settings, tmp_path):
    settings.VAR_DIR = str(tmp_path / "var" / "own")
    for _time in range(2):
        with pictures.one_at_a_time():
            assert (tmp_path / "var" / "own" / "pictures.lock").exists()
