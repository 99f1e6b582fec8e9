"""Drafts in the admin: a published page is written, sent for review, and published when meant."""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.forms import DateTimeField
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext, gettext_noop, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..editing import deeds, drafts, history, roles, waiting
from ..editing.saving import saving
from ..models import Draft, DraftState, Note, Status
from ..models.publication import is_published
from .given_links import GivenLinks
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
# Translators: said of pages that were public until a set day.
OVER = pgettext_lazy("status", "taken off on its day")
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
        # Translators: a choice of a filter, said of pages.
        returned = pgettext("status", "returned to me")
        more = [("over", OVER), ("changed", changed), ("returned", returned)]
        return [*((state, state.label) for state in states), *more]

    def queryset(self, request, queryset):
        if self.value() == "returned":
            return waiting.returned(queryset, request.user)
        now, is_out = timezone.now(), Q(status=Status.PUBLISHED)
        is_scheduled = Q(publish_at__gt=now) | Q(unpublish_at__gt=now)
        conditions = {
            Status.DRAFT: Q(status=Status.DRAFT),
            Status.REVIEW: Q(status=Status.REVIEW) | Q(draft_state=DraftState.REVIEW),
            DraftState.SCHEDULED: is_out & is_scheduled | Q(draft_state=DraftState.SCHEDULED),
            Status.PUBLISHED: is_published(),
            "over": is_out & Q(unpublish_at__lte=now),
            "changed": is_out & Q(draft_state__isnull=False),
        }
        return queryset.filter(conditions.get(self.value(), Q()))


