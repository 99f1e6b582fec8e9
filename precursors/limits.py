"""How much one request may bring: refused before anything of it is read or kept."""

from django.conf import settings
from django.shortcuts import render

LONGEST_QUERY = 16_384  # bytes; the longest question that our forms can ask has 300


def limits(get_response):
    """Answer 413 to a body and 414 to a query that no page and no form could need."""

    def middleware(request):
        # Django reads no more of a body than its length says.
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.MOST_UPLOADED:
            context = {"megabytes": settings.MOST_UPLOADED // 2**20}
            return render(request, "413.html", context, status=413)
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return render(request, "414.html", status=414)
        return get_response(request)

    return middleware
