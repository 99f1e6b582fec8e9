from django.contrib.admin.apps import AdminConfig
from leaflet.apps import LeafletConfig

from .django_internals import leave_out_leaflet_admin


class LeafletWithoutGdal(LeafletConfig):
    """Leaflet's files, without the GeoDjango form widgets."""

    def ready(self):
        super().ready()
        leave_out_leaflet_admin()


class StaffAdmin(AdminConfig):
    default_site = "precursors.staff_site.StaffSite"
