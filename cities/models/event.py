"""Events: meetings, workshops, trainings and visits of the programme, each told by one source."""

from datetime import date, datetime, time, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..text import days
from ..text.cleaning import CharField, TextField
from ..text.translation import Translated, columns
from .city import City, Country
from .one_source import OneSource
from .publication import CHUNK, YEAR_RANGE, Publication, PublicationQuerySet, is_published
from .vocabulary import Held, Occasion, Precision, Theme

day_validators = [
    MinValueValidator(date(YEAR_RANGE[0], 1, 1)),
    MaxValueValidator(date(YEAR_RANGE[1], 12, 31)),
]


class EventQuerySet(PublicationQuerySet):
    def published(self):
        return self.filter(is_published(), Q(city=None) | is_published("city__"))

    def next_change(self, moment):
        """Return when one is over or published; what is over stands elsewhere in the list."""
        today = timezone.localdate(moment)
        last = self.filter(last_day__gte=today).aggregate(day=models.Min("last_day"))["day"]
        over = last and timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
        return min(filter(None, [super().next_change(moment), over]), default=None)

    def in_country(self, code):
        return self.filter(country__code=code)

    def concerning(self, city):
        """Keep those that took place in a city, and those in which it took part."""
        taking_part = Participant.objects.filter(city=city).values("event")
        return self.filter(Q(city=city) | Q(pk__in=taking_part))

    def latest_first(self):
        """Order by their days; those without any come last."""
        return self.order_by(
            F("first_day").desc(nulls_last=True), *self.alphabetically().query.order_by
        )

    def dated(self):
        return self.filter(first_day__isnull=False)

    def with_places(self):
        """Read with each event its city and country, but not the long texts about these."""
        unread = ["city__profile", "city__summary", "city__country__text", "country__text"]
        texts = [column for name in unread for column in columns(name)]
        return self.select_related("city__country", "country").defer(*texts)

    def with_participants(self):
        """Read with each event the cities that took part and that visitors see."""
        named = ["event", "city__uuid", "city__slug", "city__local_name", *columns("city__name")]
        seen = Participant.objects.filter(is_published("city__")).select_related("city")
        return self.prefetch_related(Prefetch("participants", seen.only(*named)))

    def in_chunks(self):
        """Return the events as a list, read some at a time where they are many."""
        few = list(self[: CHUNK + 1])
        if len(few) <= CHUNK:
            return few
        return list(self.of_keys(list(self.values_list("pk", flat=True))))


class Event(OneSource, Publication):
    named_by = "title"
    parts = ("participants",)
    way_to_country = "country"

    kind = CharField(
        # Translators: whether an event is a meeting, workshop or visit.
        _("kind"),
        max_length=12,
        choices=Occasion.choices,
    )
    title = Translated(CharField(_("title"), max_length=120), required=True)
    text = Translated(
        TextField(
            # Translators: the sentences about an event.
            _("text"),
            help_text=_("What it was about, and what the source leaves open, in a few sentences."),
        )
    )
    first_day = models.DateField(
        _("first day"),
        null=True,
        blank=True,
        validators=day_validators,
        help_text=_("Left blank where no source says when it was."),
    )
    last_day = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        validators=day_validators,
        help_text=_("Left blank, it is the first day."),
    )
    precision = CharField(
        # Translators: how precisely the days of an event are known.
        _("precision"),
        max_length=6,
        choices=Precision.choices,
        blank=True,
        help_text=_(
            "Where a source names only the month or the season, type its first and last day above."
        ),
    )
    held = CharField(
        # Translators: whether an event was held or only announced.
        _("what the source says"),
        max_length=9,
        choices=Held.choices,
        default=Held.HELD,
        help_text=_("Leave “announced” until a source says that it was held."),
    )
    city = models.ForeignKey(
        City,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("city"),
        help_text=_("Where it took place, if that is a city of this site."),
    )
    place = Translated(
        CharField(
            # Translators: where an event took place.
            _("place"),
            max_length=120,
            help_text=_("Where it took place, if that is no city of this site."),
        )
    )
    online = models.BooleanField(
        # Translators: a box: people took part in an event online.
        _("online"),
        default=False,
        help_text=_("Tick when people took part online, be it some."),
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("country"),
        help_text=_("Left blank for an event of all countries; of a city, it is that of the city."),
    )
    energy = models.BooleanField(_("energy"), default=False)
    mobility = models.BooleanField(_("mobility"), default=False)
    spatial = models.BooleanField(_("spatial planning"), default=False)

    objects = EventQuerySet.as_manager()

    class Meta(Publication.Meta):
        # Translators: a meeting, workshop, training or visit.
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            *Publication.Meta.constraints,
            models.CheckConstraint(
                condition=Q(first_day__isnull=True, last_day__isnull=True, precision="")
                | Q(
                    first_day__isnull=False,
                    last_day__gte=F("first_day"),
                    precision__in=Precision.values,
                ),
                name="event_days_in_order",
                violation_error_message=_(
                    "The last day cannot be before the first, nor stand without it."
                ),
            ),
        ]

    def clean(self):
        self.fill_in()
        super().clean()

    def fill_in(self):
        """Fill in what follows from the rest: a single day, and the country of a city."""
        if self.first_day:
            self.last_day = self.last_day or self.first_day
            self.precision = self.precision or Precision.DAY
        if self.city_id:
            self.country = self.city.country

    @property
    def themes(self):
        return [theme for theme in Theme if getattr(self, theme)]

    @themes.setter
    def themes(self, themes):
        for theme in Theme:
            setattr(self, theme, theme in themes)

    @property
    def was_held(self):
        return self.held == Held.HELD

    @property
    def is_upcoming(self):
        """Whether it is not over yet."""
        return self.last_day is not None and self.last_day >= timezone.localdate()

    @property
    def is_left_open(self):
        """Whether it was announced, and no source tells that it was held."""
        return not self.was_held and not self.is_upcoming

    @property
    def is_met(self):
        """Whether it has a place where people meet."""
        return bool(self.city_id or self.place)

    @property
    def when(self):
        """Its days in words, as precisely as they are known; a blank where they are not."""
        if not self.first_day:
            return ""
        if self.precision == Precision.DAY:
            return days.span(self.first_day, self.last_day)
        if self.precision == Precision.SEASON and (
            season := days.season(self.first_day, self.last_day)
        ):
            return season
        return days.months(self.first_day, self.last_day)

    @property
    def iso_days(self):
        """Its first and last day for machines (ISO 8601), or their months where no day is known."""
        form = "%Y-%m-%d" if self.precision == Precision.DAY else "%Y-%m"
        return [day.strftime(form) for day in (self.first_day, self.last_day) if day]

    @property
    def where(self):
        """Its place, city and country in words; a blank where it was online or nobody knows."""
        place = [self.place, self.city and self.city.name, self.country and self.country.name]
        return ", ".join(filter(None, place))


class Participant(models.Model):
    """A city of this site that took part in an event."""

    MOST = 60  # of one event

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="participants", verbose_name=_("event")
    )
    city = models.ForeignKey(City, models.CASCADE, related_name="took_part", verbose_name=_("city"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("city that took part")
        verbose_name_plural = _("cities that took part")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "city"],
                name="city_takes_part_once",
                violation_error_message=_("This city is among those that took part already."),
            )
        ]

    def __str__(self):
        return str(self.city)
