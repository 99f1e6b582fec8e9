from datetime import date
from io import BytesIO

import pytest
from backup_files import PASSWORD, destroy
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image

from cities.models import City, Material, Photo, Practice


@pytest.fixture
def site(transactional_db, settings, make_practice, make_indicator):
    """A site that has been edited: texts, accounts, rights, a photo, a line of history."""
    practice = make_practice(title_pl="Łącze „A” — ąęß\u00a0😀\n", title_en="<b>&amp;'\"\\")
    make_indicator(practice=practice, value="0.001")
    image = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(image, "PNG")
    square = SimpleUploadedFile("square.png", image.getvalue())
    Photo.objects.create(city=practice.city, image=square, alt_pl="Plac", credit="A", licence="CC0")
    Material.objects.create(
        kind="plan", title_pl="Plan", file=SimpleUploadedFile("a.pdf", b"%PDF-")
    )
    editors = Group.objects.create(name="Redakcja")
    editors.permissions.set(Permission.objects.filter(content_type__app_label="cities"))
    anna = User.objects.create_user("anna", password=PASSWORD, is_staff=True)
    anna.groups.add(editors)
    anna.user_permissions.add(Permission.objects.get(codename="view_group"))
    LogEntry.objects.log_actions(anna.pk, [practice.city], 2, change_message="Nazwa")
    make_practice().delete()  # leaves a gap in the keys
    for model in (City, Practice):
        model.objects.update(changed_on=date(2020, 1, 31))
    return settings


@pytest.fixture
def file(site, tmp_path):
    path = tmp_path / "site.zip"
    call_command("backup", path, verbosity=0)
    return path


made = {}


@pytest.fixture
def left(request, transactional_db, settings, tmp_path):
    """Return a backup of a site that is gone; the site is made for the first who asks."""
    if not made:
        made["backup"] = request.getfixturevalue("file").read_bytes()
        destroy(settings)
    path = tmp_path / "site.zip"
    path.write_bytes(made["backup"])
    return path
