"""What waits for whom: texts in review for who publishes, returned ones for who wrote them."""

from django.contrib.admin.models import DELETION, LogEntry
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from ..models import DraftState, Note, Status, publications
from . import drafts, history
from .roles import editable, may_publish, publishable

REMEMBERED = 300  # of what somebody did last


def waiting(user):
    """Yield what waits for somebody, by kind of page and the newest first.

    That is what is said of the pages, the query by which the admin lists them, and the pages.
    """
    publishes = may_publish(user) or user.trusted_in.exists()
    has_returned = user.notes_to.open().exists()
    for kind in publications():
        pages = drafts.with_draft_state(kind.objects.order_by("-pk"))
        if publishes:
            found = in_review(publishable(pages, user))
            # Translators: said of pages, after their number.
            yield _("in review"), {"state": "review"}, found
        if has_returned:
            found = returned(editable(pages, user), user)
            # Translators: said of pages, after their number.
            yield _("returned to you"), {"state": "returned"}, found


def in_review(pages):
    """Keep pages that somebody should publish or return; needs with_draft_state."""
    return pages.filter(Q(status=Status.REVIEW) | Q(draft_state=DraftState.REVIEW))


def in_draft(pages):
    """Keep pages that are being written; needs with_draft_state."""
    return pages.filter(Q(status=Status.DRAFT) | Q(draft_state=DraftState.DRAFT))


def returned(pages, user):
    """Keep pages that were returned to somebody and not sent again; needs with_draft_state."""
    notes = Note.objects.open().filter(drafts.of_kind(pages.model), object_id=OuterRef("pk"))
    last = notes.exclude(returned_to=None).order_by("-pk").values("returned_to")[:1]
    return in_draft(pages).annotate(last_returned_to=Subquery(last)).filter(last_returned_to=user)


def written(user):
    """Return the pages that somebody wrote last, the latest first; with draft_state."""
    done = LogEntry.objects.filter(user=user, content_type__app_label="cities")
    done = done.exclude(action_flag=DELETION).order_by("-pk")
    keys = dict.fromkeys(done.values_list("content_type__model", "object_id")[:REMEMBERED])
    found = {}
    for kind in publications():
        name = kind._meta.model_name
        if own := [key for model, key in keys if model == name]:
            pages = editable(drafts.with_draft_state(kind.objects.filter(pk__in=own)), user)
            found |= {(name, str(page.pk)): page for page in pages}
    return [found[key] for key in keys if key in found]


def writer(page, publisher):
    """Return to whom a publisher returns a text: to an editor rather than to a publisher."""
    if drafts.of(page):
        users = [draft.user for draft in page.drafts.select_related("user").order_by("-pk")]
    else:
        users = [version.revision.user for version in history.versions(page)]
    known = [user for user in dict.fromkeys(users) if user]
    known.sort(key=lambda user: (may_publish(user, page), user == publisher))
    return next(iter(known), publisher)
