"""Answers of a city: what is accepted of them goes into the drafts of its pages."""

import re
from urllib.parse import urlsplit

from django import forms
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from ..models import Answer, DraftState, Indicator, Source
from . import deeds, drafts, history
from .items import items_of

ADDRESS = re.compile(r"https?://\S+")


class Told:
    """An answer beside what the site says by now, and the record that it would change."""

    def __init__(self, answer, item, now, records):
        self.answer, self.item = answer, item
        self.label = item.label if item else answer.said
        self.said_now = now.said if now else ""
        self.record = records.get((type(item.record), item.record.pk)) if item else None
        self.columns = item.columns if self.record else []

    @property
    def prefix(self):
        return f"answer-{self.answer.pk}"

    @property
    def has_changed(self):
        """Whether the site says something else than when the city answered."""
        return self.answer.said != self.said_now

    @property
    def asks_for_source(self):
        return isinstance(self.record, Indicator)

    def proposed(self, fields):
        """Return what the answer would put into the fields of the columns, where that is plain."""
        answer, found = self.answer, {}
        own = [c for c in self.columns if c.endswith(f"_{answer.language}")] or self.columns
        if own and (self.item.is_figure or isinstance(fields[own[0]], forms.CharField)):
            found[own[0]] = answer.text
        if self.item and self.item.is_figure:
            found |= {c: answer.year for c in self.columns if c.endswith("year") and answer.year}
            found |= {c: answer.source for c in self.columns if c.endswith("source")}
            address = ADDRESS.search(answer.source)
            url = address[0] if address else ""
            title = answer.source.replace(url, "").strip(" ,;:–-") or urlsplit(url).netloc
            found |= {"source_title": title, "source_url": url}
        return found


class PageAnswers:
    """All that a city says of one of its pages."""

    def __init__(self, page, waiting):
        self.page, self.draft = page, drafts.of(page)
        kept = drafts.merged(self.draft)[0] if self.draft else history.live_snapshot(page)
        self.records = list(kept)
        by_key = drafts.by_key(self.records)
        items = {item.key: item for item in items_of(page)}
        with translation.override(waiting[0].language):
            now = {item.key: item for item in items_of(page)}
        told = [Told(each, items.get(each.item), now.get(each.item), by_key) for each in waiting]
        self.confirmed = [each for each in told if each.answer.verdict == Answer.Verdict.TRUE]
        self.corrected = [each for each in told if each not in self.confirmed]
        true = {each.answer.item for each in self.confirmed if not each.has_changed}
        self.is_whole = true >= {key for key, item in now.items() if item.said}
        self.answered_on = timezone.localdate(waiting[0].date_created)

    @property
    def prefix(self):
        return f"{self.page._meta.model_name}-{self.page.pk}"

    def confirm(self):
        """Let the page say that the city has checked it."""
        self.records[0].confirmed_on = self.answered_on

    def keep(self, city, labels, sources, user):
        """Keep what was changed of the records as the draft of the page."""
        last = max((each.position for each in self.records if isinstance(each, Source)), default=0)
        for position, source in enumerate(sources, start=last + 1):
            setattr(source, self.page._meta.model_name, self.page)
            source.position = position
        drafts.give_keys(sources, self.records)
        # Translators: in the history of a page: which city told what; its name, then a list.
        told = gettext_noop("As the city says (%(city)s): %(items)s.")
        note = deeds.note(told, city=str(city), items=", ".join(labels))
        is_sent = self.draft and self.draft.state == DraftState.REVIEW
        state = DraftState.REVIEW if is_sent else DraftState.DRAFT
        drafts.keep(self.page, [*self.records, *sources], user, state, note=note)


def of_city(city):
    """Return what a city says, page by page; what is about no page any more is not asked."""
    pages = {}
    for answer in city.answers.select_related("practice__city__country"):
        pages.setdefault(answer.page, []).append(answer)
    return [PageAnswers(page, waiting) for page, waiting in pages.items()]
