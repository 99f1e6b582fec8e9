from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CitiesConfig(AppConfig):
    name = "cities"
    verbose_name = _("Programme")

    def ready(self):
        from . import search  # noqa: F401  keeps the search texts when a record is saved
