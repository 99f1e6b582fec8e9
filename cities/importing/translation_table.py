"""Translations as a table of their own: one text a row, for somebody without an account."""

import re
from itertools import chain

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from tablib import Dataset

from ..editing import deeds, drafts, history
from ..editing.roles import editable, writes_at_once
from ..editing.saving import saving
from ..editing.translating import Text, kinds_of, page_key, pages_of, texts
from ..models import DraftState
from ..text.cleaning import cleaned
from ..text.formulas import escaped
from ..text.rich_text import RichTextField, clean
from ..text.translation import label_of, language_of
from ..text.typography import plain
from . import cells
from .headings import every_language, spelt
from .table_files import TableError, lines_of

# Translators: the heading of a column: what tells one text from all others.
KEY = gettext_lazy("key of the text")
# Translators: the heading of a column: the text that is to be translated.
SOURCE = gettext_lazy("source text")
# Translators: the heading of a column: the words of a text in another language.
TRANSLATION = gettext_lazy("translation")
HEADINGS = [
    KEY,
    # Translators: the heading of a column: a city, a practice and so on.
    gettext_lazy("kind"),
    # Translators: the heading of a column: the name of a page or of a part of it.
    gettext_lazy("record"),
    gettext_lazy("field"),
    SOURCE,
    # Translators: the heading of a column: the text of which the translation was made.
    gettext_lazy("source text before its change"),
    TRANSLATION,
]
UNKNOWN = gettext_lazy("There is no such text among those that are yours to translate.")
CHANGED = gettext_lazy(
    "The source text has changed since this table was exported. Export it again."
)
TWICE = gettext_lazy("The same text as in line %(first)d.")


def exported(rows, states):
    """Return the table of the texts of pages, given as translating.by_page has them."""
    rows = list(rows)
    pages = pages_of(rows)
    found = (texts(pages[page_key(row)], row["language"]) for row in rows)
    table = (cells_of(text) for text in chain.from_iterable(found) if text.state in states)
    return Dataset(*table, headers=list(map(str, HEADINGS)))


def cells_of(translated):
    part, page = translated.part, history.page_of(translated.part)
    told = [
        f"{part._meta.model_name}.{part.pk}.{translated.column}",
        capfirst(part._meta.verbose_name),
        str(page) if part is page else f"{page}: {part}",
        label_of(translated.field),
        translated.source,
        translated.was or "",
        translated.now,
    ]
    return [escaped(cleaned(str(cell))) for cell in told]


class Row:
    """A row of a table: the text that it names, what it says, and what is wrong with it."""

    def __init__(self, line, key, source, translation):
        self.line, self.key = line, key
        self.source, self.translation = source, translation
        self.named = self.text = None  # (model, key, name) of a text, and the text itself
        self.fault = self.before = ""

    @property
    def is_blank(self):
        return not self.translation

    def refuse(self, reason):
        self.fault = self.fault or str(reason)

    @property
    def differences(self):
        words = history.compare(plain(self.before), plain(self.translation))
        return [(capfirst(label_of(self.text.field)), words)]


