"""The to-do list on the admin's front page."""

from dataclasses import dataclass

from django import template
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..admin.checklist import link_to
from ..models import City, Finding, Practice, Rule, Status

register = template.Library()
SHOWN = 3  # pages of each task


@dataclass
class Task:
    label: str
    count: int
    url: str
    pages: list


@register.inclusion_tag("admin/to_do.html")
def to_do():
    """Tell what is waiting: texts to review, days that have passed, what the checklist found."""
    return {"tasks": [*waiting(), *found()]}


def waiting():
    today = timezone.localdate()
    for model in (City, Practice):
        name = capfirst(model._meta.verbose_name_plural)
        lists = reverse(f"admin:cities_{model._meta.model_name}_changelist")
        for label, pages, query in (
            (_("in review"), model.objects.filter(status=Status.REVIEW), "status__exact=review"),
            (_("review due"), model.objects.filter(review_by__lte=today), "review=due"),
        ):
            # Newest first; each row knows how many there are, which spares a query.
            if last := list(pages.order_by("-pk").annotate(total=Window(Count("pk")))[:SHOWN]):
                yield Task(f"{name}: {label}", last[0].total, f"{lists}?{query}", shown(last))


def found():
    """Return a task for each rule, with the pages that were saved last."""
    counts = dict(Finding.objects.order_by().values_list("rule").annotate(Count("pk")))
    number = Window(RowNumber(), partition_by=F("rule"), order_by=F("pk").desc())
    last = Finding.objects.annotate(number=number).filter(number__lte=SHOWN)
    last = list(last.select_related("country", "city", "practice"))
    report = reverse("admin:cities_finding_changelist")
    for rule in Rule:
        if rule in counts:
            pages = dict.fromkeys(finding.page for finding in last if finding.rule == rule)
            url = f"{report}?rule__exact={rule}"
            yield Task(capfirst(rule.label), counts[rule], url, shown(pages))


def shown(pages):
    return [{"name": str(page), "url": link_to(page)} for page in pages]
