"""Languages of a page: where the same page is found in the others."""

from django.conf import settings
from django.http import Http404
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.cache import add_never_cache_headers


def page_languages(request):
    """Return the page's address in every language, and the site's own, for templates.

    `here` is relative and keeps the query for the language switch; `url` and `canonical`
    are absolute and without a query, for search engines, and `query_here` is what is printed too.
    """
    return {
        "SITE_URL": settings.SITE_URL,
        "canonical": f"{settings.SITE_URL}{request.path}",
        "query_here": request.get_full_path().removeprefix(request.path),
        "languages": [
            {
                "code": code,
                "name": name,
                "here": _in_language(request, request.get_full_path(), code),
                "url": settings.SITE_URL + _in_language(request, request.path, code),
            }
            for code, name in shown(translation.get_language())
        ],
    }


def shown(language):
    """Return the languages that a page in one of them leads to: a hidden one only to itself."""
    return [
        (code, name)
        for code, name in settings.LANGUAGES
        if code not in settings.HIDDEN_LANGUAGES or code == language
    ]


def _in_language(request, url, code):
    if request.resolver_match is None:  # an error page has no twin
        with translation.override(code):
            return reverse("home")
    return translate_url(url, code)


class OpenLocale(LocaleMiddleware):
    """Django's own, but no browser is sent to a hidden language because it prefers that."""

    def process_response(self, request, response):
        response = super().process_response(request, response)
        if (
            response.status_code == 302
            and response.get("Location", "")[1:-1] in settings.HIDDEN_LANGUAGES
        ):
            response["Location"] = f"/{settings.LANGUAGE_CODE}/"
        return response


class HiddenLanguages:
    """Keep the pages of a hidden language from all but staff, and from every cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if translation.get_language_from_path(request.path_info) not in settings.HIDDEN_LANGUAGES:
            return self.get_response(request)
        if not request.user.is_staff:
            translation.activate(settings.LANGUAGE_CODE)
            raise Http404
        response = self.get_response(request)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response
