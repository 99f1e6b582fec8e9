from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from precursors import slow_queries
from precursors.django_internals import fall_back_to_english
from precursors.page_cache import version


class CitiesConfig(AppConfig):
    name = "cities"
    # Translators: heads the admin’s list of cities and practices: the programme of the towns.
    verbose_name = _("Programme")

    def __init__(self, *args):
        super().__init__(*args)
        fall_back_to_english()  # before the first model translates its name

    def ready(self):
        from precursors import checks  # noqa: F401  tells what is wrong with an installation

        from .editing import roles, saving  # noqa: F401  heeds every save

        post_migrate.connect(roles.make_roles, sender=self)
        connection_created.connect(version.watch)
        connection_created.connect(slow_queries.watch)
