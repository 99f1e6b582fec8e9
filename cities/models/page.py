"""What has a page of its own: it is cited, translated, and listed by its name.

What the house does for every kind of page follows from what is said here: history, rights, the
checklist, previews, the sitemap.
"""

from functools import cache
from itertools import takewhile

from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse
from translated_fields import to_attribute

from ..text.alphabet import sort_key
from ..text.cleaning import CharField
from ..text.translation import Translated
from .identity import Identified
from .translatable import Translatable


class PageQuerySet(models.QuerySet):
    def published(self):
        """Keep those that visitors see."""
        return self.all()

    def alphabetically(self):
        return self.order_by(to_attribute("sort"), "pk")


class Page(Identified, Translatable):
    named_by = "name"
    found_by = "slug"  # what tells it from others in its address
    parts = ()  # names of what its form and its history hold beside itself
    stands_on = None  # name of the page on which it stands with others; None: one of its own
    way_to_country = None  # whose editors may write it, as queries name it; None: publishers only

    sort = Translated(CharField(max_length=250, editable=False, db_index=True))

    class Meta:
        abstract = True

    def __str__(self):
        return getattr(self, self.named_by)

    def get_absolute_url(self):
        if self.stands_on:
            return f"{reverse(self.stands_on)}#{self.slug}"
        found_by = {self.found_by: getattr(self, self.found_by)}
        return reverse(self._meta.model_name, kwargs=found_by)

    def fill_sort_keys(self):
        for language, _name in settings.LANGUAGES:
            name = getattr(self, to_attribute(self.named_by, language)) or getattr(
                self, to_attribute(self.named_by, settings.LANGUAGE_CODE)
            )
            key = sort_key(name, language)[:250]
            setattr(self, to_attribute("sort", language), key)

    def choose(self, relation, field, records):
        """Let its parts name these records, in this order, and no others."""
        parts = getattr(self, relation)
        chosen = list(parts.select_related(field))
        both = zip(chosen, records, strict=False)
        same = len(list(takewhile(lambda pair: getattr(pair[0], field) == pair[1], both)))
        for part in chosen[same:]:
            part.delete()
        for record in records[same:]:
            parts.create(**{field: record})

    @classmethod
    def translated_parts(cls):
        """Return the relations to those of its parts that have words of their own."""
        relations = map(cls._meta.get_field, cls.parts)
        return [part for part in relations if issubclass(part.related_model, Translatable)]


def identified(uuid):
    """Return the record that visitors see under an identifier, or None."""
    found = (kind.objects.published().filter(uuid=uuid).first() for kind in page_kinds())
    return next(filter(None, found), None)


@cache
def page_kinds():
    """Return the kinds of pages, those that others lean on first."""
    return tuple(
        model for model in apps.get_app_config("cities").get_models() if issubclass(model, Page)
    )
