"""The way into the admin: a password, and a second factor: for all, or for those who publish."""

from base64 import b32encode
from functools import wraps
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

import django_otp
import qrcode
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathImage

from .guesses import remember
from .impossible import answered
from .sessions import end, note_use, sessions_of

RECOVERY_CODES = 10
TOTP_DIGITS = 6
NOT_SAVED = gettext_lazy(
    "You were no longer logged in, so what you sent was not saved. Go back in the browser and copy "
    "your texts, if they are still there, before you log in."
)


def needs_second_factor(user):
    """Tell whether a password is too little for this person, or for what they may do."""
    if settings.SECOND_FACTOR == "all":
        return True
    may_publish = user.has_perm("cities.publish_city") or user.trusted_in.exists()
    return may_publish or user.has_perm("auth.change_user")


def mark_of(user):
    """Return a mark by which a browser tells the people apart who type there; of nobody, none."""
    if not user.is_authenticated:
        return ""
    return salted_hmac("precursors.staff_site", str(user.pk)).hexdigest()[:16]


def lock(user):
    """Let nobody else touch what guards an account until this transaction ends.

    A code lets in once, however many post it at the same moment.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def client_address(request):
    """Return where a request comes from; under https the web server in front tells.

    Of IPv6 it is the network: whoever has one address there has 2⁶⁴ to guess passwords from.
    """
    told = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    try:
        address = ip_address(told.rsplit(",", 1)[-1].strip())
    except ValueError:
        return request.META.get("REMOTE_ADDR", "")
    if address.version == 4 or address.ipv4_mapped:
        return str(getattr(address, "ipv4_mapped", address))
    return str(ip_network((address, 64), strict=False).network_address)


class CodeForm(forms.Form):
    code = forms.CharField(
        # Translators: the six digits of the second factor.
        label=gettext_lazy("Code"),
        max_length=16,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}
        ),
    )


def told(view):
    """Tell a script where a view leads: what stands to be said is for who sees the page there.

    Who has to log in first and does so without a script is told that nothing was saved.
    """

    @wraps(view)
    def tell(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponseRedirect):
            return response
        is_over = urlsplit(response.url).path == reverse("admin:login")
        if request.headers.get("X-Requested-With") == "fetch":
            response.status_code = 401 if is_over else 204
        elif is_over and request.method == "POST":
            messages.warning(request, NOT_SAVED)
        return response

    return tell


class StaffSite(AdminSite):
    def has_permission(self, request):
        user = request.user
        return super().has_permission(request) and (
            user.is_verified()
            or not (needs_second_factor(user) or django_otp.user_has_device(user))
        )

    def admin_view(self, view, cacheable=False):
        @wraps(view)
        def used(request, *args, **kwargs):
            note_use(request)
            if "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):
                raise DisallowedModelAdminToField  # at which Django itself would break
            return view(request, *args, **kwargs)

        return told(super().admin_view(answered(used), cacheable))

    def each_context(self, request):
        return super().each_context(request) | {"person": mark_of(request.user)}

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: app["app_label"] != "cities")  # the daily work first

    def get_urls(self):
        return [
            path("logout/", self.logout, name="logout"),  # for who has no code at hand too
            path("records/<uuid:uuid>/", self.admin_view(self.record), name="record"),
            path("sessions/", self.admin_view(self.sessions), name="sessions"),
            path("second-factor/", self.second_factor, name="second_factor"),
            *super().get_urls(),
        ]

    def logout(self, request, extra_context=None):
        # A mark that nobody has: the browser forgets what anybody typed.
        return super().logout(request, {"person": "nobody"} | (extra_context or {}))

    def login(self, request, extra_context=None):
        if super().has_permission(request) and not self.has_permission(request):
            onward = request.GET.get(REDIRECT_FIELD_NAME, "")
            query = {REDIRECT_FIELD_NAME: onward} if onward else None
            return redirect(reverse("admin:second_factor", query=query))
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            remember(response, request.user.get_username())
        return response

    @method_decorator(never_cache)
    @transaction.atomic
    def second_factor(self, request):
        """Ask for a code; first set up what makes them, for whoever has nothing yet."""
        user = request.user
        if not super().has_permission(request):
            return redirect("admin:login")
        lock(user)
        if user.is_verified():
            codes = new_recovery_codes(user) if request.method == "POST" else []
            return self.answer(request, codes=codes, is_set_up=True)
        form = CodeForm(request.POST or None)
        if django_otp.user_has_device(user):
            return self.ask(request, form)
        return self.set_up(request, form)

    def ask(self, request, form):
        if form.is_valid():
            code = form.cleaned_data["code"].replace(" ", "")
            # Each kind by its shape: a wrong code slows a device down, and so would the others'.
            kind = TOTPDevice if len(code) == TOTP_DIGITS else StaticDevice
            for device in kind.objects.devices_for_user(request.user, confirmed=True):
                if device.verify_token(code.lower()):
                    django_otp.login(request, device)
                    return HttpResponseRedirect(self.onward(request))
            form.add_error("code", _("That is not the code of this moment. Wait for the next one."))
        return self.answer(request, form=form)

    def set_up(self, request, form):
        devices = TOTPDevice.objects.filter(user=request.user, confirmed=False)
        device = devices.first() or devices.create(user=request.user, confirmed=False)
        if form.is_valid():
            if device.verify_token(form.cleaned_data["code"].replace(" ", "")):
                device.confirmed = True
                device.save()
                django_otp.login(request, device)
                return self.answer(request, codes=new_recovery_codes(request.user))
            form.add_error("code", _("That is not the code of this moment. Wait for the next one."))
        image = qrcode.make(device.config_url, image_factory=SvgPathImage)
        return self.answer(
            request,
            form=form,
            picture=mark_safe(image.to_string(encoding="unicode")),
            secret=b32encode(device.bin_key).decode(),
        )

    def record(self, request, uuid):
        """Lead from the identifier that the site gives a record to the form of that record."""
        for model in self._registry:
            if hasattr(model, "uuid") and (found := model.objects.filter(uuid=uuid).first()):
                name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
                return redirect(name, found.pk)
        raise Http404

    def answer(self, request, **context):
        context |= self.each_context(request) | {
            "title": _("Second factor"),
            "onward": self.onward(request),
        }
        return TemplateResponse(request, "admin/second_factor.html", context)

    def sessions(self, request):
        """Show a person's sessions, and end those of them that are no longer wanted."""
        if request.method == "POST":
            chosen, own = request.POST.get("session"), request.session.session_key
            if chosen == "all":
                end(request.user, but=own)
                return self.logout(request)
            count = end(request.user, chosen, but=own)
            messages.success(request, _("Sessions ended: %(count)d.") % {"count": count})
            return redirect("admin:sessions")
        context = self.each_context(request) | {
            # Translators: where an account is logged in.
            "title": _("Sessions"),
            "sessions": sessions_of(request.user),
        }
        return TemplateResponse(request, "admin/sessions.html", context)

    def onward(self, request):
        url = request.GET.get(REDIRECT_FIELD_NAME, "")
        safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
        return url if safe else reverse("admin:index")


def new_recovery_codes(user):
    """Make codes that work once each, in place of the old ones, and return them."""
    device, _made = StaticDevice.objects.get_or_create(user=user, name="recovery")
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=code)
    return codes
