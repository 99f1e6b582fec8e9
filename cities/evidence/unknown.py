"""What no source tells of a practice: what is not known is content, too."""

from django.db.models import Q, TextChoices
from django.utils.translation import pgettext_lazy

from ..models import Indicator, Payer
from ..text.measures import Measure


class Unknown(TextChoices):
    # Translators: each of these follows “The sources do not say: ”.
    PEOPLE = "people", pgettext_lazy("untold", "how many people live in the town")
    COST = "cost", pgettext_lazy("untold", "what the whole cost")
    PAYERS = "payers", pgettext_lazy("untold", "who paid")
    RESULT = "result", pgettext_lazy("untold", "a result in figures")
    BEGINNING = "beginning", pgettext_lazy("untold", "when it began")


def untold(practice):
    """Return what no source tells of a practice, as a list in words: the cost, who paid."""
    figures = practice.indicators.all()
    told = {each.about for each in figures if each.evidence != Indicator.Evidence.PLANNED}
    is_told = {
        Unknown.PEOPLE: practice.city.population,
        Unknown.COST: Measure.WHOLE_COST in {each.measure for each in figures},
        Unknown.PAYERS: practice.payers,
        Unknown.RESULT: Indicator.About.RESULT in told,
        Unknown.BEGINNING: practice.first_year,
    }
    return ", ".join(str(what.label) for what in Unknown if not is_told[what])


def silent_about(what):
    """Return the condition for practices of which no source tells this."""
    costs = Indicator.objects.filter(measure=Measure.WHOLE_COST)
    results = Indicator.objects.filter(about=Indicator.About.RESULT)
    results = results.exclude(evidence=Indicator.Evidence.PLANNED)
    return {
        Unknown.PEOPLE: Q(city__population=None),
        Unknown.COST: ~Q(pk__in=costs.values("practice")),
        Unknown.PAYERS: Q(**{f"paid_{payer}": False for payer in Payer}),
        Unknown.RESULT: ~Q(pk__in=results.values("practice")),
        Unknown.BEGINNING: Q(first_year=None),
    }[what]
