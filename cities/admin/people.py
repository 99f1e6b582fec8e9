"""The people who edit: accounts with role and countries, and the record of who did what."""

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_otp import devices_for_user
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from precursors.sessions import end
from precursors.staff_site import lock

from ..editing.roles import ROLE_NAMES
from ..models import Country

for model in (User, Group, StaticDevice, TOTPDevice):
    admin.site.unregister(model)


class CountryInline(admin.TabularInline):
    model = Country.editors.through
    extra = 1
    verbose_name = gettext_lazy("country of an editor")
    verbose_name_plural = gettext_lazy("countries of an editor")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        label = capfirst(Country._meta.verbose_name)
        return super().formfield_for_foreignkey(db_field, request, label=label, **kwargs)


@admin.register(User)
class PersonAdmin(UserAdmin):
    list_display = ["username", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["groups", "countries", "is_active"]
    filter_horizontal = []
    actions = ["forget_second_factor"]
    inlines = [CountryInline]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        # Translators: heads the name and the e-mail of a user.
        (gettext_lazy("Person"), {"fields": [("first_name", "last_name"), "email"]}),
        # Translators: what a user may do, and the part of a city in the programme.
        (gettext_lazy("Role"), {"fields": ["groups", "is_active"]}),
    ]

    def get_queryset(self, request):
        people = super().get_queryset(request).prefetch_related("groups")
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.label_from_instance = lambda group: ROLE_NAMES.get(group.name, group.name)
            field.help_text = _(
                "An editor writes in the countries below; a publisher publishes in all of them;"
                " an administrator also keeps the accounts."
            )
        return field

    def save_model(self, request, obj, form, change):
        obj.is_staff = True  # visitors have no accounts
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("role"))
    def roles(self, user):
        return ", ".join(str(ROLE_NAMES.get(g.name, g.name)) for g in user.groups.all())

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
            self.log_change(request, user, _("The second factor was forgotten."))
        count = len(queryset)
        text = ngettext(
            "%(count)d account sets up a second factor anew.",
            "%(count)d accounts set up a second factor anew.",
            count,
        )
        messages.success(request, text % {"count": count})


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Groups are roles, whose rights the site sets itself: see cities/staff.py."""

    def has_module_permission(self, request):
        return request.user.is_superuser


@admin.register(LogEntry)
class AuditAdmin(admin.ModelAdmin):
    """Who did what, for reading only."""

    list_display = [
        "action_time",
        "user",
        "action_flag",
        "content_type",
        "record",
        "get_change_message",
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
