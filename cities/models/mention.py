"""What others wrote about a city: pages in their collections."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..text.cleaning import CharField, URLField
from .city import City
from .sources import language_of_title


class Mention(models.Model):
    city = models.ForeignKey(City, models.CASCADE, related_name="mentions", verbose_name=_("city"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = CharField(_("title"), max_length=250, help_text=_("In the language of the page."))
    url = URLField(_("address"), max_length=500)
    collection = CharField(
        # Translators: what a page about a city belongs to: a project, a database, a magazine.
        _("collection"),
        max_length=150,
        help_text=_("The project, database or magazine to which the page belongs."),
    )
    language = language_of_title(_("That of the title and the page: pl, en, de…"))

    class Meta:
        ordering = ["position", "pk"]
        # Translators: a page of others about a city.
        verbose_name = _("page elsewhere")
        verbose_name_plural = _("pages elsewhere")
        constraints = [
            models.UniqueConstraint(
                fields=["city", "url"],
                name="city_is_mentioned_once_at_an_address",
                violation_error_message=_("The city has this address already."),
            )
        ]

    def __str__(self):
        return self.title
