"""Topics: what practices are about, in the words that people look for."""

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..text.cleaning import CharField, SlugField, TextField
from ..text.rich_text import RichTextField
from ..text.translation import Translated
from .identity import Identified
from .publication import Alphabetical, AlphabeticalQuerySet, Publication, is_published
from .translatable import Translatable
from .vocabulary import Theme


class TopicQuerySet(AlphabeticalQuerySet):
    def published(self):
        return self.filter(is_published())

    def counted(self):
        """Add practice_count: how many published practices are about each topic."""
        published = is_published("practices__") & is_published("practices__city__")
        return self.annotate(practice_count=Count("practices", filter=published))

    def near(self, topic):
        """Return the other topics of the same practices, those that share the most first."""
        of_both = is_published("practices__") & Q(practices__topics=topic)
        near = self.exclude(pk=topic.pk).filter(of_both).annotate(shared=Count("practices"))
        return near.order_by("-shared", *self.alphabetically().query.order_by)


class Topic(Identified, Translatable, Alphabetical, Publication):
    slug = SlugField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_(
            "The last part of the page’s address. Left blank, it is made from the name. When you "
            "change it, the old one leads readers to the new one."
        ),
    )
    name = Translated(CharField(_("name"), max_length=80), required=True)
    theme = CharField(
        _("theme"),
        max_length=10,
        choices=Theme.choices,
        help_text=_("The one under which it stands first; its practices may join others too."),
    )
    intro = Translated(
        RichTextField(
            _("introduction"),
            help_text=_(
                "What the practices do about it, and what the sources do not tell: 40 to 80 words."
            ),
        )
    )
    synonyms = Translated(
        TextField(
            _("synonyms"),
            help_text=_("Other words that people look for, with commas between them."),
        )
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["sort_pl"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="topic_has_an_address"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("topic", kwargs={"slug": self.slug})

    @property
    def themes(self):
        return [Theme(self.theme)]