class Drafting(GivenLinks, Publishing):
    """A form whose page, once published, changes only when somebody means it to."""

    def get_queryset(self, request):
        return drafts.with_draft_state(super().get_queryset(request))

    @admin.display(description=_("status"), ordering="status")
    def state(self, page):
        if page.status == Status.PUBLISHED and page.draft_state:
            state = DraftState(page.draft_state).label
            return pgettext("status", "published, with changes: %(state)s") % {"state": state}
        now, end = timezone.now(), page.unpublish_at
        if page.status != Status.PUBLISHED:
            return page.get_status_display()
        if end and end <= now:
            return OVER
        if page.publish_at > now:
            return DraftState.SCHEDULED.label
        if end:
            moment = localize(timezone.localtime(end))
            return pgettext("status", "published until %(moment)s") % {"moment": moment}
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
        kind = drafts.of_kind(self.model)
        return Draft.objects.current().filter(kind, object_id__in=pages.values("pk"))

    @transaction.atomic
    def change_view(self, request, object_id, form_url="", extra_context=None):
        page = self.get_object(request, unquote(object_id))
        draft = drafts.of(page)
        if page and "_drop" in request.POST:
            return self.drop(request, page, draft)
        request.is_saved, request.draft_state = False, None
        request.is_returned = bool(page) and self.is_returned(request, page)
        if page:
            request.draft_state = self.asked(request, page, draft)
        state = draft.state if draft else page and page.status
        context = {"state": state, "note": request.POST.get("_note", ""), **(extra_context or {})}
        if page and (draft or request.draft_state):
            answer = self.change_by_draft(request, page, draft, form_url, context)
        else:
            self.choose_status(request, page)
            answer = super().change_view(request, object_id, form_url, context)
        if request.is_saved:
            self.leave_note(request, page)
        return answer

    def is_returned(self, request, page):
        """Tell whether a publisher returns a text, and says why."""
        is_asked = "_return" in request.POST and roles.may_publish(request.user, page)
        return is_asked and bool(request.POST.get("_note", "").strip())

    def choose_status(self, request, page):
        """Let a button choose the status of a page that was never published."""
        if page is None or page.status == Status.PUBLISHED:
            return
        status = Status.DRAFT if request.is_returned else Status.REVIEW
        if request.is_returned or "_review" in request.POST:
            request.POST = request.POST.copy()
            request.POST["status"] = status

    def leave_note(self, request, page):
        """Keep what somebody says of a text that they return, send or save."""
        text = request.POST.get("_note", "").strip()
        if "_return" in request.POST and not text:
            messages.error(
                request, gettext("Say what to change: no text is returned without a note.")
            )
        if not text:
            return
        page.refresh_from_db(fields=["status"])
        is_open = page.status != Status.PUBLISHED or drafts.of(page) is not None
        returned_to = waiting.writer(page, request.user) if request.is_returned else None
        Note.objects.create(
            page=page, text=text, user=request.user, returned_to=returned_to, is_open=is_open
        )
        if returned_to:
            told = gettext("“%(page)s” is returned to %(who)s.")
            messages.success(request, told % {"page": page, "who": returned_to})

    def change_by_draft(self, request, page, draft, form_url, context):
        try:
            return self.change_draft(request, page, draft, form_url, context)
        except IntegrityError:
            messages.error(request, CANNOT_BE_SHOWN)
            return self.change_draft(request, page, None, form_url, context)

    def asked(self, request, page, draft):
        """Return the state of the draft that a request makes, or None where it makes none."""
        if request.method != "POST" or page.status != Status.PUBLISHED:
            return None
        if roles.may_publish(request.user, page):
            if "_schedule" in request.POST:
                return DraftState.SCHEDULED
            if not {"_draft", "_return"} & request.POST.keys():
                return None
        is_sent = "_review" in request.POST or (draft and draft.state == DraftState.REVIEW)
        return DraftState.REVIEW if is_sent and not request.is_returned else DraftState.DRAFT

    @transaction.atomic
    def change_draft(self, request, page, draft, form_url, extra_context):
        """Show a page as its draft has it; keep what is typed as a draft, or publish it."""
        state, moment = request.draft_state, None
        if state == DraftState.SCHEDULED:
            moment = self.moment(request)
            state = state if moment else DraftState.DRAFT
        with saving(request.user) as batch:
            if draft:
                drafts.apply(draft)
            context = {"draft": draft, **(extra_context or {})}
            answer = super().change_view(request, str(page.pk), form_url, context)
            if request.is_saved and state is None:
                batch.comment = drafts.noted(draft, batch.comment)
                drafts.settle(page)
                return answer
            if not request.is_saved and hasattr(answer, "render"):
                answer.render()
            records = history.live_snapshot(page)
            transaction.set_rollback(True)
        if request.is_saved:
            drafts.keep(page, records, request.user, state, moment)
            self.log_change(request, page, deeds.note(gettext_noop("Draft saved")))
            if not request.is_returned:
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
            page.notes.close()
            self.log_change(request, page, deeds.note(gettext_noop("Draft dropped")))
            messages.success(request, gettext("The draft is dropped: the page stays as it is."))
        return redirect(request.get_full_path())

    def response_change(self, request, obj):
        request.is_saved = True
        if "_return" in request.POST and not request.is_returned:
            return HttpResponseRedirect(request.get_full_path())
        if not request.draft_state or IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        if {"_save", "_review", "_return"} & request.POST.keys():
            return self.response_post_save_change(request, obj)
        return HttpResponseRedirect(request.get_full_path())

    def render_change_form(self, request, context, *args, **kwargs):
        page, draft = context.get("original"), context.get("draft")
        if page:
            context["makes_drafts"] = page.status == Status.PUBLISHED
            context["may_publish"] = roles.may_publish(request.user, page)
            is_in_review = context.get("state") == Status.REVIEW
            context["may_return"] = context["may_publish"] and is_in_review
            context["notes"] = page.notes.open().select_related("user", "returned_to")
        if draft and draft.base:
            base, latest = draft.base, history.versions(page).first()
            before, after = map(history.recorded_snapshot, (base, latest))
            now = history.live_snapshot(page)  # as the draft has it
            context["changes"] = list(history.differences(after, now))
            if latest != base:
                context["meanwhile"] = list(history.differences(before, after))
        return super().render_change_form(request, context, *args, **kwargs)
