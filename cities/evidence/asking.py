"""Whom one asks about a city or a practice, and what: the sources leave something open."""

from functools import cached_property

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ..models import Practice
from ..text.mail_link import mail_link
from .unknown import untold

MOST_LETTERS = 80  # of a title: some programs cut a link of more than 2,000 signs


class Asking:
    """What there is to ask about a city or a practice; nothing, where it leads to nobody.

    It leads to the city's office, else to the national partner, else to the city's own site.
    """

    def __init__(self, record):
        self.record = record
        self.city = getattr(record, "city", record)
        self.practice = record if isinstance(record, Practice) else None

    def __bool__(self):
        return bool(self.whom or self.city.website or self.untold)

    @cached_property
    def whom(self):
        """The city or the country whose office can be reached, or None."""
        return next((each for each in (self.city, self.city.country) if each.is_reachable), None)

    @property
    def is_of_partner(self):
        return self.whom == self.city.country

    @property
    def page(self):
        return self.whom.page_to_ask if self.whom else self.city.website

    @cached_property
    def untold(self):
        """What no source tells of a practice; of cities it is not asked."""
        return untold(self.practice) if self.practice else ""

    @property
    def subject(self):
        return Truncator(self.record).chars(MOST_LETTERS)

    @property
    def question(self):
        """The letter, in the page's language."""
        # Translators: of a letter to a city’s office; who writes it may be a man or a woman.
        about = _("I am writing about %(city)s, as the site Precursor Cities describes it.")
        if self.practice:
            about = _(
                # Translators: of a letter about a practice; who writes it may be a man or a woman.
                "I am writing about “%(title)s” (%(city)s), as the site Precursor Cities "
                "describes it."
            )
        names = {"title": self.subject, "city": self.city.name}
        # Translators: how a letter begins.
        lines = [_("Good morning,"), "", about % names]
        if settings.SITE_URL:  # which an archive may not have
            lines.append(settings.SITE_URL + self.record.get_absolute_url())
        if self.untold:
            lines += ["", _("The sources do not say: %(what)s.") % {"what": self.untold}]
            lines[-1] += " " + _("Could you tell me?")
        return "\n".join([*lines, ""])

    @property
    def mail_link(self):
        return mail_link(self.whom.email, self.subject, self.question)
