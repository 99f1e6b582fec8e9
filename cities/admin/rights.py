"""Rights in the admin: an editor sees and changes the records of their own countries only."""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..editing import history, roles
from ..editing.saving import saving
from ..models import Status


def preview_url(page, slug, language):
    with translation.override(language):
        return reverse(f"{page._meta.model_name}_preview", kwargs={"slug": slug})


def changes_url(page):
    """Return where a publisher sees, accepts and undoes what editors changed on a page."""
    name = f"admin:cities_{page._meta.model_name}_history"
    return reverse(name, args=[page.pk], query={"from": page.checked_id})


class ByCountry(admin.ModelAdmin):
    def get_queryset(self, request):
        return roles.editable(super().get_queryset(request), request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model in roles.COUNTRY_OF:
            choices = db_field.related_model._default_manager.all()
            kwargs["queryset"] = roles.editable(choices, request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def may_recover(self, request, version):
        record = self.model(**version.field_dict)
        try:
            return roles.is_editable(record, request.user)
        except ObjectDoesNotExist:  # what it belonged to is gone too
            return False


class Publishing(admin.ModelAdmin):
    """Draft, in review, published: editors write and submit, publishers publish."""

    actions = ["submit", "publish", "withdraw"]

    def has_publish_permission(self, request):
        return roles.may_publish(request.user)

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (
            obj is None or obj.status != Status.PUBLISHED or roles.may_publish(request.user)
        )

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if roles.may_publish(request.user):
            return fields
        published = ["status"] if obj and obj.status == Status.PUBLISHED else []
        return [*fields, "publish_at", *published]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "status" and not roles.may_publish(request.user):
            kwargs["choices"] = [c for c in Status.choices if c[0] != Status.PUBLISHED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @admin.action(description=_("Submit for review"), permissions=["change"])
    def submit(self, request, queryset):
        self._move(request, queryset.filter(status=Status.DRAFT), Status.REVIEW)

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish(self, request, queryset):
        self._move(request, queryset.exclude(status=Status.PUBLISHED), Status.PUBLISHED)

    @admin.action(description=_("Take back to draft"), permissions=["publish"])
    def withdraw(self, request, queryset):
        self._move(request, queryset.exclude(status=Status.DRAFT), Status.DRAFT)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_accept"
        view = self.admin_site.admin_view(self.accept_view)
        return [path("<path:object_id>/accept/", view, name=name), *super().get_urls()]

    @transaction.atomic
    def accept_view(self, request, object_id):
        """Take a page off the list of those that editors changed and no publisher has seen."""
        if request.method != "POST" or not roles.may_publish(request.user):
            raise PermissionDenied
        page = self.get_object(request, unquote(object_id))
        if page is None:
            raise Http404
        latest = history.versions(page).first()
        if latest and request.POST.get("base_version") != str(latest.pk):
            message = gettext("Somebody has saved this page meanwhile. Look at the changes again.")
            messages.warning(request, message)
            return redirect(changes_url(page))
        self.model.objects.filter(pk=page.pk).update(checked=None)
        self.log_change(request, page, gettext("Changes by editors accepted"))
        return redirect("admin:index")

    def history_view(self, request, object_id, extra_context=None):
        page = self.get_object(request, unquote(object_id))
        unchecked = page and page.checked_id and roles.may_publish(request.user)
        context = {"unchecked": page.checked if unchecked else None}
        return super().history_view(request, object_id, context | (extra_context or {}))

    def render_change_form(self, request, context, *args, **kwargs):
        if page := context.get("original"):
            slug = self.model.objects.values_list("slug", flat=True).get(pk=page.pk)
            context["previews"] = [
                (code, preview_url(page, slug, code)) for code, _name in settings.LANGUAGES
            ]
            if page.checked_id and roles.may_publish(request.user):
                context["changes_url"] = changes_url(page)
        return super().render_change_form(request, context, *args, **kwargs)

    @transaction.atomic
    def _move(self, request, queryset, status):
        chosen = list(queryset.values_list("pk", flat=True))
        pages = list(self.model.objects.select_for_update().filter(pk__in=chosen))
        comment = gettext("Status: %(status)s") % {"status": status.label}
        with saving(request.user, comment):
            for page in pages:
                page.status = status
                page.save()
                self.log_change(request, page, comment)
        count = len(pages)
        text = ngettext(
            "%(count)d page is now: %(status)s.", "%(count)d pages are now: %(status)s.", count
        )
        messages.success(request, text % {"count": count, "status": status.label})
