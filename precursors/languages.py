"""Languages of a page: where the same page is found in the others."""

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils import translation


def page_languages(request):
    """Return the page's address in every language, and the site's own, for templates.

    `here` is relative and keeps the query for the language switch; `url` and `canonical`
    are absolute and without a query, for search engines.
    """
    return {
        "SITE_URL": settings.SITE_URL,
        "canonical": f"{settings.SITE_URL}{request.path}",
        "languages": [
            {
                "code": code,
                "name": name,
                "here": _in_language(request, request.get_full_path(), code),
                "url": settings.SITE_URL + _in_language(request, request.path, code),
            }
            for code, name in settings.LANGUAGES
        ],
    }


def _in_language(request, url, code):
    if request.resolver_match is None:  # an error page has no twin
        with translation.override(code):
            return reverse("home")
    return translate_url(url, code)
