"""Photos that come through a form."""

import io
import re
import resource

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from editing import address, edit
from PIL import Image


@pytest.fixture
def add_photo(admin_client):
    """Add a photo, any bytes, to a city through its form."""

    def add_photo(city, content, **changes):
        photo = {
            "photos-TOTAL_FORMS": 1,
            "photos-0-city": city.pk,
            "photos-0-position": 0,
            "photos-0-image": SimpleUploadedFile("rynek.png", content),
            "photos-0-alt_pl": "Rynek",
            "photos-0-alt_en": "The market square",
            "photos-0-credit": "Anna Nowak",
            "photos-0-licence": "CC BY 4.0",
        }
        return edit(admin_client, city, **photo | changes)

    return add_photo


@pytest.fixture
def png():
    file = io.BytesIO()
    Image.new("RGB", (300, 200)).save(file, "PNG")
    return file.getvalue()


def test_photo_added_to_a_city_is_stored_made_anew(admin_client, add_photo, make_city, png):
    city = make_city()
    assert add_photo(city, png).status_code == 302
    photo = city.photos.get()
    assert re.fullmatch(r"photos/[0-9a-f]{32}\.webp", photo.image.name)
    with Image.open(photo.image.path) as image:
        assert (image.format, image.size) == ("WEBP", (300, 200))
    assert photo.image.url in admin_client.get(address("city", "change", city.pk)).text


@pytest.mark.parametrize("part", [b"<svg/>", slice(-40)])
def test_photo_that_is_none_is_told_and_nothing_typed_is_lost(add_photo, make_city, png, part):
    city = make_city()
    content = part if isinstance(part, bytes) else png[part]
    response = add_photo(city, content, population="1234")
    (_sources, _mentions, photos) = response.context["inline_admin_formsets"]
    assert list(photos.formset.errors[0]) == ["image"]
    assert 'value="1234"' in response.text
    assert 'value="Anna Nowak"' in response.text
    assert not city.photos.exists()


def test_full_disk_is_told_and_nothing_typed_is_lost(add_photo, make_city, png, settings):
    city = make_city()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))  # bytes a file may have
    try:
        response = add_photo(city, png, population="1234")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    (_sources, _mentions, photos) = response.context["inline_admin_formsets"]
    assert list(photos.formset.errors[0]) == ["image"]
    assert 'value="1234"' in response.text
    assert not city.photos.exists()
    assert list(settings.MEDIA_ROOT.iterdir()) == []
    assert add_photo(city, png).status_code == 302
