"""Questions that cannot be: the year 10¹², the record “NaN”, a pattern that never ends."""

import logging
from functools import wraps

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.db import DataError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


def answered(view):
    """Answer what cannot be answered as if nothing had been asked, and say so."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if any(name.endswith("regex") for name in request.GET):
            raise SuspiciousOperation("A pattern may take for ever.")
        try:
            response = view(request, *args, **kwargs)
            if request.GET and isinstance(response, TemplateResponse):
                response.render()  # here, where what it asks for in vain is caught
            return response
        except (IncorrectLookupParameters, OverflowError, ValueError, DataError):
            if request.method != "GET" or not request.GET:
                raise
            log.warning("A query that cannot be answered", exc_info=True)
            messages.error(request, _("The address asked for something that cannot be."))
            return redirect(request.path)

    return answer
