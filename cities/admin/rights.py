"""Rights in the admin: an editor sees and changes the records of their own countries only."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext

from ..editing import deeds, roles
from ..editing.saving import saving
from ..models import Status


def preview_url(page, slug, language):
    with translation.override(language):
        return reverse(f"{page._meta.model_name}_preview", kwargs={"slug": slug})


class ByCountry(admin.ModelAdmin):
    def get_queryset(self, request):
        return roles.editable(super().get_queryset(request), request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model in roles.COUNTRY_OF:
            choices = db_field.related_model._default_manager.all()
            kwargs["queryset"] = roles.editable(choices, request.user)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == getattr(self.model, "way_to_country", None):
            # What is of no country is the publishers’.
            field.required |= not roles.may_publish(request.user)
        return field

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
        return roles.may_publish(request.user) or request.user.trusted_in.exists()

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or roles.writes_at_once(request.user, obj))

    def get_form(self, request, obj=None, change=False, **kwargs):
        request.may_publish = roles.may_publish(request.user, obj)  # for the choices of its fields
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if roles.may_publish(request.user, obj):
            return fields
        published = ["status"] if obj and obj.status == Status.PUBLISHED else []
        return [*fields, "publish_at", "unpublish_at", *published]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "status" and not request.may_publish:
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

    def render_change_form(self, request, context, *args, **kwargs):
        if page := context.get("original"):
            draft = context.get("draft")  # found, too, by the address that the page has now
            slug = draft.page.slug if draft else self.model.objects.get(pk=page.pk).slug
            context["previews"] = [
                (code, preview_url(page, slug, code)) for code, _name in settings.LANGUAGES
            ]
        return super().render_change_form(request, context, *args, **kwargs)

    @transaction.atomic
    def _move(self, request, queryset, status):
        chosen = list(queryset.values_list("pk", flat=True))
        pages = list(self.model.objects.select_for_update().filter(pk__in=chosen))
        if Status.PUBLISHED in (status, *(page.status for page in pages)):
            pages = [page for page in pages if roles.may_publish(request.user, page)]
        comment = deeds.note(gettext_noop("Status: %(status)s"), status=status)
        with saving(request.user, comment):
            for page in pages:
                page.status = status
                page.save()
                self.log_change(request, page, comment)
        self.tell(request, len(pages), status.label)

    def tell(self, request, count, state):
        text = ngettext(
            "%(count)d page is now: %(status)s.", "%(count)d pages are now: %(status)s.", count
        )
        if count:
            messages.success(request, text % {"count": count, "status": state})
