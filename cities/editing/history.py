"""What was written when and by whom: every save is a revision, and each can be brought back.

A page has its parts: sources, photos, figures. A revision holds one page whole, so that undoing one
never touches another.
"""

import json
import re
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import accumulate, chain, takewhile

import reversion
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.timezone import template_localtime
from django.utils.translation import gettext as _
from reversion.models import Revision, Version

from ..models import FormerAddress, Page, page_kinds
from ..text.rich_text import LINK, RichTextField
from ..text.translation import label_of
from ..text.typography import plain

PAGES = page_kinds()
OWNERS = {}  # of each kind of part: {its field: the kind of page}
for kind in reversed(PAGES):
    for part in map(kind._meta.get_field, kind.parts):
        OWNERS.setdefault(part.related_model, {})[part.field.name] = kind
MODELS = [*PAGES, *OWNERS]  # those that others lean on first
UNKEPT = ["changed_on", "canonical"]  # nothing of what was written
MOST_STEPS = 300_000  # of a comparison: some tenth of a second
MANY_WORDS = 2_000  # and signs: in longer texts what begins and ends alike is not compared
# A number is one, with its comma and the spaces between thousands.
WORD = re.compile(r"\d+(?:[.,\xa0]\d+)*|\w+|\W")
AROUND = 25  # words and signs of context on either side of a change

for model in [*MODELS, FormerAddress]:
    reversion.register(model)


def page_of(record):
    """Return the page to which a record belongs: itself, or the one of which it is a part."""
    if isinstance(record, Page):
        return record
    every_kind = [kind._meta.model_name for kind in PAGES]
    owners = OWNERS.get(type(record), every_kind)
    return next(filter(None, (getattr(record, name, None) for name in owners)), record)


def kept_with(kind):
    """Return the names of all that history holds of a page beside itself."""
    return [*kind.parts, *(["former_addresses"] if hasattr(kind, "former_addresses") else [])]


def whole(kind):
    """Return the pages of a kind with all that belongs to each, and what names its parts."""
    parts = [kind._meta.get_field(name) for name in kind.parts]
    named = [
        f"{part.name}__{field.name}"
        for part in parts
        for field in part.related_model._meta.fields
        if field.is_relation and field.name not in OWNERS[part.related_model]
    ]
    return kind._base_manager.prefetch_related(*kept_with(kind), *named)


def belonging(page, names):
    """Yield the records that belong to a page, by the names of its relations."""
    return chain.from_iterable(getattr(page, name).all() for name in names)


def record(pages, user, comment):
    """Write a revision of each page as it is now."""
    _write([[page, *belonging(page, kept_with(type(page)))] for page in pages], user, comment)


def record_together(records, user, comment):
    """Write one revision that holds all these records."""
    _write([records], user, comment)


def _write(groups, user, comment):
    """Write a revision of each group of records, in two statements."""
    moment = timezone.now()
    told = {"date_created": moment, "user": user, "comment": comment}
    revisions = Revision.objects.bulk_create([Revision(**told) for _group in groups])
    Version.objects.bulk_create(
        [
            _version(record, revision)
            for group, revision in zip(groups, revisions, strict=True)
            for record in dict.fromkeys(group)
        ],
        batch_size=500,
    )


def _version(record, revision):
    return Version(
        revision=revision,
        object_id=str(record.pk),
        content_type=ContentType.objects.get_for_model(record),
        db=DEFAULT_DB_ALIAS,
        format="json",
        serialized_data=serialized([record]),
        object_repr=str(record),
    )


def serialized(records):
    """Return records as JSON, with all that was written of them."""
    columns = {f.name for record in records for f in record._meta.concrete_fields}
    told = serializers.serialize("python", records, fields=columns - set(UNKEPT))
    # As the serializer for JSON does, which writes piece by piece and takes four times as long.
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)


def versions(page):
    """Return the versions of a page, the latest first."""
    return Version.objects.get_for_object(page).select_related("revision__user")


def recorded_snapshot(version):
    """Return the page and its parts as they were."""
    page = version.content_type.model_class(), version.object_id

    def keys(record):
        yield type(record), str(record.pk)
        for field, kind in OWNERS.get(type(record), {}).items():
            yield kind, str(getattr(record, f"{field}_id"))

    return [record for record in recorded(version) if page in keys(record)]


