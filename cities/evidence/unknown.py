"""What no source tells of a practice: what is not known is content, too."""

from django.utils.translation import pgettext

from ..models import Indicator
from ..text.measures import Measure


def untold(practice):
    """Return what no source tells of a practice, as a list in words: the cost, who paid."""
    figures = practice.indicators.all()
    told = {each.about for each in figures if each.evidence != Indicator.Evidence.PLANNED}
    measures = {each.measure for each in figures}
    # Translators: each of these follows “The sources do not tell: ”.
    missing = {
        pgettext("untold", "how many people live in the town"): not practice.city.population,
        pgettext("untold", "what the whole cost"): Measure.WHOLE_COST not in measures,
        pgettext("untold", "who paid"): not practice.payers,
        pgettext("untold", "a result in figures"): Indicator.About.RESULT not in told,
        pgettext("untold", "when it began"): not practice.first_year,
    }
    return ", ".join(words for words, is_missing in missing.items() if is_missing)
