"""How much one request may bring: refused before anything of it is read or kept."""

from urllib.parse import unquote

from django.conf import settings
from django.shortcuts import render
from django.views.defaults import bad_request

LONGEST_QUERY = 1_000  # characters; the longest question that our forms can ask has 400
MOST_DIGITS = 12  # of a number of bytes


def limits(get_response):
    """Answer 413 to a body and 414 to a query that no page and no form could need."""

    def middleware(request):
        # Django reads no more of a body than its length says.
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_number = length.isdecimal() and len(length) <= MOST_DIGITS
        if not is_number or int(length) > settings.MOST_UPLOADED:
            context = {"megabytes": settings.MOST_UPLOADED // 2**20}
            return render(request, "413.html", context, status=413)
        if len(unquote(request.META.get("QUERY_STRING", ""))) > LONGEST_QUERY:
            return render(request, "414.html", status=414)
        return get_response(request)

    return middleware


def not_understood(request, exception):
    """Answer 400, and let the log say why in a word: DisallowedHost, TooManyFieldsSent …"""
    request.refused_for = type(exception).__name__
    return bad_request(request, exception)
