import gc

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from precursors import slow_queries
from precursors.django_internals import fall_back_to_english
from precursors.page_cache import version

OBJECTS = 50_000  # made since the last look; Python's own 700 take a seventh of a bulk load


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
        connection_created.connect(compile_no_query)
        collect_seldom()


def collect_seldom():
    """Look for rings of forgotten objects less often: pages and bulk loads make few of them."""
    gc.freeze()  # what is loaded by now stays
    gc.set_threshold(OBJECTS, 10, 10)


def compile_no_query(connection, **kwargs):
    """Spare PostgreSQL what takes it 100 ms: our queries are done before; poolers let SET pass."""
    if connection.vendor == "postgresql":
        connection.connection.execute("SET jit = off")
