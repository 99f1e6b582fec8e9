"""Pages that set figures of several towns beside each other."""

from dataclasses import replace

from django.db.models import Count, F, Max, Min
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..archive.flag import FLAG, READ
from ..evidence import comparison, measured
from ..finder import everything
from ..finder.facets import PracticeFacets
from ..finder.filters import Filters
from ..finder.kept import kept
from ..finder.sets import practice_sets
from ..models import Indicator
from ..text.measures import Measure
from .pages import page_of

ROWS_ON_A_PAGE = 60


pairs = kept(comparison.pairs_worth_comparing)


@require_safe
def compare(request):
    chosen = comparison.chosen(request.GET, read=request.META.get(READ))
    are_enough = len(chosen) >= comparison.FEWEST
    context = {
        "comparison": comparison.Comparison(chosen) if chosen else None,
        "are_enough": are_enough,
        "takes_more": are_enough and len(chosen) < comparison.MOST,
        "were_more": len(request.GET.getlist("p")) > comparison.MOST,
        "most": comparison.MOST,
        "pairs": [] if chosen else pairs(),
    }
    if chosen and FLAG in request.META:
        return render(request, "archive/column.html", context | {"practice": chosen[0]})
    return render(request, "practices/compare.html", context)


@require_safe
def measures(request):
    reported = practice_sets().reported()
    groups = [
        (about, [(measure, n) for measure, n in reported.items() if measure.about == about])
        for about in Indicator.About
    ]
    context = {"groups": [(about, found) for about, found in groups if found]}
    return render(request, "measures/list.html", context)


@require_safe
def measure(request, key):
    """Show all that is reported of a measure on one axis, the largest first."""
    if key not in Measure or Measure(key) not in practice_sets().reported():
        raise Http404
    measure = Measure(key)
    countries = [country for country in everything.countries() if country.city_count]
    asked = Filters.read(request.GET, countries)
    filters = Filters(
        themes=asked.themes[:1], topics=asked.topics, country=asked.country, size=asked.size
    )
    reporting = replace(filters, measure=key)
    facets = PracticeFacets(reporting, countries)
    figures = Indicator.objects.filter(
        measure=key, practice__in=reporting.practices().order_by().values("pk")
    ).select_related("practice__city__country")
    ends = figures.aggregate(Min("canonical"), Max("canonical"), n=Count("pk"))
    page = page_of(
        figures.order_by(F("canonical").desc(nulls_last=True), "pk"),
        ends.pop("n"),
        request,
        ROWS_ON_A_PAGE,
    )
    context = {
        "measure": measure,
        "chart": measured.Chart(measure, page, [end for end in ends.values() if end is not None]),
        "page": page,
        "count": facets.count(),
        "filters": filters,
        "fields": [facets.theme(), facets.country(), facets.size()],
        "chips": [chip for chip in facets.chips() if "measure" not in chip.changes],
        "csv_query": reporting.query_string(),
    }
    return render(request, "measures/detail.html", context)
