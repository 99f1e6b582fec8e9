"""The to-do list on the admin's front page."""

from dataclasses import dataclass

from django import template
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..admin.findings import link_to
from ..editing.roles import editable
from ..editing.waiting import waiting, written
from ..models import Answer, City, DraftState, Finding, Rule, publications

register = template.Library()
SHOWN = 3  # pages of each task
OWN_SHOWN = 5  # pages that somebody wrote


@dataclass
class Task:
    label: str
    count: int
    url: str
    pages: list


@register.inclusion_tag("admin/to_do.html")
def to_do(user):
    """Tell what waits for somebody, what there is to do, and what they wrote themselves."""
    mine = written(user)
    unfinished = [page for page in mine if is_unfinished(page)]
    return {
        "waiting": [*answered(user), *tasks(waiting(user))],
        "tasks": [*tasks(due(user)), *found(user)],
        "unfinished": Task("", len(unfinished), "", shown(unfinished[:OWN_SHOWN])),
        "changed": shown(mine[:OWN_SHOWN]),
    }


def answered(user):
    """Yield the cities of which somebody has to decide what their offices say."""
    cities = editable(City.objects.filter(pk__in=Answer.objects.values("city")), user)
    if last := list(cities.order_by("-pk").annotate(total=Window(Count("pk")))[:SHOWN]):
        url = reverse("admin:cities_city_changelist", query={"answers": "waiting"})
        pages = [
            {"name": str(city), "url": reverse("admin:cities_city_answers", args=[city.pk])}
            for city in last
        ]
        # Translators: cities whose offices have answered; their number follows.
        yield Task(_("Answers of cities"), last[0].total, url, pages)


def tasks(several):
    """Yield a task for each of several lists of pages that has any, with its newest."""
    for said, query, pages in several:
        # Each row knows how many there are, which spares a query.
        if last := list(pages.annotate(total=Window(Count("pk")))[:SHOWN]):
            meta = pages.model._meta
            url = reverse(f"admin:cities_{meta.model_name}_changelist", query=query)
            label = f"{capfirst(meta.verbose_name_plural)}: {said}"
            yield Task(label, last[0].total, url, shown(last))


def due(user):
    for kind in publications():
        pages = editable(kind.objects.order_by("-pk"), user)
        # Translators: said of pages, after their number.
        yield _("review due"), {"review": "due"}, pages.filter(review_by__lte=timezone.localdate())


def is_unfinished(page):
    return DraftState.DRAFT in (page.draft_state, page.status)


def found(user):
    """Return a task for each rule, with the pages that were saved last."""
    findings = editable(Finding.objects.order_by(), user)
    counts = dict(findings.values_list("rule").annotate(Count("pk")))
    number = Window(RowNumber(), partition_by=F("rule"), order_by=F("pk").desc())
    newest = findings.annotate(number=number).filter(number__lte=SHOWN)
    # In two questions: in one, PostgreSQL joins all findings with all pages.
    last = Finding.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).order_by("-pk")
    last = list(last.select_related(*Finding.PAGES))
    report = reverse("admin:cities_finding_changelist")
    for rule in Rule:
        if rule in counts:
            pages = dict.fromkeys(finding.page for finding in last if finding.rule == rule)
            url = f"{report}?rule__exact={rule}"
            yield Task(capfirst(rule.label), counts[rule], url, shown(pages))


def shown(pages):
    return [{"name": str(page), "url": link_to(page)} for page in pages]
