from django.conf import settings
from django.core.management.base import BaseCommand

from cities.editing.reminding import remind


class Command(BaseCommand):
    help = "Tell the staff by mail what waits for them, once a day. For every night."

    def handle(self, **options):
        if not settings.SENDS_MAIL:
            return
        for user, fault in remind():
            self.stderr.write(f"{user}: {fault}")
