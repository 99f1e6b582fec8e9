"""The people who edit: accounts with role and countries, and the record of who did what."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext, pgettext_lazy
from django_otp import devices_for_user
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from precursors.invitation import invite, link_for
from precursors.sessions import end, sessions_of
from precursors.staff_site import lock

from ..editing import deeds
from ..editing.roles import ROLE_NAMES
from ..models import Country
from .concurrency import title_of
from .lists import yes_or_no
from .revisions import Logged

for model in (User, Group, StaticDevice, TOTPDevice):
    admin.site.unregister(model)


class PersonForm(forms.ModelForm):
    """An account: its role is a group, whose rights the site sets itself."""

    role = forms.ModelChoiceField(
        Group.objects.filter(name__in=ROLE_NAMES).order_by("pk"),
        # Translators: what a user may do, and the part of a city in the programme.
        label=gettext_lazy("Role"),
        required=False,
        # Translators: a role that an account does not have.
        empty_label=pgettext_lazy("role", "none"),
        help_text=gettext_lazy(
            "An editor writes in the countries below; a publisher publishes in all of them;"
            " an administrator also keeps the accounts."
        ),
    )
    countries = forms.ModelMultipleChoiceField(
        Country.objects.all(),
        # Translators: those of an editor.
        label=gettext_lazy("Countries"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Those in which an editor writes."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].label_from_instance = lambda group: ROLE_NAMES[group.name]
        self.fields["countries"].queryset = Country.objects.alphabetically()
        if self.instance.pk:
            self.initial["role"] = self.instance.groups.first()
            self.initial["countries"] = self.instance.countries.all()

    def _save_m2m(self):
        super()._save_m2m()
        role = self.cleaned_data["role"]
        self.instance.groups.set([role] if role else [])
        self.instance.countries.set(self.cleaned_data["countries"])


class RoleFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("role"), "role"

    def lookups(self, request, model_admin):
        return [*ROLE_NAMES.items(), ("none", pgettext_lazy("role", "none"))]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(groups=None, is_superuser=False)
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class OnlyPassword(AdminPasswordChangeForm):
    """A new password; there is no other way in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


NOTHING_TO_DO = {
    "role": gettext_lazy("%(person)s has no role and may do nothing yet. Choose one."),
    "country": gettext_lazy("%(person)s is an editor of no country and may write nothing yet."),
}


def lacks(person):
    """Return what an account is without, so that its owner may do nothing; or None."""
    if person.is_superuser or not person.is_active:
        return None
    roles = {group.name for group in person.groups.all()}
    if not roles:
        return "role"
    return "country" if roles == {"editor"} and not person.countries.all() else None


def missing():
    # Translators: said of an account that has no role, or an editor without a country.
    return format_html('<strong class="missing">{}</strong>', _("missing"))