class TranslationTable:
    """What a table of translations would change for somebody, row by row."""

    def __init__(self, table, user):
        self.user = user
        self.rows = [row for row in self.read(table) if row.fault or not row.is_blank]
        self.find()
        self.check()

    def read(self, table):
        columns = [self.column(table, heading) for heading in (KEY, SOURCE, TRANSLATION)]
        seen = {}
        for line, cells_in in zip(lines_of(table), table, strict=True):
            row = Row(line, "", "", "")
            try:
                found = [cells.taken(cells_in[column], None) for column in columns]
                row.key, row.source, row.translation = found
            except ValueError as error:
                row.refuse(error)
            if not row.is_blank and (first := seen.setdefault(row.key, line)) != line:
                row.refuse(TWICE % {"first": first})
            yield row

    def column(self, table, heading):
        names = {spelt(name) for name in every_language(heading)}
        found = [n for n, name in enumerate(table.headers) if spelt(name) in names]
        if len(found) != 1:
            message = _("The column “%(name)s” is missing; without it no text can be found.")
            raise TableError(message % {"name": heading})
        return found[0]

    def find(self):
        """Find the texts that rows name, among those that somebody may change."""
        kinds = kinds_of(self.user)
        models = {kind._meta.model_name: kind for kind in kinds}
        for kind in kinds:
            for relation in kind.translated_parts():
                models[relation.related_model._meta.model_name] = relation.related_model
        keys = {}
        for row in self.rows:
            named = re.fullmatch(r"(\w{1,40})\.([0-9]{1,18})\.(\w{1,60})", row.key)
            model = named and models.get(named[1])
            name = model and name_in(model, named[3])
            if name:
                row.named = model, int(named[2]), name
                keys.setdefault(model, set()).add(int(named[2]))
        records = {}
        for model, wanted in keys.items():
            found = editable(model.objects.filter(pk__in=wanted), self.user)
            for part in found.select_related(*history.OWNERS.get(model, ())):
                records[model, part.pk] = part
        for row in self.rows:
            part = row.named and records.get(row.named[:2])
            if part is None:
                row.refuse(UNKNOWN)
            else:
                row.text = Text(part, row.named[2], language_of(row.key))

    def check(self):
        """Refuse what does not fit; write what does into the records, which are not saved."""
        by_part = {}
        for row in self.rows:
            if not row.fault and not same(row.text.source, row.source):
                row.refuse(CHANGED)
            if row.fault:
                continue
            try:
                value = row.text.field.clean(row.translation, row.text.part)
            except ValidationError as error:
                row.refuse(" ".join(error.messages))
                continue
            row.before = row.text.now
            row.translation = clean(value) if isinstance(row.text.field, RichTextField) else value
            by_part.setdefault(row.text.part, []).append(row)
        for part, rows in by_part.items():
            for row in rows:
                setattr(part, row.text.column, row.translation)
            columns = {row.text.column for row in rows}
            unique = (set(each.fields) for each in part._meta.total_unique_constraints)
            columns.update(*(fields for fields in unique if fields & columns))
            others = [field.name for field in part._meta.fields if field.name not in columns]
            try:
                part.full_clean(exclude=others)
            except ValidationError as error:
                for row in rows:
                    row.refuse(" ".join(error.messages))

    @property
    def faults(self):
        return [(row.line, row.fault) for row in self.rows if row.fault]

    @property
    def changes(self):
        """Return the rows that change something; the others can be left out."""
        return [r for r in self.rows if not r.fault and r.before != r.translation]

    def apply(self, file_name):
        """Write the translations: on published pages of others as drafts, else at once.

        Return how many texts have been written, and how many of them into drafts.
        """
        comment = deeds.note(gettext_noop("Imported from %(file)s"), file=file_name)
        by_page, count, in_drafts = {}, 0, 0
        for row in self.changes:
            by_page.setdefault(history.page_of(row.text.part), []).append(row)
        with saving(self.user, comment):
            for page, rows in by_page.items():
                if writes_at_once(self.user, page):
                    for part in dict.fromkeys(row.text.part for row in rows):
                        part.save()
        for page, rows in by_page.items():
            count += len(rows)
            if not writes_at_once(self.user, page):
                in_drafts += len(rows)
                keep(page, rows, self.user, comment)
        return count, in_drafts


def keep(page, rows, user, comment):
    """Keep translations as the draft of a page, with what a former one changes already."""
    draft = drafts.of(page)
    records = list(drafts.merged(draft)[0] if draft else history.live_snapshot(page))
    by_key = drafts.by_key(records)
    for row in rows:
        part = row.text.part
        if record := by_key.get((type(part), part.pk)):
            setattr(record, row.text.column, row.translation)
    is_sent = draft and draft.state == DraftState.REVIEW
    drafts.keep(
        page, records, user, DraftState.REVIEW if is_sent else DraftState.DRAFT, note=comment
    )


def name_in(model, column):
    """Return the name of the text of which a column has one language, or None."""
    language = language_of(column)
    name = language and column.removesuffix(f"_{language}")
    return name if name in model.original_columns() else None


def same(text, other):
    """Tell whether two texts differ in nothing but how their words are kept apart."""
    return cleaned(text).split() == cleaned(other).split()
