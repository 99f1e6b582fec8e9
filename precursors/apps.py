import sys
import types

from django.contrib.admin.apps import AdminConfig
from leaflet.apps import LeafletConfig


class LeafletWithoutGdal(LeafletConfig):
    """Leaflet's files, without the GeoDjango form widgets."""

    def ready(self):
        super().ready()
        # The admin imports every app's admin module; leaflet.admin would need GDAL.
        sys.modules.setdefault("leaflet.admin", types.ModuleType("leaflet.admin"))


class StaffAdmin(AdminConfig):
    default_site = "precursors.staff_site.StaffSite"
