"""Journeys: routes through cities and practices, told by the staff stop by stop."""

from django.db import models
from django.db.models import Prefetch
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..text.cleaning import CharField, TextField
from ..text.translation import Translated
from .city import City
from .constraints import belongs_to_one
from .practice import Practice
from .publication import Publication, PublicationQuerySet, is_published
from .translatable import Translatable


class JourneyQuerySet(PublicationQuerySet):
    def with_stops(self):
        """Read with each journey the stops that visitors see, and where they are."""
        stops = Stop.objects.shown().select_related("city__country", "practice__city__country")
        return self.prefetch_related(Prefetch("stops", stops))

    def stopping_in(self, city):
        """Keep those that come to what visitors see of a city: itself or its practices."""
        there = models.Q(city=city) | models.Q(practice__city=city)
        return self.filter(stops__in=Stop.objects.shown().filter(there)).distinct()


class Journey(Publication):
    FEWEST, MOST = 4, 7  # stops

    named_by = "title"
    parts = ("stops",)

    title = Translated(CharField(_("title"), max_length=80), required=True)
    intro = Translated(
        TextField(
            _("introduction"),
            help_text=_("What the stops have in common, and what one learns on the way."),
        )
    )

    objects = JourneyQuerySet.as_manager()

    class Meta(Publication.Meta):
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")

    @cached_property
    def route(self):
        """Its stops that visitors see, numbered; needs JourneyQuerySet.with_stops."""
        stops = list(self.stops.all())
        for number, stop in enumerate(stops, 1):
            stop.number = number
        return stops

    @property
    def countries(self):
        """The countries of its stops in the order in which it comes to them."""
        found = (stop.place.country for stop in self.route)
        return list({country.code: country for country in found}.values())

    def after(self, city):
        """Return the city to which it goes on from this one, or None where it ends."""
        places = [stop.place for stop in self.route]
        onward = places[places.index(city) :] if city in places else []
        return next((place for place in onward if place != city), None)


class StopQuerySet(models.QuerySet):
    def shown(self):
        """Keep those that lead to what visitors see."""
        of_practice = is_published("practice__") & is_published("practice__city__")
        return self.filter(is_published("city__") | of_practice)


class Stop(Translatable):
    """A city or a practice at its place in a journey, and why to stop there."""

    journey = models.ForeignKey(
        Journey, models.CASCADE, related_name="stops", verbose_name=_("journey")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    city = models.ForeignKey(
        City,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="stops",
        verbose_name=_("city"),
        help_text=_("Choose a city or a practice, one of the two."),
    )
    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="stops",
        verbose_name=_("good practice"),
    )
    why = Translated(
        TextField(
            _("why to stop here"),
            help_text=_("One or two sentences, three lines at most: what is to be seen here."),
        ),
        required=True,
    )

    objects = StopQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        # Translators: a noun: a town on a journey.
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        constraints = [
            belongs_to_one("stop_is_a_city_or_a_practice"),
            *(
                models.UniqueConstraint(
                    fields=["journey", kind],
                    name=f"journey_stops_once_at_a_{kind}",
                    violation_error_message=_("The journey stops there already."),
                )
                for kind in ("city", "practice")
            ),
        ]

    def __str__(self):
        return str(self.record)

    def get_absolute_url(self):
        """Return the address of what is seen here, for those who come on the journey."""
        return f"{self.record.get_absolute_url()}?journey={self.journey.slug}"

    @property
    def anchor(self):
        return f"stop-{self.number}"

    @property
    def record(self):
        return self.practice or self.city

    @property
    def place(self):
        """The city in which it lies."""
        return self.city or self.practice.city
