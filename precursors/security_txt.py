from datetime import timedelta

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone


def security_txt(request):
    """Tell those who find a hole whom to write to (RFC 9116), where the operator says so."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    context = {"settings": settings, "expires": timezone.now() + timedelta(days=90)}
    return render(request, "security.txt", context, content_type="text/plain; charset=utf-8")
