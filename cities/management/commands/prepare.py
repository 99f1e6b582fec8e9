from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.models import Q

from cities.checklist import refresh_all_findings
from cities.models import City, Country, Finding, Practice
from cities.translation import columns


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
        self.stdout.write("Bringing the database up to date …")
        call_command("migrate", verbosity=0)
        call_command("load_programme", if_empty=True, stdout=self.stdout)
        if not Finding.objects.exists():  # of what was loaded before there was a checklist
            refresh_all_findings()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # so that the database knows which index serves best
        self.take_up_languages()
        call_command("createinitialrevisions", verbosity=0)

    def take_up_languages(self):
        """Save records that have no place yet in the order of some, newer language.

        Saving gives them their place, and what a search finds of them.
        """
        unsorted = Q.create([(column, "") for column in columns("sort")], connector=Q.OR)
        for model in (Country, City, Practice):
            for record in model.objects.filter(unsorted):
                record.save()
