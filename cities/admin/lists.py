"""Lists of records: how staff search, filter and count them."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..finder.search import search
from ..text.alphabet import slugify

FEW = 500  # records that a search of a list finds


class ByKeys(Paginator):
    """Choose later pages by their keys: what a list tells of each record is not read of others."""

    def page(self, number):
        page = super().page(number)
        if page.has_previous():
            keys = list(page.object_list.values_list("pk", flat=True))
            page.object_list = self.object_list.filter(pk__in=keys)
        return page


class FoldedSearch:
    """Search as the site does, so that “lodz” and “łódź” find Łódź on every database."""

    paginator = ByKeys

    def get_search_results(self, request, queryset, search_term):
        found, _duplicates = super().get_search_results(request, queryset, search_term)
        if not search_term:
            return found, False
        if "field_name" in request.GET:  # somebody chooses one by its name
            slug = slugify(search_term)
            named = queryset.filter(Q(pk__in=found.values("pk")) | Q(slug__contains=slug))
            begins = Case(When(slug__startswith=slug, then=0), default=1)
            order = self.get_ordering(request) or self.opts.ordering
            return named.order_by(begins, *order), False
        folded = search(self.model.objects.all(), search_term)
        here = Q(pk__in=_at_once(found)) | Q(pk__in=_at_once(folded))
        return queryset.filter(here), False


def _at_once(found):
    """Return the keys of a few records, so that counting them searches no second time."""
    keys = found.order_by().values_list("pk", flat=True)
    few = list(keys[: FEW + 1])
    return few if len(few) <= FEW else keys


class ReviewDue(admin.SimpleListFilter):
    # Translators: a filter: which pages somebody should read through again.
    title = _("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        # Translators: said of pages whose day of review has come.
        return [("due", _("due"))]

    def queryset(self, request, queryset):
        if self.value() == "due":
            return queryset.filter(review_by__lte=timezone.localdate())
        return queryset


def number_of(model, owner):
    """Count what belongs to each record of a list; a join would count for those not shown too."""
    belonging = model.objects.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    return Coalesce(Subquery(belonging.annotate(number=Count("pk")).values("number")), 0)


def yes_or_no(model, column):
    """Return a column of a list that says in words what a box says; Django’s picture is English."""
    field = model._meta.get_field(column)

    @admin.display(description=field.verbose_name, ordering=column)
    def told(record):
        return _("yes") if getattr(record, column) else _("no")

    told.__name__ = column
    return told


def counted(count, model, **lookup):
    """Return a count as a link to the list of what was counted."""
    url = reverse(f"admin:cities_{model}_changelist", query=lookup)
    return format_html('<a href="{}">{}</a>', url, count)
