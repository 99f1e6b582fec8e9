"""The way in for who has no password yet: a link by which they choose one, three days long."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode


def link_for(user):
    """Return the address at which somebody chooses a password, once."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return settings.SITE_URL + reverse("password_reset_confirm", args=[key, token])


def invite(user):
    """Send somebody the link; return whether that went out, or who invites hands it over."""
    if not (settings.SENDS_MAIL and user.email):
        return False
    context = {"person": user, "link": link_for(user), "site": settings.SITE_URL}
    subject = render_to_string("registration/invitation_subject.txt", context)
    body = render_to_string("registration/invitation.txt", context)
    try:
        return bool(send_mail(" ".join(subject.split()), body, None, [user.email]))
    except OSError:  # of which what SMTP refuses is one
        return False
