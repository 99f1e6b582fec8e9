from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from ..finder.sets import practice_sets
from ..models import Theme, page_kinds

PAGES = [
    "home",
    "cities",
    "practices",
    "topics",
    "journeys",
    "events",
    "library",
    "measures",
    "about",
    "data",
    "widget_builder",
    "accessibility",
    "privacy",
]


class BilingualSitemap(Sitemap):
    """Every page in every language, each naming its twins, under the site's own address."""

    i18n = True
    languages = [code for code, _name in settings.OPEN_LANGUAGES]
    alternates = True

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]  # an archive may stand below its host


class Pages(BilingualSitemap):
    def items(self):
        themes = [("theme", {"theme": theme}) for theme in [*Theme.values, "integrated"]]
        measures = [("measure", {"key": measure.value}) for measure in practice_sets().reported()]
        return [*((name, {}) for name in PAGES), *themes, *measures]

    def location(self, item):
        name, kwargs = item
        return reverse(name, kwargs=kwargs)


class Records(BilingualSitemap):
    """The pages of one kind of records."""

    def __init__(self, kind):
        self.kind = kind

    def items(self):
        return self.kind.objects.published().order_by(self.kind.found_by)

    def lastmod(self, record):
        """Return the day of its last change, of records that keep one."""
        return getattr(record, "changed_on", None)


SITEMAPS = {
    "pages": Pages,
    **{kind._meta.model_name: Records(kind) for kind in page_kinds() if not kind.stands_on},
}
