import time
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand
from django.db.models import F
from django.utils import timezone

from cities.editing.checklist import PAGES, refresh_all_findings
from cities.editing.links import fault_of, linked, links_of
from cities.models import CheckedLink

PAUSE = 1  # seconds between two requests to the same host


class Command(BaseCommand):
    help = "Visit the links of all pages, those not visited for longest first. For every night."
    stealth_options = ("fault_of", "pause")  # for tests, which must not visit anybody

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=2000, help="visit at most so many")

    def handle(self, limit, fault_of=fault_of, pause=PAUSE, **options):
        self.take_stock()
        visited, answered = {}, []
        links = CheckedLink.objects.order_by(F("checked_at").asc(nulls_first=True), "pk")[:limit]
        try:
            for link in links:
                host = urlsplit(link.url).netloc
                wait = visited.get(host, 0) + pause - time.monotonic()
                time.sleep(max(0, wait))
                link.fault = fault_of(link.url)
                visited[host] = time.monotonic()
                link.failures = min(link.failures + 1, 1000) if link.fault else 0
                link.checked_at = timezone.now()
                if not link.fault:
                    link.reached_at = link.checked_at
                answered.append(link)
                if link.fault:
                    self.stdout.write(f"{link.url}: {link.fault}")
        finally:
            # At once: pages tell of dead links, and each write would make all kept pages old.
            columns = ["fault", "failures", "checked_at", "reached_at"]
            CheckedLink.objects.bulk_update(answered, columns, batch_size=500)
        refresh_all_findings()
        dead = CheckedLink.objects.dead().count()
        self.stdout.write(f"Visited: {len(links)}. Dead for two visits or more: {dead}.")

    def take_stock(self):
        """Know every link that stands on a page, and none that does not any more."""
        links = {url for model in PAGES for page in pages(model) for url in links_of(page)}
        known = set(CheckedLink.objects.values_list("url", flat=True))
        CheckedLink.objects.filter(url__in=known - links).delete()
        CheckedLink.objects.bulk_create(CheckedLink(url=url) for url in sorted(links - known))


def pages(model):
    return model.objects.prefetch_related(*linked(model)).iterator(chunk_size=500)