def live_snapshot(page):
    """Return the page and its parts as they are; a part that has a form of its own has none."""
    page = type(page)._base_manager.get(pk=page.pk)
    return [page, *belonging(page, getattr(page, "parts", ()))]


def recorded(version):
    """Yield all the records of a version’s revision as they were."""
    for other in version.revision.version_set.select_related("content_type"):
        yield other.content_type.model_class()(**other.field_dict)


def differences(old, new):
    """Yield (label, what happened) for all that differs between two states of a page.

    What happened is a list of (kind, words), of which kind is “same”, “gone” or “new”.
    """
    old = {(type(record), record.pk): record for record in old}
    new = {(type(record), record.pk): record for record in new}
    for key in sorted(old | new, key=lambda key: (MODELS.index(key[0]), key[1])):
        before, after = old.get(key), new.get(key)
        kind = capfirst(key[0]._meta.verbose_name)
        if before is None or after is None:
            yield kind, [("gone", str(before))] if before else [("new", str(after))]
            continue
        part = "" if key[0] in PAGES else after
        for field in key[0]._meta.fields:
            if not field.editable or field.primary_key:
                continue
            if getattr(before, field.attname) == getattr(after, field.attname):
                continue
            label = capfirst(label_of(field))
            if part:
                values = {"kind": kind, "name": part, "field": label}
                label = _("%(kind)s “%(name)s”: %(field)s") % values
            old_words, new_words = _said(before, field), _said(after, field)
            if old_words != new_words:
                yield label, compare(old_words, new_words)
            elif isinstance(field, RichTextField):
                yield label, [("same", _("Only headings, lists or emphasis differ."))]


def _said(record, field):
    """Return a value as a reader sees it: long texts as paragraphs, links with their address."""
    value = getattr(record, field.attname)
    if field.is_relation:
        return str(field.related_model._base_manager.filter(pk=value).first() or value or "")
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    if value is True:
        # Translators: the value of a box that is ticked.
        return _("yes")
    if value is False:
        # Translators: the value of a box that is not ticked.
        return _("no")
    if isinstance(field, RichTextField):
        value = LINK.sub(r"\2 (\1)", value)
        value = re.sub(r"</(p|h3|h4|li)>|<br>", "\n", value)
        return plain(value, gap="").strip()
    if isinstance(value, Decimal):
        value = Decimal(format(value.normalize(), "f"))  # 10, not 10,000
    return "" if value is None else str(localize(template_localtime(value)))


def compare(before, after):
    """Return what happened to a text word by word, as `differences` tells it."""
    old, new = WORD.findall(before), WORD.findall(after)
    start = end = 0
    if len(old) + len(new) > MANY_WORDS:
        start = _alike(old, new)
        end = _alike(reversed(old[start:]), reversed(new[start:]))
    told = [("same", _shortened(old[:start]))]
    old_rest, new_rest = old[start : len(old) - end], new[start : len(new) - end]
    try:
        for kind, i1, i2, j1, j2 in Words(old_rest, new_rest).get_opcodes():
            if kind == "equal":
                told.append(("same", _shortened(old_rest[i1:i2])))
            else:
                told += [("gone", "".join(old_rest[i1:i2])), ("new", "".join(new_rest[j1:j2]))]
    except TooDifferentError:
        told.append(("same", " [" + _("too different to compare word by word") + "] "))
        told += [("gone", "".join(old_rest)), ("new", "".join(new_rest))]
    told.append(("same", _shortened(old[len(old) - end :])))
    return [(kind, words) for kind, words in told if words]


def _alike(old, new):
    """Count the words with which two lists begin alike."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))


class TooDifferentError(Exception):
    """Two texts of which to compare the words would take too long."""


class Words(SequenceMatcher):
    """Compares lists of words, as long as that costs a page no more than a moment."""

    def __init__(self, old, new):
        # A space that both have is no likeness: it starts no match, and costs none.
        super().__init__(str.isspace, old, new, autojunk=False)
        self.steps = MOST_STEPS
        # Each word is held against every place in the new text where it stands.
        self.costs = [0, *accumulate(1 + len(self.b2j.get(word, ())) for word in old)]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        self.steps -= self.costs[len(self.a) if ahi is None else ahi] - self.costs[alo]
        if self.steps < 0:
            raise TooDifferentError
        return super().find_longest_match(alo, ahi, blo, bhi)


def _shortened(words):
    if len(words) <= 2 * AROUND:
        return "".join(words)
    return "".join([*words[:AROUND], " … ", *words[-AROUND:]])
