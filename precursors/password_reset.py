"""A new password for those who forgot theirs, by mail: few mails to one account or address.

Who is refused another mail has the ones before, whose links hold: nobody is shut out.
"""

from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.shortcuts import render

from .bounds import is_within
from .guesses import remember
from .staff_site import client_address

MOST_MAILS = 3  # to an account in an hour
MOST_ASKED = 10  # from an address in an hour


class FewMails(PasswordResetForm):
    def get_users(self, email):
        users = super().get_users(email)
        return [user for user in users if is_within(MOST_MAILS, "mail to", user.pk)]


class Ask(PasswordResetView):
    form_class = FewMails

    def post(self, request, *args, **kwargs):
        if not is_within(MOST_ASKED, "asked from", client_address(request)):
            return render(request, "429.html", {"is_reset": True}, status=429)
        return super().post(request, *args, **kwargs)


class Confirm(PasswordResetConfirmView):
    def form_valid(self, form):
        response = super().form_valid(form)
        remember(response, self.user.get_username())  # who reads the mail is the owner
        return response
