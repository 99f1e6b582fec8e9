"""The admin, for the staff who edit the programme."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .findings import FindingAdmin
from .materials import MaterialAdmin
from .participants import EventAdmin
from .parts import IndicatorAdmin, MentionAdmin, PhotoAdmin, SourceAdmin
from .people import AuditAdmin, PersonAdmin
from .places import CityAdmin, CountryAdmin
from .practices import PracticeAdmin, TopicAdmin
from .stops import JourneyAdmin, StopAdmin
from .synonyms import SynonymAdmin, UnansweredAdmin

__all__ = [
    "AuditAdmin",
    "CityAdmin",
    "CountryAdmin",
    "EventAdmin",
    "FindingAdmin",
    "IndicatorAdmin",
    "JourneyAdmin",
    "MaterialAdmin",
    "MentionAdmin",
    "PersonAdmin",
    "PhotoAdmin",
    "PracticeAdmin",
    "SourceAdmin",
    "StopAdmin",
    "SynonymAdmin",
    "TopicAdmin",
    "UnansweredAdmin",
]

admin.site.site_header = admin.site.site_title = _("Precursor Cities: editing")
