"""The admin, for the staff who edit the programme."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from .findings import FindingAdmin
from .materials import MaterialAdmin
from .participants import EventAdmin
from .parts import IndicatorAdmin, MentionAdmin, PhotoAdmin, SourceAdmin
from .people import AuditAdmin, PersonAdmin, RoleAdmin
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
    "RoleAdmin",
    "SourceAdmin",
    "StopAdmin",
    "SynonymAdmin",
    "TopicAdmin",
    "UnansweredAdmin",
]

# Words of Django that Polish editors would put otherwise: our catalogue comes before its own.
ELSEWHERE = [
    gettext_noop("Add %(name)s"),
    gettext_noop("Add another %(verbose_name)s"),
    gettext_noop("Site administration"),
    gettext_noop("log entry"),
    gettext_noop("log entries"),
]

admin.site.site_header = admin.site.site_title = _("Precursor Cities: editing")
