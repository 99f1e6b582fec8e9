"""Sources and photos, of a city or of a practice."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _
from pictures.models import PictureField

from ..text.cleaning import CharField, URLField
from ..text.translation import Translated, columns
from .city import City
from .constraints import Constrained, belongs_to_one
from .finding import CheckedLink
from .practice import Practice


class Part(Constrained):
    """Something of one page, a city or a practice, at its place in a row."""

    city = models.ForeignKey(
        City,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("city"),
    )
    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("good practice"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [belongs_to_one("%(class)s_belongs_to_one")]


class SourceQuerySet(models.QuerySet):
    def with_visits(self):
        """Add dead_at and reached_at: when a dead address was last tried, and last answered."""
        dead = CheckedLink.objects.dead().filter(url=OuterRef("url"))
        return self.annotate(
            dead_at=dead.values("checked_at"), reached_at=dead.values("reached_at")
        )


def language_of_title(help_text, **options):
    """Return the column for the language of a title that stands as others wrote it."""
    code = RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", _("A code, such as pl, en or de."))
    return CharField(
        _("language"), max_length=10, validators=[code], help_text=help_text, **options
    )


class Source(Part):
    title = CharField(
        _("title or publisher"), max_length=250, help_text=_("In the language of the source.")
    )
    language = language_of_title(
        _("That of the title, so that it is read aloud rightly: pl, en, de…"),
        blank=True,
        default="",
        db_default="",
    )
    url = URLField(
        _("address"),
        max_length=500,
        blank=True,
        help_text=_("Leave blank when the page is gone or its site is no longer to be trusted."),
    )
    # Translators: the day on which the source was read.
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)
    archived_url = URLField(
        _("address of an archived copy"),
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text=_("Where a web archive keeps the page, for when it is gone."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self):
        return self.title


def photo_path(photo, filename):
    """Return a path that no other photo has: variants of one name would overwrite each other."""
    return f"photos/{uuid4().hex}.{filename.rsplit('.', 1)[-1].lower()}"


def with_source(records):
    """Give each record its one source, as those of cities and practices are."""
    records = list(records)
    urls = {record.source_url for record in records} - {""}
    dead = {link.url: link for link in CheckedLink.objects.dead().filter(url__in=urls)}
    for record in records:
        record.source = None
        if record.source_title:
            record.source = Source(title=record.source_title, url=record.source_url)
        if record.source and (link := dead.get(record.source_url)):
            record.source.dead_at, record.source.reached_at = link.checked_at, link.reached_at
    return records


class Photo(Part):
    image = PictureField(
        # Translators: the file of a photo.
        _("image"),
        upload_to=photo_path,
        help_text=_(
            "A JPEG, PNG, WebP or AVIF file of at most 20 MB. Where and with what it was taken is "
            "removed from it."
        ),
        width_field="width",
        height_field="height",
        aspect_ratios=[None],
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = Translated(
        CharField(
            _("alternative text"),
            max_length=250,
            help_text=_("What the photo shows, for those who cannot see it."),
        )
    )
    decorative = models.BooleanField(
        # Translators: a box: the photo tells nothing of its own.
        _("decorative"),
        default=False,
        help_text=_("Tick when the photo tells nothing of its own."),
    )
    credit = CharField(_("author"), max_length=150)
    licence = CharField(_("licence"), max_length=80)

    class Meta(Part.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(decorative=True) | ~Q(alt_pl=""),
                name="photo_has_alternative_text",
            ),
        ]

    def __str__(self):
        return self.alt or self.image.name

    def clean(self):
        super().clean()
        missing = [column for column in columns("alt") if not getattr(self, column)]
        if missing and not self.decorative:
            message = _("Describe the photo in every language, or tick that it is decorative.")
            raise ValidationError(dict.fromkeys(missing, message))
