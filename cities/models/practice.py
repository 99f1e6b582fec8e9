"""Good practices, and what they are about."""

from functools import reduce
from operator import mul

from django.db import models
from django.db.models import Case, Count, F, Max, OuterRef, Prefetch, Q, Subquery, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from ..text.cleaning import CharField, TextField
from ..text.rich_text import RichTextField
from ..text.translation import Translated
from .city import City
from .confirmed import Confirmed
from .indicator import Indicator
from .publication import Publication, PublicationQuerySet, is_published, year_validators
from .topic import Topic
from .vocabulary import Payer, Size, Sort, Stage, Tells, Theme, combination, joined_sets_mask


class PracticeQuerySet(PublicationQuerySet):
    def published(self):
        return self.filter(is_published(), is_published("city__"))

    def joining(self, themes):
        """Keep the practices that join every one of these themes."""
        return self.filter(**dict.fromkeys(themes, True))

    def theme_sets_mask(self):
        """Return, for a subquery on one city, which sets of themes practices have: a sum of bits.

        A set is the bit of its combination: energy doubles it, mobility moves it by two
        places, spatial planning by four.
        """
        shifts = (
            Case(When(**{theme: True}, then=1 << (1 << bit)), default=1)
            for bit, theme in enumerate(Theme.values)
        )
        sets = Sum(reduce(mul, shifts), distinct=True)
        return (
            self.order_by().values("city").annotate(theme_sets_mask=sets).values("theme_sets_mask")
        )

    def about(self, topics):
        """Keep the practices that are about every one of these topics, given by their slugs."""
        found = self
        for slug in topics:
            found = found.filter(topics__slug=slug)
        return found

    def telling(self, tells):
        """Keep the practices whose figures tell all of these things."""
        found = self
        for told in tells:
            found = found.filter(pk__in=Indicator.objects.telling(told).values("practice"))
        return found

    def paid_by(self, payer):
        return self.filter(**{f"paid_{payer}": True}) if payer else self

    def reporting(self, measure):
        figures = Indicator.objects.filter(measure=measure)
        return self.filter(pk__in=figures.values("practice")) if measure else self

    def largest_first(self, measure):
        """Order by what they report of a measure; what no rate converts comes last."""
        largest = Max("indicators__canonical", filter=Q(indicators__measure=measure))
        order = F("largest").desc(nulls_last=True)
        return self.annotate(largest=largest).order_by(order, *self.query.order_by)

    def with_topics(self):
        return self.prefetch_related(Prefetch("topics", Topic.objects.published().alphabetically()))

    def for_filters(self):
        return self.with_topics().prefetch_related("indicators")

    def with_first_topic(self):
        """Add first_topic: the key of the topic that says most of each practice."""
        chosen = PracticeTopic.objects.filter(practice=OuterRef("pk")).order_by("pk")
        return self.annotate(first_topic=Subquery(chosen.values("topic")[:1]))

    def most_figures_first(self):
        figures = Count("indicators", distinct=True)
        return self.annotate(figures=figures).order_by("-figures", *self.query.order_by)

    def sorted_by(self, sort):
        """Order as a visitor asks, and by the alphabet where that leaves it open."""
        orders = {
            Sort.NAME: [],
            Sort.NEW: ["-changed_on"],
            Sort.PEOPLE: [F("city__population").asc(nulls_last=True)],
        }
        found = self.alphabetically()
        if sort == Sort.THEMES:
            return found.most_themes_first()
        return found.order_by(*orders[sort], *found.query.order_by)

    def most_themes_first(self):
        joined = sum(
            (Case(When(**{theme: True}, then=1), default=0) for theme in Theme.values), Value(0)
        )
        return self.order_by(-joined, *self.query.order_by)

    def counted_by_country(self):
        """Return a dictionary for each country and set of themes: code, the themes’ flags, n."""
        themes = self.order_by().values(*Theme.values, code=F("city__country__code"))
        return themes.annotate(n=Count("pk"))

    def for_cards(self):
        headlines = Indicator.objects.filter(headline=True)
        return self.select_related("city__country").prefetch_related(
            Prefetch("indicators", headlines, to_attr="headlines")
        )


def paid(payer):
    """Return the column that tells whether this payer is named by a source."""
    return models.BooleanField(payer.label, default=False, db_default=False)


