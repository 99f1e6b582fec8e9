"""The admin, for the staff who edit the programme."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .checklist import FindingAdmin
from .cities import CityAdmin, CountryAdmin
from .evidence import IndicatorAdmin, PhotoAdmin, SourceAdmin
from .people import AuditAdmin, PersonAdmin, RoleAdmin
from .practices import PracticeAdmin

__all__ = [
    "AuditAdmin",
    "CityAdmin",
    "CountryAdmin",
    "FindingAdmin",
    "IndicatorAdmin",
    "PersonAdmin",
    "PhotoAdmin",
    "PracticeAdmin",
    "RoleAdmin",
    "SourceAdmin",
]

admin.site.site_header = admin.site.site_title = _("Precursor Cities: editing")
