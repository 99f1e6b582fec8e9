from django.core.management.base import BaseCommand

from cities.editing.drafts import publish_due


class Command(BaseCommand):
    help = "Publish the drafts whose time has come; say which wait for somebody to decide."

    def handle(self, **options):
        for draft in publish_due():
            self.stdout.write(f"{draft.page}: changed meanwhile, so it waits for a publisher.")
