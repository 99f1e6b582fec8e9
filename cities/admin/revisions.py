"""History in the admin: what changed, bring back as it was, recover what was deleted."""

import re
from collections import Counter
from contextlib import nullcontext

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from reversion.models import Version

from ..editing import deeds, drafts, history, restoring, roles
from ..editing.saving import saving
from ..models import Page, Publication, Status
from .rights import ByCountry

NOT_BACK = gettext_lazy(
    "“%(name)s” cannot be brought back: what it belongs to is gone, or its address is taken."
)
BACK = deeds.note(gettext_noop("Brought back after it had been deleted"))


class Logged(admin.ModelAdmin):
    """What was done is kept for readers of any language."""

    def construct_change_message(self, request, form, formsets, add=False):
        return deeds.of_form(form, formsets, add)

    def history_view(self, request, object_id, extra_context=None):
        response = super().history_view(request, object_id, extra_context)
        for entry in (getattr(response, "context_data", None) or {}).get("action_list", ()):
            entry.change_message = deeds.told(entry.change_message)
        return response


class HistoryAdmin(Logged, ByCountry):
    """Every save is a revision of one page; two can be compared, and one brought back."""

    object_history_template = "admin/history.html"
    delete_confirmation_template = "admin/delete_page.html"
    delete_selected_confirmation_template = "admin/delete_pages.html"
    change_list_template = "reversion/change_list.html"

    def get_urls(self):
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(address, self.admin_site.admin_view(view), name=f"{info}_{name}")
            for address, view, name in (
                ("recover/", self.recoverlist_view, "recoverlist"),
                ("recover/<int:version_id>/", self.recover_view, "recover"),
                ("<path:object_id>/history/<int:version_id>/", self.revision_view, "revision"),
            )
        ] + super().get_urls()

    def add_view(self, request, form_url="", extra_context=None):
        with saving(request.user):
            return super().add_view(request, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        with saving(request.user):
            return super().change_view(request, object_id, form_url, extra_context)

    def log_addition(self, request, obj, message):
        return self.told(super().log_addition(request, obj, message))

    def log_change(self, request, obj, message):
        return self.told(super().log_change(request, obj, message))

    def told(self, entry):
        """Give the revision that is being written the words of the log."""
        with saving(comment=entry.change_message):
            return entry

    def changelist_view(self, request, extra_context=None):
        context = {
            "title": capfirst(self.opts.verbose_name_plural),
            "has_change_permission": self.has_change_permission(request),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def history_view(self, request, object_id, extra_context=None):
        """List the versions, and compare two of them or one with what is there now."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return super().history_view(request, object_id, extra_context)
        versions = history.versions(record)
        old, new = (
            versions.filter(pk=pk).first() if re.fullmatch(r"\d{1,18}", pk) else None
            for pk in (request.GET.get(end, "") for end in ("from", "to"))
        )
        if old and new and old.pk > new.pk:
            old, new = new, old
        for version in versions:
            version.told = deeds.told(version.revision.comment)
        context = {"versions": versions, "old": old, "new": new, "action_list": []}
        if isinstance(record, Publication):
            context["notes"] = record.notes.select_related("user", "returned_to")
        context["may_restore"] = self.has_change_permission(request, record)
        if old:
            state = history.recorded_snapshot(new) if new else history.live_snapshot(record)
            context["differences"] = list(
                history.differences(history.recorded_snapshot(old), state)
            )
        return super().history_view(request, object_id, context | (extra_context or {}))

    @transaction.atomic
    def revision_view(self, request, object_id, version_id):
        """Bring a page back as it was in a version; show first what that would change."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        version = get_object_or_404(history.versions(record), pk=version_id)
        if request.method != "POST":
            return redirect(self._address("history", record.pk, **{"from": version.pk}))
        if not (self.has_change_permission(request, record) and self.may_recover(request, version)):
            raise PermissionDenied
        is_draft = not roles.writes_at_once(request.user, record)
        try:
            with drafts.kept_apart(record, request.user) if is_draft else nullcontext():
                comment = restoring.restore(record, version, request.user)
        except IntegrityError:
            messages.error(request, NOT_BACK % {"name": version.object_repr})
        else:
            self.log_change(request, record, comment)
            messages.success(request, f"{version.object_repr}: {deeds.told(comment)}")
        return redirect(self._address("change", record.pk))

    def recoverlist_view(self, request):
        """List what was deleted and may come back."""
        self._refuse_unless_recovering(request)
        deleted = Version.objects.get_deleted(self.model).select_related("revision__user")
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Recover what was deleted"),
            "deleted": [version for version in deleted if self.may_recover(request, version)],
        }
        return TemplateResponse(request, "admin/recover_list.html", context)

    def recover_view(self, request, version_id):
        """Bring back what was deleted, with all that was deleted with it."""
        self._refuse_unless_recovering(request)
        version = get_object_or_404(Version.objects.get_deleted(self.model), pk=version_id)
        if not self.may_recover(request, version):
            raise Http404
        if request.method != "POST":
            return redirect(self._address("recoverlist"))
        try:
            with saving(request.user, BACK):
                self.recover(request, version)
        except IntegrityError:
            messages.error(request, NOT_BACK % {"name": version.object_repr})
            return redirect(self._address("recoverlist"))
        record = self.model._base_manager.get(pk=version.object_id)
        self.log_change(request, record, BACK)
        messages.success(request, _("“%(name)s” is back.") % {"name": record})
        return redirect(self._address("change", record.pk))

    def recover(self, request, version):
        """Bring back what was deleted; who may not publish gets it back as a draft."""
        may_publish = roles.may_publish(request.user)
        return restoring.recover(version, **({} if may_publish else {"status": Status.DRAFT}))

    def get_deleted_objects(self, objs, request):
        """Tell in an editor’s words what goes too: pages by their names, and how many parts."""
        _nested, _counts, lacking, protected = super().get_deleted_objects(objs, request)
        chosen = set(objs)
        going = [gone for gone in restoring.going_with(objs) if gone not in chosen]
        pages = [page for page in going if isinstance(page, Page)]
        parts = Counter(
            type(part)._meta.verbose_name_plural
            for part in going
            if not isinstance(part, Page) and self.admin_site.is_registered(type(part))
        )
        return pages, parts, lacking, protected

    def delete_model(self, request, record):
        restoring.delete(record, request.user)

    def delete_queryset(self, request, queryset):
        for record in queryset:
            restoring.delete(record, request.user)

    def _refuse_unless_recovering(self, request):
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied

    def _address(self, page, *args, **query):
        opts = self.model._meta
        name = f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_{page}"
        return reverse(name, args=args, query=query or None)
