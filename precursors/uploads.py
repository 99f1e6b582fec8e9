"""Uploads as visitors get them."""

from django.conf import settings
from django.utils.module_loading import import_string
from django.views import static

SHOWN = (".webp", ".avif")  # photos, made anew here


def serve(request, path):
    """Answer with an upload; what is no photo is saved by browsers, never shown in the site."""
    if settings.S3_BUCKET:
        response = import_string("precursors.object_storage.serve")(request, path)
    else:
        response = static.serve(request, path, settings.MEDIA_ROOT)
    if not path.endswith(SHOWN):
        response.headers["Content-Disposition"] = "attachment"
    return response