class Practice(Confirmed, Publication):
    named_by = "title"
    parts = ("chosen_topics", "indicators", "sources", "photos")
    way_to_country = "city__country"

    city = models.ForeignKey(
        City, models.CASCADE, related_name="practices", verbose_name=_("city"), db_index=False
    )  # the index practice_counts begins with it
    title = Translated(CharField(_("title"), max_length=120), required=True)
    energy = models.BooleanField(
        _("energy"), default=False, help_text=_("Tick when it saves or makes energy.")
    )
    mobility = models.BooleanField(
        _("mobility"), default=False, help_text=_("Tick when it changes how people move.")
    )
    spatial = models.BooleanField(
        _("spatial planning"), default=False, help_text=_("Tick when it shapes the space itself.")
    )
    first_year = models.PositiveSmallIntegerField(
        _("first year"), null=True, blank=True, validators=year_validators
    )
    last_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, validators=year_validators
    )
    # Translators: how far a practice is.
    stage = CharField(_("stage"), max_length=10, choices=Stage.choices)
    summary = Translated(TextField(_("summary")))
    description = Translated(RichTextField(_("description")))
    # Translators: what others should know before they copy a practice.
    lessons = Translated(RichTextField(_("lessons")))
    led_by = Translated(
        CharField(
            _("who led it"),
            max_length=200,
            default="",
            db_default="",
            help_text=_("The office or body that a source names, never a person."),
        )
    )
    paid_own = paid(Payer.OWN)
    paid_region = paid(Payer.REGION)
    paid_state = paid(Payer.STATE)
    paid_eu = paid(Payer.EU)
    paid_eea = paid(Payer.EEA)
    paid_company = paid(Payer.COMPANY)
    paid_residents = paid(Payer.RESIDENTS)
    payers_in_part = models.BooleanField(
        _("others may have paid too"),
        default=False,
        db_default=False,
        help_text=_("Tick when the sources name only some of those who paid."),
    )
    topics = models.ManyToManyField(Topic, through="PracticeTopic", related_name="practices")

    objects = PracticeQuerySet.as_manager()

    class Meta(Publication.Meta):
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        indexes = [
            # All that counts ask for, so that they need not read the texts.
            models.Index(
                fields=["city", "status", "publish_at", "unpublish_at", *Theme.values, "stage"],
                name="practice_counts",
            )
        ]
        constraints = [
            *Publication.Meta.constraints,
            models.CheckConstraint(
                condition=Q(energy=True) | Q(mobility=True) | Q(spatial=True),
                name="practice_has_a_theme",
                violation_error_message=_("Tick at least one theme."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True)
                | Q(first_year__isnull=True)
                | Q(last_year__gte=F("first_year")),
                name="practice_years_in_order",
                violation_error_message=_("The last year cannot be before the first."),
            ),
        ]

    @property
    def themes(self):
        return [theme for theme in Theme if getattr(self, theme)]

    @property
    def payers(self):
        return [payer for payer in Payer if getattr(self, f"paid_{payer}")]

    @payers.setter
    def payers(self, payers):
        for payer in Payer:
            setattr(self, f"paid_{payer}", payer in payers)

    @property
    def filter_values(self):
        """What filters ask it for; cheap after PracticeQuerySet.for_filters."""
        figures = self.indicators.all()
        return {
            "country": self.city.country.code,
            "stage": self.stage,
            "size": Size.of(self.city.population).value,
            "mask": joined_sets_mask(1 << combination(self.themes)),
            "topics": " ".join(topic.slug for topic in self.topics.all()),
            "payer": " ".join(self.payers),
            "measure": " ".join({each.measure: None for each in figures if each.measure}),
            "tells": " ".join(t for t in Tells if any(each.tells(t) for each in figures)),
        }

    @property
    def is_integrated(self):
        return len(self.themes) == len(Theme)

    @property
    def headline(self):
        """Its one telling figure, or None; cheap after PracticeQuerySet.for_cards."""
        if hasattr(self, "headlines"):
            return next(iter(self.headlines), None)
        return next((i for i in self.indicators.all() if i.headline), None)


class PracticeTopic(models.Model):
    """What a practice is about; the topic that says most of it was chosen first."""

    MOST = 5  # of one practice

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="chosen_topics", verbose_name=_("good practice")
    )
    topic = models.ForeignKey(
        Topic, models.CASCADE, related_name="chosen_for", verbose_name=_("topic")
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "topic"],
                name="topic_chosen_once",
                violation_error_message=_("This practice has this topic already."),
            )
        ]

    def __str__(self):
        return str(self.topic)
