"""Guesses of a password: few from one address, and few at one account from all of them together.

So that nobody can shut an editor out by guessing, the second bound is not for a browser from
which its owner has logged in before: a cookie tells.
"""

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.utils.crypto import constant_time_compare, salted_hmac

ADDRESSES = 10  # that together may guess at one account as often as each of them
COOKIE_AGE = 180 * 24 * 3600  # seconds


class GuessesAtAccounts(AxesDatabaseHandler):
    def get_failures(self, request, credentials=None):
        failures = super().get_failures(request, credentials)
        username = get_client_username(request, credentials)
        if is_known(request, username):
            return failures
        attempts = AccessAttempt.objects.filter(
            username=username, attempt_time__gte=get_cool_off_threshold(request)
        )
        of_all = attempts.aggregate(n=Sum("failures_since_start", default=0))["n"]
        return max(failures, of_all // ADDRESSES)


def mark_of(username):
    return salted_hmac("precursors.guesses", username).hexdigest()


def is_known(request, username):
    """Tell whether this browser is one from which the owner of an account has logged in."""
    mark = request.COOKIES.get(settings.KNOWN_COOKIE_NAME, "")
    return constant_time_compare(mark, mark_of(username or ""))


def remember(response, username):
    """Let a browser be known as that of an account's owner."""
    response.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        mark_of(username),
        max_age=COOKIE_AGE,
        path=f"/{settings.ADMIN_PATH}",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
