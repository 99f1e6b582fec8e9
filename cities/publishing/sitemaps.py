from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from ..models import City, Country, Practice, Theme, Topic

PAGES = [
    "home",
    "cities",
    "practices",
    "topics",
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
        return [*((name, {}) for name in PAGES), *themes]

    def location(self, item):
        name, kwargs = item
        return reverse(name, kwargs=kwargs)


class Countries(BilingualSitemap):
    def items(self):
        return Country.objects.order_by("code")


class Cities(BilingualSitemap):
    def items(self):
        return City.objects.published().order_by("slug")


class Topics(BilingualSitemap):
    def items(self):
        return Topic.objects.published().order_by("slug")


class Practices(BilingualSitemap):
    def items(self):
        return Practice.objects.published().order_by("slug")


SITEMAPS = {
    "pages": Pages,
    "countries": Countries,
    "cities": Cities,
    "topics": Topics,
    "practices": Practices,
}
