"""Pages for what went wrong before a language was known: they speak all of them."""

from django.conf import settings
from django.shortcuts import render


def bad_request(request, exception):
    return _in_all_languages(request, "400.html", 400)


def csrf_failure(request, reason=""):
    return _in_all_languages(request, "403.html", 403)


def server_error(request):
    return _in_all_languages(request, "500.html", 500)


def _in_all_languages(request, template, status):
    codes = [code for code, _ in settings.LANGUAGES]
    return render(None, template, {"codes": codes}, status=status)
