"""What is to be translated: found by the checklist, counted, and gone through page by page."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import BigIntegerField, Case, CharField, Count, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from translated_fields import to_attribute

from ..models import Finding, Freshness, Publication, Rule, page_kinds
from ..text.translation import columns
from .checklist import written
from .drafts import with_draft_state
from .roles import COUNTRY_OF, editable

RULES = {Freshness.MISSING: Rule.TRANSLATION, Freshness.OUTDATED: Rule.OUTDATED}
NO_COUNTRY = "-"  # what belongs to none, such as topics and journeys


@dataclass(frozen=True)
class Text:
    """One text of a page or of a part of it, to be written in a language."""

    part: object
    name: str
    language: str

    @property
    def column(self):
        return to_attribute(self.name, self.language)

    @property
    def field(self):
        return self.part._meta.get_field(self.column)

    @property
    def now(self):
        return getattr(self.part, self.column)

    @property
    def source_column(self):
        """Return the column from which it is translated: the original, else English, else any."""
        others = [c for c in columns(self.name) if c != self.column]
        best = [to_attribute(self.name, code) for code in (settings.LANGUAGE_CODE, "en")]
        order = [c for c in [*best, *others] if c in others]
        return next((c for c in order if getattr(self.part, c)), order[0])

    @property
    def source(self):
        return getattr(self.part, self.source_column)

    @property
    def was(self):
        """Return the source from which an outdated translation was made, else None."""
        return self.part.outdated(self.language).get(self.name)

    @property
    def state(self):
        if self.source and not self.now:
            return Freshness.MISSING
        return Freshness.FRESH if self.was is None else Freshness.OUTDATED


def texts(page, language):
    """Yield the texts of a page and its parts that are told in some language."""
    for part in written(page):
        for name in part.original_columns():
            text = Text(part, name, language)
            if text.now or text.source:
                yield text


def kinds_of(user):
    """Return the kinds of pages that somebody may change."""
    return [kind for kind in page_kinds() if user.has_perm(f"cities.change_{name_of(kind)}")]


def name_of(kind):
    return kind._meta.model_name


def wanted(user):
    """Return what somebody may mend of missing and outdated texts, each with its language.

    A country that is none is NULL; pages are told apart by their number, within a kind.
    """
    names = [name_of(kind) for kind in kinds_of(user)]
    is_theirs = Q.create([(f"{name}__isnull", False) for name in names] or [("pk", None)], "OR")
    sort = to_attribute("sort", get_language())
    languages = (
        When(column__endswith=to_attribute("", code), then=Value(code))
        for code, _name in settings.LANGUAGES
    )
    return (
        editable(Finding.objects.filter(is_theirs, rule__in=RULES.values()), user)
        .order_by()
        .annotate(
            language=Case(*languages, output_field=CharField()),
            of_country=Coalesce(*COUNTRY_OF[Finding], output_field=BigIntegerField()),
            number=Coalesce(*(f"{name}_id" for name in Finding.PAGES)),
            called=Coalesce(*(f"{name}__{sort}" for name in Finding.PAGES)),
        )
    )


COUNTS = {state: Count("pk", filter=Q(rule=rule)) for state, rule in RULES.items()}


def counted(findings):
    """Return {(country or None, language): {state: how many texts}}."""
    rows = findings.values("of_country", "language").annotate(**COUNTS)
    return {(row["of_country"], row["language"]): row for row in rows}


def narrowed(findings, language="", country="", kind="", state=""):
    """Keep what a filter asks for; a blank asks for all."""
    asked = {"language": language, "of_country": country, "rule": RULES.get(state)}
    conditions = {name: value for name, value in asked.items() if value}
    if country == NO_COUNTRY:
        conditions["of_country"] = None
    if kind:
        conditions[f"{kind}__isnull"] = False
    return findings.filter(**conditions)


def by_page(findings):
    """Return rows, one a page and language, with the number of its texts by state, by name."""
    keys = ("language", "called", "number", *Finding.PAGES)
    return findings.values(*keys).annotate(**COUNTS).order_by(*keys[:3])


def following(findings, page, language):
    """Return the row of the page that comes next to be translated into a language, or None."""
    called = getattr(page, to_attribute("sort", get_language()))
    is_later = Q(called__gt=called) | Q(called=called, number__gt=page.pk)
    return by_page(findings.filter(is_later, language=language)).first()


def page_key(row):
    """Return (kind, key) of the page that a row is about."""
    return next((name, row[name]) for name in Finding.PAGES if row[name])


def pages_of(rows):
    """Return {(kind, key): page} of all that rows are about, with the state of their drafts."""
    keys = {}
    for kind, key in map(page_key, rows):
        keys.setdefault(kind, []).append(key)
    found = {}
    for kind in page_kinds():
        if name_of(kind) in keys:
            pages = kind.objects.filter(pk__in=keys[name_of(kind)])
            pages = with_draft_state(pages) if issubclass(kind, Publication) else pages
            pages = pages.prefetch_related(*(part.name for part in kind.translated_parts()))
            found |= {(name_of(kind), page.pk): page for page in pages}
    return found
