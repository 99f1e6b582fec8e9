"""Figures of practices: what a source tells in numbers."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..text.cleaning import CharField
from ..text.measures import Measure
from ..text.quantities import convert
from ..text.translation import Translated
from ..text.units import Qualifier, Unit, unit_name, write_figure
from .publication import is_published, year_validators
from .translatable import Translatable
from .vocabulary import Tells


class IndicatorQuerySet(models.QuerySet):
    def published(self):
        return self.filter(is_published("practice__"), is_published("practice__city__"))

    def telling(self, told):
        """Keep the figures by which a practice tells its cost, say."""
        if told == Tells.COST:
            return self.filter(measure=Measure.WHOLE_COST)
        return self.filter(about=Indicator.About.RESULT, evidence=Indicator.Evidence.MEASURED)


class Indicator(Translatable):
    class About(models.TextChoices):
        # Translators: what a figure tells of: a result, a cost, or how large a practice is.
        RESULT = "result", _("result")
        # Translators: what a figure is about.
        COST = "cost", _("cost")
        # Translators: what a figure is about: how large the practice is.
        SCALE = "scale", _("scale")

    class Evidence(models.TextChoices):
        REPORTED = "reported", pgettext_lazy("evidence", "reported")
        MEASURED = "measured", pgettext_lazy("evidence", "measured")
        ESTIMATED = "estimated", pgettext_lazy("evidence", "estimated")
        PLANNED = "planned", pgettext_lazy("evidence", "planned")

    practice = models.ForeignKey(
        "Practice", models.CASCADE, related_name="indicators", verbose_name=_("good practice")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    label = Translated(
        CharField(
            # Translators: what a figure is called.
            _("label"),
            max_length=120,
            help_text=_("What the figure tells, without the number."),
        ),
        required=True,
    )
    measure = CharField(
        # Translators: a noun: what is measured, so that figures can be compared.
        _("measure"),
        max_length=30,
        choices=Measure.choices,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "What is measured, so that it can be set beside figures of other towns. Leave it blank "
            "where none fits truly."
        ),
    )
    # Its value in the unit of its measure, by which figures are sorted; kept by cities.editing.
    canonical = models.FloatField(null=True, editable=False)
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=3)
    value_to = models.DecimalField(
        # Translators: the upper end of a range.
        _("up to"),
        max_digits=15,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("The upper end, where the source gives a range."),
    )
    qualifier = CharField(
        # Translators: whether a figure is exact, at least, at most or about.
        _("precision"),
        max_length=5,
        choices=Qualifier.choices,
        default=Qualifier.EXACT,
    )
    unit = CharField(_("unit"), max_length=20, choices=Unit.choices)
    counted = Translated(
        CharField(
            _("what is counted"),
            max_length=60,
            help_text=_("The word as it stands after the number, such as “trams” in “12 trams”."),
        )
    )
    # Translators: a verb: the figure tells of a result, the scale or the cost.
    about = CharField(_("tells of"), max_length=10, choices=About.choices, default=About.RESULT)
    evidence = CharField(
        # Translators: how a figure is known: reported, measured, estimated or planned.
        _("evidence"),
        max_length=10,
        choices=Evidence.choices,
        default=Evidence.REPORTED,
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=year_validators
    )
    headline = models.BooleanField(
        # Translators: a box: the figure is shown on the card of its practice.
        _("on the card"),
        default=False,
        help_text=_("Tick for the one figure that stands on the practice’s card."),
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["measure", "practice", "canonical"], name="indicator_measures"),
            models.Index(
                fields=["practice"],
                condition=Q(about="result", evidence="measured"),
                name="indicator_measured_results",
            ),
        ]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.CheckConstraint(
                condition=Q(value_to__isnull=True) | Q(value_to__gt=F("value")),
                name="indicator_range_in_order",
                violation_error_message=_("The upper end must be more than the value."),
            ),
            models.CheckConstraint(
                condition=~Q(unit=Unit.COUNT) ^ ~Q(counted_pl=""),
                name="indicator_count_says_of_what",
                violation_error_message=_(
                    "Say what is counted, and only where things are counted."
                ),
            ),
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(headline=True),
                name="one_headline_per_practice",
                violation_error_message=_("Only one figure can stand on the practice’s card."),
            ),
            models.UniqueConstraint(
                fields=["practice", "label_pl"],
                name="indicator_labels_differ",
                violation_error_message=_("This practice already has a figure of that label."),
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.figure}"

    def clean(self):
        super().clean()
        if self.measure in Measure and self.unit not in Measure(self.measure).units:
            message = _("The unit does not fit this measure, which is given in: %(units)s.")
            units = ", ".join(map(unit_name, Measure(self.measure).units))
            raise ValidationError(message % {"units": units})

    @property
    def converted(self):
        """Its value and upper end in the unit of its measure; None where money has no rate."""
        ends = [
            end if end is None else convert(end, self.unit, Measure(self.measure).unit, self.year)
            for end in (self.value, self.value_to)
        ]
        return None if ends[0] is None else ends

    def fill_canonical(self):
        converted = self.measure and self.converted
        self.canonical = float(converted[0]) if converted else None

    @property
    def figure(self):
        return write_figure(self.value, self.value_to, self.qualifier, self.unit, self.counted)

    def tells(self, told):
        """Tell the same as IndicatorQuerySet.telling."""
        if told == Tells.COST:
            return self.measure == Measure.WHOLE_COST
        return self.about == self.About.RESULT and self.evidence == self.Evidence.MEASURED

    @property
    def is_promise(self):
        """Whether it tells of what is hoped for, which must not look like a result."""
        return self.evidence in (self.Evidence.ESTIMATED, self.Evidence.PLANNED)