@admin.register(User)
class PersonAdmin(Logged, UserAdmin):
    form = add_form = PersonForm
    change_password_form = OnlyPassword
    add_form_template = change_form_template = "admin/person_form.html"
    list_display = [
        "username",
        "first_name",
        "last_name",
        "roles",
        "of_countries",
        yes_or_no(User, "is_active"),
        "last_login",
    ]
    list_filter = [RoleFilter, "countries", "is_active"]
    filter_horizontal = []
    actions = ["forget_second_factor", "log_out"]
    fieldsets = add_fieldsets = [
        (None, {"fields": ["username"]}),
        # Translators: heads the name and the e-mail of a user.
        (gettext_lazy("Person"), {"fields": [("first_name", "last_name"), "email"]}),
        (gettext_lazy("Role"), {"fields": ["role", "countries", "is_active"]}),
    ]

    def get_queryset(self, request):
        people = super().get_queryset(request).prefetch_related("groups", "countries")
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def get_urls(self):
        view = self.admin_site.admin_view(self.way_in)
        return [path("<int:pk>/way-in/", view, name="auth_user_way_in"), *super().get_urls()]

    def save_model(self, request, obj, form, change):
        obj.is_staff = True  # visitors have no accounts
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if lack := lacks(form.instance):
            messages.warning(request, NOTHING_TO_DO[lack] % {"person": form.instance})

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def render_change_form(self, request, context, *args, **kwargs):
        context["title"] = title_of(self.opts, is_new=kwargs.get("add"))
        if person := context.get("original"):
            context["sends_mail"] = settings.SENDS_MAIL and person.email
            context["lack"] = (lack := lacks(person)) and NOTHING_TO_DO[lack] % {"person": person}
            context["sessions"] = len(sessions_of(person))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_deleted_objects(self, objs, request):
        """Tell who goes; what hangs on an account has names that mean nothing to anybody."""
        _tree, _counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        people = [str(person) for person in objs]
        return people, {User._meta.verbose_name_plural: len(people)}, perms_needed, protected

    def way_in(self, request, pk):
        """Invite somebody to choose a password, or end all their sessions."""
        person = self.get_object(request, str(pk))
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        back = redirect("admin:auth_user_change", pk)
        if request.method != "POST":
            return back
        if request.POST.get("do") == "log out":
            self.log_out(request, [person])
            return back
        self.log_change(request, person, deeds.note(gettext_noop("Invited to choose a password")))
        if invite(person):
            text = _("An invitation is on its way to %(address)s. Its link holds for three days.")
            messages.success(request, text % {"address": person.email})
            return back
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Invitation: %(person)s") % {"person": person},
            "link": link_for(person),
            "person_invited": person,
            "was_not_sent": settings.SENDS_MAIL and person.email,
        }
        return TemplateResponse(request, "admin/invitation.html", context)

    @admin.display(description=gettext_lazy("role"))
    def roles(self, user):
        names = ", ".join(str(ROLE_NAMES.get(g.name, g.name)) for g in user.groups.all())
        return names or ("–" if user.is_superuser else missing())

    @admin.display(description=gettext_lazy("countries"))
    def of_countries(self, user):
        names = ", ".join(map(str, user.countries.all()))
        return missing() if lacks(user) == "country" else names or "–"

    @admin.action(description=gettext_lazy("Log out everywhere"), permissions=["change"])
    def log_out(self, request, queryset):
        """End what accounts have open anywhere, but not the session of who says so."""
        count = 0
        for user in queryset:
            count += end(user, but=request.session.session_key)
            self.log_change(request, user, deeds.note(gettext_noop("Logged out everywhere")))
        messages.success(request, _("Sessions ended: %(count)d.") % {"count": count})

    @admin.action(description=gettext_lazy("Forget the second factor"), permissions=["change"])
    def forget_second_factor(self, request, queryset):
        """Let those who lost their phone set up another one when they next log in.

        Whoever found it may be logged in: so what was begun with it ends.
        """
        for user in queryset:
            with transaction.atomic():
                lock(user)
                for device in devices_for_user(user, confirmed=None):
                    device.delete()
                end(user, but=request.session.session_key)
            self.log_change(
                request, user, deeds.note(gettext_noop("The second factor was forgotten."))
            )
        count = len(queryset)
        text = ngettext(
            "%(count)d account sets up a second factor anew.",
            "%(count)d accounts set up a second factor anew.",
            count,
        )
        messages.success(request, text % {"count": count})


@admin.register(LogEntry)
class AuditAdmin(admin.ModelAdmin):
    """Who did what, for reading only."""

    list_display = [
        "action_time",
        "user",
        "action_flag",
        "content_type",
        "record",
        "told",
    ]
    list_display_links = None
    list_filter = [
        "action_flag",
        ("content_type", admin.RelatedOnlyFieldListFilter),
        ("user", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "user__username", "user__last_name"]
    date_hierarchy = "action_time"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    # Translators: a column: which page or figure somebody changed.
    @admin.display(description=gettext_lazy("record"))
    def record(self, entry):
        url = entry.get_admin_url()
        return (
            format_html('<a href="{}">{}</a>', url, entry.object_repr) if url else entry.object_repr
        )

    # Translators: a column: what somebody did to a page or an account.
    @admin.display(description=gettext_lazy("what was done"))
    def told(self, entry):
        return deeds.told(entry.change_message)
