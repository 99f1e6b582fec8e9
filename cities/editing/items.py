"""What the office of a city is asked: all that the site says of it, item by item."""

from dataclasses import dataclass
from html import unescape

from django.db import models
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..models import City, Practice
from ..models.publication import is_published
from ..text.rich_text import RichTextField
from ..text.translation import columns, in_best_language

# What is asked even where the site says nothing of it.
OPEN = {"population", "website", "office", "email", "telephone", "contact_page", "study_visits"}
OPEN |= {"years", "led_by", "payers"}


@dataclass
class Item:
    """Something that the site says, and the columns of the record in which it stands."""

    record: models.Model
    name: str
    label: str
    columns: list  # none, where it is texts of several paragraphs
    said: str
    language: str = ""  # of what is said, where that is not the page's
    is_figure: bool = False

    @property
    def key(self):
        return f"{self.record._meta.model_name}-{self.record.pk}-{self.name}"


def pages_of(city):
    """Return a city and its practices that visitors see."""
    practices = city.practices.filter(is_published()).alphabetically()
    return [city, *practices.prefetch_related("indicators", "sources")]


def items_of(page):
    """Return the items of the page of a city or a practice."""
    items = of_city(page) if isinstance(page, City) else of_practice(page)
    return [item for item in items if item.said or item.name in OPEN]


def of_city(city):
    yield from plain(city, "name", "local_name", "region", "summary")
    role = f"{capfirst(city.get_role_display())}. {city.role_note}".strip()
    yield Item(city, "role", _("Role"), ["role", *columns("role_note")], role)
    people = words("includes/population.html", city=city) if city.population else ""
    held = ["population", "population_year", "population_source"]
    yield Item(city, "population", _("Population"), held, people, is_figure=True)
    yield from plain(city, "website", "office", "email", "telephone", "contact_page")
    visits = city.get_study_visits_display() if city.study_visits else ""
    yield Item(city, "study_visits", label_of(city, "study_visits"), ["study_visits"], visits)
    yield from long_texts(city)


def of_practice(practice):
    yield from plain(practice, "title", "summary")
    yield Item(practice, "stage", _("Stage"), ["stage"], practice.get_stage_display())
    years = {"first": practice.first_year, "last": practice.last_year}
    said = words("includes/years.html", **years) if any(years.values()) else ""
    yield Item(practice, "years", _("Years"), ["first_year", "last_year"], said)
    yield from plain(practice, "led_by")
    said = words("includes/payers.html", practice=practice) if practice.payers else ""
    held = [f.name for f in Practice._meta.fields if f.name.startswith("paid_")]
    yield Item(practice, "payers", _("Paid by"), [*held, "payers_in_part"], said)
    for figure in practice.indicators.all():
        said = [figure.figure, str(figure.year or ""), str(figure.get_evidence_display())]
        held = ["value", "value_to", "qualifier", "unit", "year"]
        told = ", ".join(filter(None, said))
        yield Item(figure, "figure", figure.label, held, told, is_figure=True)
    yield from long_texts(practice)


def plain(record, *names):
    """Yield an item for each of these columns, in the reader's language if it has it."""
    for name in names:
        held, said, language = [name], getattr(record, name), ""
        if not has_column(record, name):
            held = columns(name)
            said, told_in = in_best_language(record, name)
            language = told_in if said and told_in != get_language() else ""
        yield Item(record, name, label_of(record, held[0]), held, said, language)


def long_texts(page):
    """Yield one item for all the long texts of a page, if it has any."""
    if any(getattr(page, f.name) for f in page._meta.fields if isinstance(f, RichTextField)):
        # Translators: an item of which a city says whether it is true.
        said = _("All the rest of the page, with its longer texts.")
        yield Item(page, "texts", _("The rest"), [], said)


def has_column(record, name):
    return any(field.name == name for field in record._meta.concrete_fields)


def label_of(record, column):
    return capfirst(str(record._meta.get_field(column).verbose_name))


def words(template, **context):
    """Return what the site's own words of something are, without their markup."""
    return " ".join(unescape(strip_tags(render_to_string(template, context))).split())
