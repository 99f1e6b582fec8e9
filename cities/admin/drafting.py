"""Drafts in the admin: a published page is written, sent for review, and published when meant."""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Q, Subquery
from django.forms import DateTimeField
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, pgettext
from django.utils.translation import gettext_lazy as _

from ..editing import deeds, drafts, history, roles
from ..editing.saving import saving
from ..models import Draft, DraftState, Status
from .preview_links import PreviewLinks
from .rights import Publishing

TOLD = {
    DraftState.DRAFT: _(
        "Your draft is saved. Visitors see the page as it was until it is published."
    ),
    DraftState.REVIEW: _(
        "Your draft is sent for review. Visitors see the page as it was until then."
    ),
    DraftState.SCHEDULED: _("The draft will be published at the time that you set."),
}
CONTESTED = _(
    "“%(page)s” was not published: somebody has changed meanwhile what its draft changes too. Open "
    "it, read what changed, and publish it there."
)
CANNOT_BE_SHOWN = _(
    "The draft cannot be shown: what it belongs to is gone, or its address is taken. This is the "
    "page as visitors see it."
)


class StateFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        changed = pgettext("status", "published with changes")
        states = [Status.DRAFT, Status.REVIEW, DraftState.SCHEDULED, Status.PUBLISHED]
        return [*((state, state.label) for state in states), ("changed", changed)]

    def queryset(self, request, queryset):
        is_out, is_later = Q(status=Status.PUBLISHED), Q(publish_at__gt=timezone.now())
        conditions = {
            Status.DRAFT: Q(status=Status.DRAFT),
            Status.REVIEW: Q(status=Status.REVIEW) | Q(draft_state=DraftState.REVIEW),
            DraftState.SCHEDULED: is_out & is_later | Q(draft_state=DraftState.SCHEDULED),
            Status.PUBLISHED: is_out & ~is_later,
            "changed": is_out & Q(draft_state__isnull=False),
        }
        return queryset.filter(conditions.get(self.value(), Q()))


