"""Addresses that pages had before: readers who follow one are led on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..text.cleaning import SlugField
from .city import City
from .constraints import belongs_to_one
from .event import Event
from .journey import Journey
from .practice import Practice
from .topic import Topic

KINDS = ["city", "topic", "practice", "journey", "event"]  # of records that have addresses


class FormerAddressQuerySet(models.QuerySet):
    def leading_on(self):
        """Keep those that lead to a page which visitors see, at another address."""
        found = Q()
        for kind in KINDS:
            records = self.model._meta.get_field(kind).related_model.objects
            seen = Q(**{f"{kind}__in": records.published()})
            found |= seen & ~Q(slug__in=records.values("slug"))
        return self.filter(found).select_related(*KINDS)


class FormerAddress(models.Model):
    """A slug under which visitors could find a record; it belongs to who had it last."""

    city = models.ForeignKey(City, models.CASCADE, null=True, related_name="former_addresses")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="former_addresses")
    practice = models.ForeignKey(
        Practice, models.CASCADE, null=True, related_name="former_addresses"
    )
    journey = models.ForeignKey(Journey, models.CASCADE, null=True, related_name="former_addresses")
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="former_addresses")
    slug = SlugField(_("former address"), max_length=80)

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            belongs_to_one("former_address_belongs_to_one", KINDS),
            *(
                models.UniqueConstraint(
                    fields=["slug"],
                    condition=Q((f"{kind}__isnull", False)),
                    name=f"{kind}_had_it_last",
                )
                for kind in KINDS
            ),
        ]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        """Return the address as it was, in the language of the moment."""
        return type(self.record)(slug=self.slug).get_absolute_url()

    @property
    def record(self):
        return next(filter(None, (getattr(self, kind) for kind in KINDS)))


def find(records, slug):
    """Return the one of a queryset that has a slug now, or had it last; None where none did."""
    if record := records.filter(slug=slug).first():
        return record
    kind = records.model._meta.model_name
    former = FormerAddress.objects.leading_on().filter(slug=slug, **{f"{kind}__isnull": False})
    return records.filter(pk__in=former.values(kind)).first()
