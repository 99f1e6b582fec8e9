"""What the checklist found on a page, and how the links of all pages answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..text.cleaning import CharField, TextField
from ..text.translation import label_of
from .city import City, Country
from .event import Event
from .journey import Journey
from .material import Material
from .practice import Practice
from .topic import Topic


class Rule(models.TextChoices):
    TRANSLATION = "translation", _("missing translation")
    OUTDATED = "outdated", _("outdated translation")
    SOURCE = "source", _("missing source")
    TOPIC = "topic", _("missing topic")
    STOPS = "stops", _("journey of fewer than 4 or more than 7 stops")
    POSITION = "position", _("position outside the country")
    FIGURE = "figure", _("figure without a unit")
    PHOTO = "photo", _("photo without a description")
    OFFICE = "office", _("no office to ask")
    ADDRESS = "address", _("office without e-mail, telephone or page")
    UNCHECKED = "unchecked", _("address of the office not checked for two years")
    LINK = "link", _("dead link")
    LINK_TEXT = "link_text", _("link that does not say where it leads")
    HEADING = "heading", _("heading that skips a level")
    SENTENCE = "sentence", _("sentence of more than 30 words")


class Finding(models.Model):
    """One fault on one page; see cities.checklist, which writes them anew at every save."""

    PAGES = ["country", "city", "topic", "practice", "journey", "event", "material"]

    country = models.ForeignKey(Country, models.CASCADE, null=True, related_name="findings")
    city = models.ForeignKey(City, models.CASCADE, null=True, related_name="findings")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="findings")
    practice = models.ForeignKey(Practice, models.CASCADE, null=True, related_name="findings")
    journey = models.ForeignKey(Journey, models.CASCADE, null=True, related_name="findings")
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="findings")
    material = models.ForeignKey(Material, models.CASCADE, null=True, related_name="findings")
    rule = CharField(_("what to do"), max_length=20, choices=Rule.choices, db_index=True)
    column = CharField(max_length=60, help_text="as in city.summary_en")
    # Translators: a column: the sentence, figure or link that a finding is about.
    detail = CharField(_("where"), max_length=250)

    class Meta:
        ordering = ["pk"]
        # Translators: a remark of the checklist, a noun.
        verbose_name = _("finding")
        verbose_name_plural = _("checklist")

    def __str__(self):
        return ": ".join(filter(None, [self.get_rule_display(), self.place, self.detail]))

    @property
    def page(self):
        return next(filter(None, (getattr(self, name) for name in self.PAGES)))

    @property
    def place(self):
        """Return the name of the field, with its language, as forms show it."""
        if not self.column:
            return ""
        model, column = self.column.split(".")
        return label_of(self._meta.apps.get_model("cities", model)._meta.get_field(column))


class CheckedLinkQuerySet(models.QuerySet):
    def dead(self):
        """Keep those that failed more than once: a host may be out of order for a night."""
        return self.filter(failures__gte=2)


class CheckedLink(models.Model):
    """How the last visits to an address went; manage.py check_links writes it."""

    url = TextField(unique=True)
    fault = CharField(max_length=100)
    failures = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)

    objects = CheckedLinkQuerySet.as_manager()

    def __str__(self):
        return self.url