class Drafting(PreviewLinks, Publishing):
    """A form whose page, once published, changes only when somebody means it to."""

    def get_queryset(self, request):
        return with_draft_state(super().get_queryset(request))

    @admin.display(description=_("status"), ordering="status")
    def state(self, page):
        if page.status == Status.PUBLISHED and page.draft_state:
            state = DraftState(page.draft_state).label
            return pgettext("status", "published, with changes: %(state)s") % {"state": state}
        if page.status == Status.PUBLISHED and page.publish_at > timezone.now():
            return DraftState.SCHEDULED.label
        return page.get_status_display()

    @admin.action(description=_("Submit for review"), permissions=["change"])
    def submit(self, request, queryset):
        super().submit(request, queryset)
        waiting = self.drafts_of(queryset).filter(state=DraftState.DRAFT)
        self.tell(request, waiting.update(state=DraftState.REVIEW), DraftState.REVIEW.label)

    # Translators: an action on ticked pages and a choice of what people may do: a verb.
    @admin.action(description=_("Publish"), permissions=["publish"])
    @transaction.atomic
    def publish(self, request, queryset):
        chosen = list(self.drafts_of(queryset))
        super().publish(request, queryset)
        published = 0
        for draft in chosen:
            if not roles.may_publish(request.user, draft.page):
                continue
            if drafts.merged(draft)[1]:
                messages.warning(request, CONTESTED % {"page": draft.page})
                continue
            comment = deeds.note(gettext_noop("Draft published"))
            drafts.publish(draft, request.user, comment)
            self.log_change(request, draft.page, comment)
            published += 1
        self.tell(request, published, Status.PUBLISHED.label)

    def drafts_of(self, pages):
        return drafts_of_kind(self.model).filter(object_id__in=pages.values("pk"))

    @transaction.atomic
    def change_view(self, request, object_id, form_url="", extra_context=None):
        page = self.get_object(request, unquote(object_id))
        draft = drafts.of(page)
        request.draft_state = self.asked(request, page, draft) if page else None
        if page is None or not (draft or request.draft_state):
            return super().change_view(request, object_id, form_url, extra_context)
        if "_drop" in request.POST:
            return self.drop(request, page, draft)
        try:
            return self.change_draft(request, page, draft, form_url, extra_context)
        except IntegrityError:
            messages.error(request, CANNOT_BE_SHOWN)
            return self.change_draft(request, page, None, form_url, extra_context)

    def asked(self, request, page, draft):
        """Return the state of the draft that a request makes, or None where it makes none."""
        if request.method != "POST" or page.status != Status.PUBLISHED:
            return None
        if roles.may_publish(request.user, page):
            if "_schedule" in request.POST:
                return DraftState.SCHEDULED
            if "_draft" not in request.POST:
                return None
        is_sent = "_review" in request.POST or (draft and draft.state == DraftState.REVIEW)
        return DraftState.REVIEW if is_sent else DraftState.DRAFT

    @transaction.atomic
    def change_draft(self, request, page, draft, form_url, extra_context):
        """Show a page as its draft has it; keep what is typed as a draft, or publish it."""
        state, moment = request.draft_state, None
        if state == DraftState.SCHEDULED:
            moment = self.moment(request)
            state = state if moment else DraftState.DRAFT
        request.is_saved = False
        with saving(request.user):
            if draft:
                drafts.apply(draft)
            context = {"draft": draft, **(extra_context or {})}
            answer = super().change_view(request, str(page.pk), form_url, context)
            if request.is_saved and state is None:
                drafts.settle(page)
                return answer
            if not request.is_saved and hasattr(answer, "render"):
                answer.render()
            records = history.live_snapshot(page)
            transaction.set_rollback(True)
        if request.is_saved:
            drafts.keep(page, records, request.user, state, moment)
            self.log_change(request, page, deeds.note(gettext_noop("Draft saved")))
            messages.success(request, TOLD[state])
        return answer

    def moment(self, request):
        """Return the moment for which somebody schedules a draft; say so where it is none."""
        try:
            moment = DateTimeField().clean(request.POST.get("_publish_on", ""))
        except ValidationError:
            moment = None
        if moment is None or moment <= timezone.now():
            messages.error(request, gettext("Choose a day and a time to come."))
            return None
        return moment

    def drop(self, request, page, draft):
        if draft and request.POST.get("base_version", "").endswith(f".{draft.pk}"):
            drafts.drop(page)
            self.log_change(request, page, deeds.note(gettext_noop("Draft dropped")))
            messages.success(request, gettext("The draft is dropped: the page stays as it is."))
        return redirect(request.get_full_path())

    def response_change(self, request, obj):
        request.is_saved = True
        if not request.draft_state or IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        if "_save" in request.POST or "_review" in request.POST:
            return self.response_post_save_change(request, obj)
        return HttpResponseRedirect(request.get_full_path())

    def render_change_form(self, request, context, *args, **kwargs):
        page, draft = context.get("original"), context.get("draft")
        if page and page.status == Status.PUBLISHED:
            context["makes_drafts"] = True
            context["may_publish"] = roles.may_publish(request.user, page)
        if draft and draft.base:
            base, latest = draft.base, history.versions(page).first()
            before, after = map(history.recorded_snapshot, (base, latest))
            now = history.live_snapshot(page)  # as the draft has it
            context["changes"] = list(history.differences(after, now))
            if latest != base:
                context["meanwhile"] = list(history.differences(before, after))
        return super().render_change_form(request, context, *args, **kwargs)


def with_draft_state(pages):
    """Add draft_state to pages: that of their draft, if they have one."""
    of_page = drafts_of_kind(pages.model).filter(object_id=OuterRef("pk"))
    return pages.annotate(draft_state=Subquery(of_page.values("state")[:1]))


def drafts_of_kind(model):
    kind = {"content_type__app_label": "cities", "content_type__model": model._meta.model_name}
    return Draft.objects.current().filter(**kind)
