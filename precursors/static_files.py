"""Static files under names that change with what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Modules import each other by these names too, so that no page mixes old and new ones."""

    support_js_module_import_aggregation = True
