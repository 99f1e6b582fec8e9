import fcntl
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from translated_fields import to_attribute

from cities.editing.upkeep import take_up
from cities.management.progress import show
from cities.models import City
from cities.models.translatable import other_languages

LOCK = 5_229_710  # any number that is this command's alone


class Command(BaseCommand):
    help = "Bring messages and database up to date, and load the programme into an empty one."

    def handle(self, **options):
        try:
            call_command("compile_locale", verbosity=0, stdout=self.stdout)
        except CommandError as error:  # no reason for the site to stay down
            self.stderr.write(str(error))
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            name = connection.settings_dict["HOST"] or connection.settings_dict["NAME"]
            reason = " ".join(str(error).split())
            raise CommandError(f"The database {name} cannot be reached: {reason}") from error
        with alone(lambda: self.stdout.write("Another process is preparing it; waiting …")):
            self.prepare()

    def prepare(self):
        self.stdout.write("Bringing the database up to date …")
        call_command("migrate", verbosity=0)
        self.look_for_languages()
        if connection.vendor == "postgresql":
            # COMMIT looks up what each new row belongs to, and would go on reading tables from
            # end to end as it did while they were empty: 12 minutes of 50,000 first revisions.
            with connection.cursor() as cursor:
                cursor.execute("SET plan_cache_mode = force_custom_plan")
        call_command("load_programme", new=True, stdout=self.stdout)
        take_up(lambda done, count: show(self.stdout, done, count))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # so that the database knows which index serves best

    def look_for_languages(self):
        table = City._meta.db_table
        with connection.cursor() as cursor:
            found = connection.introspection.get_table_description(cursor, table)
        there = {column.name for column in found}
        if missing := [
            code for code in other_languages() if to_attribute("name", code) not in there
        ]:
            raise CommandError(
                f"The database has no columns for {', '.join(missing)} of MORE_LANGUAGES: "
                f"run manage.py add_language {missing[0]} first."
            )


@contextmanager
def alone(tell):
    """Keep others from preparing the same database; tell it where that means to wait."""
    lock = _lock_of_postgresql if connection.vendor == "postgresql" else _lock_of_sqlite
    with lock(tell):
        yield


@contextmanager
def _lock_of_postgresql(tell):
    """Lock by a transaction on a connection of its own, which PgBouncer keeps together too."""
    with closing(connection.copy()) as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                tell()
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


@contextmanager
def _lock_of_sqlite(tell):
    with Path(f"{connection.settings_dict['NAME']}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
