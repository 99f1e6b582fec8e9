"""Addresses that cities and practices had before: readers who follow one are led on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..text.cleaning import SlugField
from .city import City
from .constraints import belongs_to_one
from .practice import Practice


class FormerAddressQuerySet(models.QuerySet):
    def leading_on(self):
        """Keep those that lead to a page which visitors see, at another address."""
        of_cities = Q(city__in=City.objects.published()) & ~Q(slug__in=City.objects.values("slug"))
        of_practices = Q(practice__in=Practice.objects.published())
        of_practices &= ~Q(slug__in=Practice.objects.values("slug"))
        return self.filter(of_cities | of_practices).select_related("city", "practice")


class FormerAddress(models.Model):
    """A slug under which visitors could find a record; it belongs to who had it last."""

    city = models.ForeignKey(City, models.CASCADE, null=True, related_name="former_addresses")
    practice = models.ForeignKey(
        Practice, models.CASCADE, null=True, related_name="former_addresses"
    )
    slug = SlugField(_("former address"), max_length=80)

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            belongs_to_one("former_address_belongs_to_one"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(city__isnull=False), name="city_had_it_last"
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(practice__isnull=False), name="practice_had_it_last"
            ),
        ]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        """Return the address as it was, in the language of the moment."""
        return type(self.record)(slug=self.slug).get_absolute_url()

    @property
    def record(self):
        return self.city or self.practice


def find(records, slug):
    """Return the one of a queryset that has a slug now, or had it last; None where none did."""
    if record := records.filter(slug=slug).first():
        return record
    kind = records.model._meta.model_name
    former = FormerAddress.objects.leading_on().filter(slug=slug, **{f"{kind}__isnull": False})
    return records.filter(pk__in=former.values(kind)).first()
