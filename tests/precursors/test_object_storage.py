"""Uploads in a bucket, as moto plays it: seen under the site's name, in backups, on no disk."""

import pytest

pytest.importorskip("moto", reason="needs requirements/s3-test.txt")
pytest.importorskip("storages", reason="needs requirements/s3.txt")

SETTINGS = {
    "S3_BUCKET": "uploads",
    "S3_REGION": "us-east-1",
    "S3_ACCESS_KEY": "a",
    "S3_SECRET_KEY": "b",
    "DJANGO_SETTINGS_MODULE": "precursors.settings",
}
SCRIPT = """
import boto3, django; django.setup()
from io import BytesIO
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.http import Http404
from django.test import Client
from django.urls import resolve
from moto import mock_aws
from PIL import Image
from cities.models import City, Country, Photo

with mock_aws():
    bucket = boto3.resource("s3", region_name="us-east-1").create_bucket(Bucket="uploads")
    objects = lambda: {one.key: one.get()["Body"].read() for one in bucket.objects.all()}
    call_command("migrate", verbosity=0)
    country = Country.objects.create(code="pl", name_pl="Polska")
    city = City.objects.create(country=country, name_pl="A", latitude=1, longitude=1)
    Image.new("RGB", (40, 30)).save(content := BytesIO(), "WEBP")
    image = ContentFile(content.getvalue(), "rynek.webp")
    photo = Photo.objects.create(city=city, image=image, alt_pl="A", credit="A", licence="CC0")
    plan = default_storage.save("library/a/plan.pdf", ContentFile(b"%PDF-"))
    before = objects()
    client = Client(headers={"host": "127.0.0.1"})
    answer = client.get(photo.image.url)
    print(photo.image.url.startswith("/media/photos/"), photo.image.name in before)
    print(answer.status_code, answer.getvalue() == content.getvalue())
    answer = client.get(f"/media/{plan}")
    print(answer.getvalue() == b"%PDF-", answer.headers["Content-Disposition"])
    try:
        resolve("/media/photos/none.webp").func(None, "photos/none.webp")
    except Http404:
        print(404, client.get("/readyz").json()["storage"])
    file = settings.VAR_DIR / "site.zip"
    call_command("backup", file, verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    bucket.objects.delete()
    call_command("restore", file, verbosity=0)
    print(objects() == before, settings.MEDIA_ROOT.exists())
"""


@pytest.mark.usefixtures("tables")
def test_uploads_live_in_a_bucket_and_are_seen_under_the_sites_own_name(python):
    run = python("-c", SCRIPT, **SETTINGS)
    told = [line for line in run.stdout.splitlines() if line.startswith(("True", "200", "404"))]
    assert told == ["True True", "200 True", "True attachment", "404 True", "True False"], (
        run.stderr
    )
