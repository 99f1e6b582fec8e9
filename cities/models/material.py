"""The library: tools, templates, guides, plans, reports and films, each told of by one source."""

from pathlib import PurePath
from uuid import uuid4

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from ..text.cleaning import CharField, SlugField, TextField, URLField
from ..text.translation import Translated, columns
from .city import Country
from .one_source import OneSource
from .practice import Practice
from .publication import Publication, PublicationQuerySet, year_validators
from .topic import Topic
from .vocabulary import Genre, Language


class MaterialQuerySet(PublicationQuerySet):
    def with_country(self):
        return self.select_related("country").defer(*(f"country__{c}" for c in columns("text")))

    def with_origins(self):
        """Read with each what it is about and the practices it comes from, as visitors see them."""
        topics = Topic.objects.published().alphabetically()
        practices = Practice.objects.published().alphabetically()
        texts = [*columns("summary"), *columns("description"), *columns("lessons")]
        return self.with_country().prefetch_related(
            Prefetch("topics", topics.defer(*columns("intro"), *columns("synonyms"))),
            Prefetch("practices", practices.defer(*texts)),
        )


def document_path(material, filename):
    """Return a path that no other file has, under the name with which visitors save it."""
    return f"library/{uuid4().hex}/{material.slug}{PurePath(filename).suffix}"


class Material(OneSource, Publication):
    named_by = "title"
    parts = ("chosen_topics", "chosen_practices")
    stands_on = "library"
    way_to_country = "country"

    kind = CharField(
        # Translators: whether a thing of the library is a tool, a guide or a film.
        _("kind"),
        max_length=8,
        choices=Genre.choices,
    )
    title = Translated(CharField(_("title"), max_length=120), required=True)
    text = Translated(
        TextField(
            # Translators: the sentences about a thing of the library.
            _("text"),
            help_text=_("What it holds and what others can use it for, in a few sentences."),
        )
    )
    slug = SlugField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_(
            "What stands after # in its address. Left blank, it is made from the title. When you "
            "change it, older links still lead to the library, but no longer to its place there."
        ),
    )
    language = CharField(
        _("language"),
        max_length=2,
        choices=Language.choices,
        blank=True,
        help_text=_("The one in which the thing itself is. Left blank where nobody knows."),
    )
    url = URLField(
        # Translators: the web address at which a thing of the library is.
        _("address of the thing"),
        max_length=500,
        blank=True,
        help_text=_("Where it can be read or downloaded. Left blank where that is not known."),
    )
    file = models.FileField(
        _("file"),
        upload_to=document_path,
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "In place of an address: a PDF, ODT or XLSX file of at most 20 MB. Visitors download "
            "it from this site, so its licence must allow that."
        ),
    )
    size = models.PositiveIntegerField(default=0, db_default=0, editable=False)  # bytes of the file
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=year_validators
    )
    licence = CharField(
        _("licence"),
        max_length=120,
        blank=True,
        help_text=_("As it is stated there, such as CC BY 4.0. Left blank where none is stated."),
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("country"),
        help_text=_("Left blank for what belongs to all countries."),
    )
    topics = models.ManyToManyField(Topic, through="MaterialTopic", related_name="materials")
    practices = models.ManyToManyField(
        Practice, through="MaterialPractice", related_name="materials"
    )

    objects = MaterialQuerySet.as_manager()

    class Meta(Publication.Meta):
        # Translators: a tool, template, guide, plan, report or film of the library.
        verbose_name = _("library entry")
        verbose_name_plural = _("library entries")
        constraints = [
            *Publication.Meta.constraints,
            models.CheckConstraint(
                condition=Q(url="") | Q(file=""),
                name="material_has_address_or_file",
                violation_error_message=_("Give an address or a file, not both."),
            ),
        ]

    def fill_size(self):
        self.size = self.file.size if self.file else 0

    @property
    def file_kind(self):
        return PurePath(self.file.name).suffix.removeprefix(".").upper()


class MaterialTopic(models.Model):
    """What a thing of the library is about."""

    MOST = 5  # of one thing

    material = models.ForeignKey(
        Material,
        models.CASCADE,
        related_name="chosen_topics",
        verbose_name=_("library entry"),
    )
    topic = models.ForeignKey(
        Topic, models.CASCADE, related_name="chosen_for_materials", verbose_name=_("topic")
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(
                fields=["material", "topic"],
                name="material_topic_chosen_once",
                violation_error_message=_("This entry has this topic already."),
            )
        ]

    def __str__(self):
        return str(self.topic)


class MaterialPractice(models.Model):
    """A practice from which a thing of the library comes."""

    MOST = 10  # of one thing

    material = models.ForeignKey(
        Material,
        models.CASCADE,
        related_name="chosen_practices",
        verbose_name=_("library entry"),
    )
    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        related_name="chosen_for_materials",
        verbose_name=_("good practice"),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        constraints = [
            models.UniqueConstraint(
                fields=["material", "practice"],
                name="material_practice_chosen_once",
                violation_error_message=_("This entry has this practice already."),
            )
        ]

    def __str__(self):
        return str(self.practice)
