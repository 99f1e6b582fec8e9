"""What staff publish: an address, a status, a moment, years."""

import gc
from datetime import UTC, date, datetime
from itertools import count
from math import inf

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from translated_fields import to_attribute

from ..text.alphabet import slugify
from ..text.cleaning import CharField, SlugField
from .draft import Draft
from .note import Note
from .page import Page, PageQuerySet, page_kinds
from .preview_link import PreviewLink
from .vocabulary import Status

YEAR_RANGE = (1900, 2100)
year_validators = [MinValueValidator(YEAR_RANGE[0]), MaxValueValidator(YEAR_RANGE[1])]

CHUNK = 500  # records at once


class PublicationQuerySet(PageQuerySet):
    def published(self):
        return self.filter(is_published())

    def next_change(self, moment):
        """Return when readers next see something else by itself after a moment, or None."""
        changes = self.filter(status=Status.PUBLISHED).aggregate(
            begins=models.Min("publish_at", filter=Q(publish_at__gt=moment)),
            ends=models.Min("unpublish_at", filter=Q(unpublish_at__gt=moment)),
        )
        return min(filter(None, changes.values()), default=None)

    def of_keys(self, keys):
        """Yield the records with these keys, in their order, reading some at a time.

        What belongs to thousands SQLite looks for among all of them, one after another.
        """
        for start in range(0, len(keys), CHUNK):
            some, records = keys[start : start + CHUNK], {}
            if start:  # records and their parts, which know each other, else stay for long
                gc.collect(0)
            records = self.in_bulk(some)
            yield from (records[key] for key in some if key in records)


class Publication(Page):
    """A page that staff write, review and publish, now or at a set time."""

    slug = SlugField(
        # Translators: the last part of a page’s web address; a web address of a source too.
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_(
            "The last part of the page’s address. Left blank, it is made from the name. When you "
            "change it, the old one leads readers to the new one."
        ),
    )
    status = CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    publish_at = models.DateTimeField(
        # Translators: the moment from which a page is public.
        _("publish at"),
        default=timezone.now,
        help_text=_("A published text shows from this moment on."),
    )
    unpublish_at = models.DateTimeField(
        # Translators: the moment from which a page is public no more.
        _("publish until"),
        null=True,
        blank=True,
        help_text=_("From this moment on visitors no longer see it. Blank, and it stays."),
    )
    review_by = models.DateField(
        # Translators: the day by which somebody should read the page through again.
        _("review by"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody should check whether all this is still true."),
    )
    # Kept by cities.editing.saving; a future day is that of a publication to come.
    changed_on = models.DateField(
        # Translators: the day of the last change.
        _("changed on"),
        editable=False,
        blank=True,
        default=None,  # cities.editing.saving fills it
        # For what an older release writes while this one is being rolled out.
        db_default=date(2026, 11, 25),
    )

    drafts = GenericRelation(Draft)
    notes = GenericRelation(Note)
    preview_links = GenericRelation(PreviewLink)

    class Meta:
        abstract = True
        ordering = ["sort_pl"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="%(class)s_has_an_address"),
            models.CheckConstraint(
                condition=Q(unpublish_at=None) | Q(unpublish_at__gt=F("publish_at")),
                name="%(class)s_ends_after_it_begins",
                violation_error_message=_(
                    "“Publish until” must be later than “publish at”, or blank."
                ),
            ),
        ]

    def clean(self):
        super().clean()
        first, last = YEAR_RANGE
        for name in ("publish_at", "unpublish_at"):
            moment = getattr(self, name)
            if moment and not first <= moment.year <= last:
                message = _("Choose a year from %(first)d to %(last)d.")
                raise ValidationError({name: message % {"first": first, "last": last}})
        self.fill_slug()
        if not self.slug:
            message = _("Type an address: none can be made from this name.")
            raise ValidationError({"slug": message})
        self.check_slug()

    def check_slug(self):
        """Raise ValidationError where the address is, or was, that of another record."""
        others = type(self).objects.exclude(pk=self.pk)
        holder = others.filter(self.has_or_had(self.slug)).first()
        if holder is None:
            return
        if holder.slug == self.slug:
            message = _(
                "“%(title)s” has the address “%(slug)s” already. Type another one, such as "
                "“%(free)s”."
            )
        else:
            message = _(
                "“%(title)s” had the address “%(slug)s” before, and links to it still lead there. "
                "Type another one, such as “%(free)s”; or first delete this former address in the "
                "form of “%(title)s”."
            )
        for n in count(2):
            free = f"{self.slug[:76]}-{n}"
            if not others.filter(self.has_or_had(free)).exists():
                break
        if not others.filter(is_published(), pk=holder.pk).exists():  # its title is not for all
            message = _("The address “%(slug)s” is taken. Type another one, such as “%(free)s”.")
        values = {"title": holder, "slug": self.slug, "free": free}
        raise ValidationError({"slug": message % values})

    @classmethod
    def has_or_had(cls, slug):
        """Return the condition under which an address is, or was, that of a record."""
        has = Q(slug=slug)
        if cls.stands_on:
            return has
        former = cls._meta.get_field("former_addresses")
        had = former.related_model.objects.filter(slug=slug).values(former.field.name)
        return has | Q(pk__in=had)  # by two indexes, where a join would read all records

    def fill_slug(self):
        name = getattr(self, to_attribute(self.named_by, settings.LANGUAGE_CODE))
        self.slug = self.slug or slugify(name)[:80].strip("-")


def is_published(prefix=""):
    """Return the condition under which visitors see a record."""
    now = timezone.now()
    has_begun = Q(**{f"{prefix}status": Status.PUBLISHED, f"{prefix}publish_at__lte": now})
    never_ends = Q(**{f"{prefix}unpublish_at": None})
    return has_begun & (never_ends | Q(**{f"{prefix}unpublish_at__gt": now}))


def publications():
    """Return the kinds of pages that staff publish."""
    return [kind for kind in page_kinds() if issubclass(kind, Publication)]


def next_change(after):
    """Return when readers next see something else by itself, both in seconds since 1970."""
    moment = datetime.fromtimestamp(after, UTC)
    found = (kind.objects.next_change(moment) for kind in publications())
    return min((change.timestamp() for change in found if change), default=inf)
