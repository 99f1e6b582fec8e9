"""Topics: what practices are about, in the words that people look for."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from ..text.cleaning import CharField, TextField
from ..text.rich_text import RichTextField
from ..text.translation import Translated
from .publication import Publication, PublicationQuerySet, is_published
from .vocabulary import Theme


class TopicQuerySet(PublicationQuerySet):
    def counted(self):
        """Return a list with practice_count: how many published practices are about each topic.

        Counted by itself: to group topics with all their texts takes a second at 30,000 practices.
        """
        published = is_published("practice__") & is_published("practice__city__")
        chosen = self.model.practices.through.objects.filter(published).order_by()
        counts = dict(chosen.values_list("topic").annotate(Count("pk")))
        topics = list(self)
        for topic in topics:
            topic.practice_count = counts.get(topic.pk, 0)
        return topics


class Topic(Publication):
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
                "What the practices do about it, and what the sources do not say: 40 to 80 words."
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

    class Meta(Publication.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @property
    def themes(self):
        return [Theme(self.theme)]
