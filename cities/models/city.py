"""Countries and their cities."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Avg, Count, Exists, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from translated_fields import to_attribute

from ..text.cleaning import CharField, TextField, URLField
from ..text.rich_text import RichTextField
from ..text.translation import Translated
from .confirmed import Confirmed
from .contact import Contact
from .page import Page, PageQuerySet
from .publication import Publication, PublicationQuerySet, is_published, year_validators
from .vocabulary import Role, Size, Theme, Visits, combination, joined_sets_mask

# The one official language of a country, where it has one: ISO 639-1 by ISO 3166-1.
LANGUAGE_OF = {"al": "sq", "at": "de", "bg": "bg", "cz": "cs", "de": "de", "dk": "da", "ee": "et"}
LANGUAGE_OF |= {"es": "es", "fr": "fr", "gb": "en", "gr": "el", "hr": "hr", "hu": "hu", "is": "is"}
LANGUAGE_OF |= {"it": "it", "li": "de", "lt": "lt", "lv": "lv", "md": "ro", "nl": "nl", "no": "no"}
LANGUAGE_OF |= {"pl": "pl", "pt": "pt", "ro": "ro", "rs": "sr", "se": "sv", "si": "sl", "sk": "sk"}
LANGUAGE_OF |= {"tr": "tr", "ua": "uk"}
EVERY_THEME = combination(Theme)


class CountryQuerySet(PageQuerySet):
    def with_extents(self):
        """Tell of each country how many published cities it has, and how far they reach.

        Adds city_count, precursor_count and south, west, north, east in degrees.
        """
        published = is_published("cities__")
        return self.annotate(
            city_count=Count("cities", filter=published),
            precursor_count=Count("cities", filter=published & Q(cities__role=Role.PRECURSOR)),
            south=Min("cities__latitude", filter=published),
            west=Min("cities__longitude", filter=published),
            north=Max("cities__latitude", filter=published),
            east=Max("cities__longitude", filter=published),
        )

    def with_cities(self):
        """Keep the countries that have a published city."""
        return self.filter(Exists(City.objects.published().filter(country=OuterRef("pk"))))

    def with_events(self):
        """Keep the countries that have a published event."""
        return self.filter(is_published("events__")).distinct()


class Country(Contact, Page):
    found_by = "code"
    way_to_country = "pk"

    code = CharField(
        _("code"),
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"^[a-z]{2}$", _("Two small letters, such as pl."))],
        help_text=_("ISO 3166-1, two small letters: pl, de…"),
    )
    name = Translated(CharField(_("name"), max_length=60), required=True)
    partner = CharField(_("national partner"), max_length=150, blank=True)
    partner_url = URLField(_("the partner’s site"), blank=True)
    text = Translated(RichTextField(_("how the programme ran there")))

    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="countries", verbose_name=_("editors")
    )

    trusted = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="trusted_in",
        verbose_name=_("editors who publish"),
        help_text=_("Editors of this country who put their pages on the site themselves."),
    )

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["sort_pl"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    @property
    def called(self):
        return self.office or self.partner

    @property
    def page_to_ask(self):
        return self.contact_page or self.partner_url


class CityQuerySet(PublicationQuerySet):
    def precursors(self):
        return self.filter(role=Role.PRECURSOR)

    def in_country(self, code):
        return self.filter(country__code=code)

    def with_themes(self):
        """Add theme_sets_mask: which sets of themes each city’s published practices have."""
        practices = City.practices.rel.related_model.objects.filter(
            is_published(), city=OuterRef("pk")
        )
        return self.annotate(theme_sets_mask=Coalesce(Subquery(practices.theme_sets_mask()), 0))

    def for_cards(self):
        return self.select_related("country").with_themes()

    def by_country(self):
        """Order as lists do: by country, then by name."""
        return self.order_by(to_attribute("country__sort"), to_attribute("sort"), "pk")

    def counted_by_country(self):
        """Return a dictionary for each country: code, n, and the middle of its cities."""
        return (
            self.order_by()
            .values(code=F("country__code"))
            .annotate(n=Count("pk"), latitude=Avg("latitude"), longitude=Avg("longitude"))
        )


class City(Contact, Confirmed, Publication):
    parts = ("sources", "mentions", "photos")
    way_to_country = "country"

    country = models.ForeignKey(
        Country, models.PROTECT, related_name="cities", verbose_name=_("country")
    )
    name = Translated(CharField(_("name"), max_length=80), required=True)
    local_name = CharField(_("name in the local language"), max_length=80, blank=True)
    role = CharField(_("role"), max_length=10, choices=Role.choices)
    role_note = Translated(TextField(_("how the role is known")))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5)
    region = Translated(CharField(_("region"), max_length=80))
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("population of the year"), null=True, blank=True, validators=year_validators
    )
    # Translators: the source of the number of inhabitants.
    population_source = CharField(_("population from"), max_length=200, blank=True)
    website = URLField(_("website"), blank=True)
    study_visits = CharField(
        _("study visits"),
        max_length=3,
        choices=[("", pgettext_lazy("study visits", "not known")), *Visits.choices],
        blank=True,
        default="",
        db_default="",
        help_text=_("Choose only what the city or a source says."),
    )
    summary = Translated(TextField(_("summary")))
    profile = Translated(RichTextField(_("profile")))

    objects = CityQuerySet.as_manager()

    class Meta(Publication.Meta):
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        permissions = [("publish_city", "Can publish cities and practices")]
        indexes = [
            # All that counts ask for, so that they need not read the texts.
            models.Index(
                fields=[
                    "status",
                    *("publish_at", "unpublish_at"),
                    *("country", "role", "population", "study_visits"),
                ],
                name="city_counts",
            )
        ]
        constraints = [
            *Publication.Meta.constraints,
            models.CheckConstraint(
                # Web Mercator, in which the maps are drawn, ends at 85 degrees.
                condition=Q(latitude__range=(-85, 85), longitude__range=(-180, 180)),
                name="city_is_on_earth",
                violation_error_message=_("Latitude and longitude must be degrees on Earth."),
            ),
        ]

    @property
    def local_language(self):
        """The language of its local name, or None in a country of several."""
        return LANGUAGE_OF.get(self.country.code)

    @property
    def is_precursor(self):
        return self.role == Role.PRECURSOR

    @property
    def joined_sets_mask(self):
        """Which sets of themes its practices join, as a sum; needs CityQuerySet.with_themes."""
        return joined_sets_mask(self.theme_sets_mask)

    @property
    def themes(self):
        return [theme for bit, theme in enumerate(Theme) if self.joined_sets_mask >> (1 << bit) & 1]

    @property
    def integrated(self):
        """Whether one practice joins all themes."""
        return bool(self.joined_sets_mask >> EVERY_THEME & 1)

    @property
    def glyph(self):
        """The name of its theme glyph; the bright centre only where one practice joins all."""
        letters = "".join(theme[0] for theme in self.themes)
        return "all" if letters == "ems" and not self.integrated else letters or "none"

    @property
    def filter_values(self):
        """What filters ask it for; needs CityQuerySet.for_cards."""
        return {
            "country": self.country.code,
            "role": self.role,
            "size": Size.of(self.population).value,
            "visits": self.study_visits,
            "mask": self.joined_sets_mask,
        }
