"""The to-do list on the admin's front page."""

from dataclasses import dataclass

from django import template
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..admin.drafting import with_draft_state
from ..admin.findings import link_to
from ..editing.roles import editable
from ..models import DraftState, Finding, Rule, Status, publications

register = template.Library()
SHOWN = 3  # pages of each task


@dataclass
class Task:
    label: str
    count: int
    url: str
    pages: list


@register.inclusion_tag("admin/to_do.html")
def to_do(user):
    """Tell what waits for somebody: changes, texts to review, what the checklist found."""
    return {"tasks": [*waiting(user), *found(user)]}


def waiting(user):
    today = timezone.localdate()
    for model in publications():
        name = capfirst(model._meta.verbose_name_plural)
        lists = reverse(f"admin:cities_{model._meta.model_name}_changelist")
        mine = editable(model.objects.order_by("-pk"), user)
        tasks = [
            # Translators: said of pages, after their number.
            (_("in review"), in_review(mine), "state=review"),
            # Translators: said of pages, after their number.
            (_("review due"), mine.filter(review_by__lte=today), "review=due"),
        ]
        for label, pages, query in tasks:
            # Newest first; each row knows how many there are, which spares a query.
            if last := list(pages.annotate(total=Window(Count("pk")))[:SHOWN]):
                yield Task(f"{name}: {label}", last[0].total, f"{lists}?{query}", shown(last))


def in_review(pages):
    state = with_draft_state(pages)
    return state.filter(Q(status=Status.REVIEW) | Q(draft_state=DraftState.REVIEW))


def found(user):
    """Return a task for each rule, with the pages that were saved last."""
    findings = editable(Finding.objects.order_by(), user)
    counts = dict(findings.values_list("rule").annotate(Count("pk")))
    number = Window(RowNumber(), partition_by=F("rule"), order_by=F("pk").desc())
    last = findings.annotate(number=number).filter(number__lte=SHOWN)
    last = list(last.select_related(*Finding.PAGES))
    report = reverse("admin:cities_finding_changelist")
    for rule in Rule:
        if rule in counts:
            pages = dict.fromkeys(finding.page for finding in last if finding.rule == rule)
            url = f"{report}?rule__exact={rule}"
            yield Task(capfirst(rule.label), counts[rule], url, shown(pages))


def shown(pages):
    return [{"name": str(page), "url": link_to(page)} for page in pages]
