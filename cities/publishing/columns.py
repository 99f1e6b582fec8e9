"""What the open data holds: columns, each with its name, its meaning and where it comes from.

Names and codes are the same in every language; texts are in the page's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..text.measures import Measure

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
IDENTIFIER_MEANING = _(
    "Permanent identifier (UUID), the same in every language; the page stands under /id/ and it."
)
SLUG_MEANING = _("The last part of its address, by which tables of the staff know it.")
THEME_MEANING = _("Whether it joins this theme.")


@dataclass(frozen=True)
class Column:
    name: str
    meaning: str
    value: Callable


def address(record):
    return settings.SITE_URL + record.get_absolute_url()


def download(material):
    """Return where a thing of the library is: on this site, elsewhere or, a blank, nobody knows."""
    return settings.SITE_URL + material.file.url if material.file else material.url


def text(name):
    """Return what reads a value as text."""
    return lambda record: str(attrgetter(name)(record))


def number(name):
    """Return what reads a decimal as a number that every format knows."""
    return lambda record: plain_number(attrgetter(name)(record))


def plain_number(value):
    """Return a decimal as a number, a whole one as such: 405 and not 405.0."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def topics(record):
    """Return the slugs of a record’s topics; cheap after PracticeQuerySet.with_topics."""
    return "|".join(topic.slug for topic in record.topics.all())


PRACTICE = [
    Column("id", IDENTIFIER_MEANING, text("uuid")),
    Column("slug", SLUG_MEANING, attrgetter("slug")),
    Column("url", _("The practice’s page."), address),
    # Translators: describes a column of the open data.
    Column("title", _("Title."), attrgetter("title")),
    Column("summary", _("What was done, in a few sentences."), attrgetter("summary")),
    Column("energy", THEME_MEANING, attrgetter("energy")),
    Column("mobility", THEME_MEANING, attrgetter("mobility")),
    Column("spatial", THEME_MEANING, attrgetter("spatial")),
    Column("topics", _("Codes of its topics, with “|” between them."), topics),
    Column("led_by", _("Who led it, where a source says so."), attrgetter("led_by")),
    Column(
        "payers",
        _("Codes of those who paid, with “|” between them, where a source says so."),
        lambda practice: "|".join(practice.payers),
    ),
    Column(
        "payers_in_part",
        _("Whether others may have paid too."),
        attrgetter("payers_in_part"),
    ),
    Column("stage", _("How far it has come: a code from the list below."), attrgetter("stage")),
    Column("first_year", _("The year in which it began."), attrgetter("first_year")),
    Column("last_year", _("The year in which it ended."), attrgetter("last_year")),
    Column("city", _("Identifier of its city."), text("city.uuid")),
    Column("city_name", _("Name of its city."), attrgetter("city.name")),
    Column("country", _("ISO 3166-1 code in small letters."), attrgetter("city.country.code")),
    Column("country_name", _("Name of the country."), attrgetter("city.country.name")),
    Column("latitude", _("Degrees north of its city (WGS 84)."), number("city.latitude")),
    Column("longitude", _("Degrees east of its city (WGS 84)."), number("city.longitude")),
    Column("population", _("How many people live in its city."), attrgetter("city.population")),
    Column(
        "confirmed_on",
        _("The day on which the city said that all of it is true, where it did."),
        attrgetter("confirmed_on"),
    ),
    Column("changed_on", _("The day on which its content last changed."), attrgetter("changed_on")),
]

TOPIC = [
    Column("id", IDENTIFIER_MEANING, text("uuid")),
    Column("slug", _("Its code in the column “topics” and in the filter “topic”."), text("slug")),
    Column("url", _("The topic’s page."), address),
    Column("name", _("Name of the topic."), attrgetter("name")),
    Column("theme", _("The theme under which it stands: a code."), attrgetter("theme")),
    Column("intro", _("What practices do about it, as HTML."), attrgetter("intro")),
    Column("synonyms", _("Other words for it, with commas between."), attrgetter("synonyms")),
    Column("changed_on", _("The day on which its content last changed."), attrgetter("changed_on")),
]

JOURNEY = [
    Column("id", IDENTIFIER_MEANING, text("uuid")),
    Column("url", _("The journey’s page."), address),
    Column("title", _("Title."), attrgetter("title")),
    Column("intro", _("What its stops have in common."), attrgetter("intro")),
    Column("changed_on", _("The day on which its content last changed."), attrgetter("changed_on")),
]

STOP = [
    Column("journey", _("Identifier of the journey."), text("journey.uuid")),
    Column("journey_title", _("Title of the journey."), attrgetter("journey.title")),
    Column("number", _("Its place on the way, from 1."), attrgetter("number")),
    Column("record", _("Identifier of the city or practice that is seen."), text("record.uuid")),
    Column("name", _("Name of the city or title of the practice."), str),
    Column("url", _("Its page, for those who come on the journey."), address),
    Column("why", _("Why to stop there."), attrgetter("why")),
    Column("city_name", _("Name of the city in which it lies."), attrgetter("place.name")),
    Column("country", _("ISO 3166-1 code in small letters."), attrgetter("place.country.code")),
    Column("latitude", _("Degrees north of its city (WGS 84)."), number("place.latitude")),
    Column("longitude", _("Degrees east of its city (WGS 84)."), number("place.longitude")),
    Column(
        "changed_on",
        _("The day on which its content last changed."),
        attrgetter("journey.changed_on"),
    ),
]

EVENT = [
    Column("id", IDENTIFIER_MEANING, text("uuid")),
    Column("slug", SLUG_MEANING, attrgetter("slug")),
    Column("url", _("The event’s page."), address),
    Column("kind", _("What kind of event it is: a code from the list below."), attrgetter("kind")),
    Column("title", _("Title."), attrgetter("title")),
    Column("text", _("What it was about, and what its source leaves open."), attrgetter("text")),
    Column(
        "first_day",
        _("Its first day, or the first of the time in which it was."),
        attrgetter("first_day"),
    ),
    Column(
        "last_day",
        _("Its last day, or the last of the time in which it was."),
        attrgetter("last_day"),
    ),
    Column(
        "precision",
        _("How precisely its days are known: a code from the list below."),
        attrgetter("precision"),
    ),
    Column(
        "held",
        _("Whether it was held or only announced: a code from the list below."),
        attrgetter("held"),
    ),
    Column(
        "place", _("Where it took place, if that is no city of this site."), attrgetter("place")
    ),
    Column(
        "city",
        _("Identifier of the city in which it took place."),
        lambda event: str(event.city.uuid) if event.city else "",
    ),
    Column(
        "city_name",
        _("Name of the city in which it took place."),
        lambda event: event.city.name if event.city else "",
    ),
    Column("online", _("Whether people took part online."), attrgetter("online")),
    Column(
        "country",
        _("ISO 3166-1 code in small letters."),
        lambda event: event.country.code if event.country else "",
    ),
    Column(
        "cities",
        _("Identifiers of the cities that took part or were to, with “|” between them."),
        lambda event: "|".join(str(p.city.uuid) for p in event.participants.all()),
    ),
    Column("energy", THEME_MEANING, attrgetter("energy")),
    Column("mobility", THEME_MEANING, attrgetter("mobility")),
    Column("spatial", THEME_MEANING, attrgetter("spatial")),
    Column("source_title", _("Title or publisher of its source."), attrgetter("source_title")),
    Column("source_url", _("Address of its source."), attrgetter("source_url")),
    Column("changed_on", _("The day on which its content last changed."), attrgetter("changed_on")),
]

MATERIAL = [
    Column("id", IDENTIFIER_MEANING, text("uuid")),
    Column("slug", SLUG_MEANING, attrgetter("slug")),
    Column("url", _("Its place on the page of the library."), address),
    Column("kind", _("What kind of thing it is: a code from the list below."), attrgetter("kind")),
    Column("title", _("Title."), attrgetter("title")),
    Column("text", _("What it holds and what it is good for."), attrgetter("text")),
    Column(
        "language",
        _("The language in which it is: a code from the list below, blank for not known."),
        attrgetter("language"),
    ),
    Column(
        "address",
        _("Where it can be read or downloaded, as far as that is known."),
        download,
    ),
    Column("year", _("The year from which it is."), attrgetter("year")),
    Column("licence", _("Its licence; a blank where none is stated."), attrgetter("licence")),
    Column(
        "country",
        _("ISO 3166-1 code in small letters."),
        lambda material: material.country.code if material.country else "",
    ),
    Column("topics", _("Codes of its topics, with “|” between them."), topics),
    Column(
        "practices",
        _("Identifiers of the practices it comes from, with “|” between them."),
        lambda material: "|".join(str(practice.uuid) for practice in material.practices.all()),
    ),
    Column("source_title", _("Title or publisher of its source."), attrgetter("source_title")),
    Column("source_url", _("Address of its source."), attrgetter("source_url")),
    Column("changed_on", _("The day on which its content last changed."), attrgetter("changed_on")),
]

INDICATOR = [
    Column("practice", _("Identifier of the practice."), text("practice.uuid")),
    Column("label", _("What the figure tells."), attrgetter("label")),
    Column(
        "measure",
        _("What it measures: a code from the list below, blank for a thing of its own."),
        attrgetter("measure"),
    ),
    Column("value", _("The figure, or the lower end of a range."), number("value")),
    Column("value_to", _("The upper end of a range."), number("value_to")),
    Column(
        "qualifier", _("How precise it is: a code from the list below."), attrgetter("qualifier")
    ),
    Column("unit", _("Its unit: a code from the list below."), attrgetter("unit")),
    Column("counted", _("What is counted, where the unit is “count”."), attrgetter("counted")),
    Column(
        "canonical",
        _("The value in the unit of its measure; money at the average rate of its year (ECB)."),
        number("canonical"),
    ),
    Column(
        "canonical_unit",
        _("The unit of its measure: a code from the list below."),
        lambda indicator: str(Measure(indicator.measure).unit) if indicator.measure else "",
    ),
    Column("about", _("What it tells of: a code from the list below."), attrgetter("about")),
    Column("evidence", _("How it is known: a code from the list below."), attrgetter("evidence")),
    Column("year", _("The year for which it holds."), attrgetter("year")),
    Column("url", _("The practice’s page."), lambda indicator: address(indicator.practice)),
    Column(
        "changed_on",
        _("The day on which the practice last changed."),
        attrgetter("practice.changed_on"),
    ),
]

SOURCE = [
    Column("title", _("Title or publisher of the source."), attrgetter("title")),
    Column("language", _("Language of that title (ISO 639)."), attrgetter("language")),
    Column("url", _("Address of the source."), attrgetter("url")),
    Column("accessed_on", _("The day on which it was read."), attrgetter("accessed_on")),
    Column("archived_url", _("Address of an archived copy."), attrgetter("archived_url")),
]

# On a sheet of its own.
CITED = [
    Column(
        "record",
        _("Identifier of the city or practice that cites it."),
        lambda source: str((source.practice or source.city).uuid),
    ),
    *SOURCE,
]

# At the end of every spreadsheet: a row that is copied elsewhere keeps its terms.
TERMS = [Column("data_licence", _("The licence of all this."), lambda _record: LICENCE)]

CITY = [
    Column("id", IDENTIFIER_MEANING, text("uuid")),
    Column("slug", SLUG_MEANING, attrgetter("slug")),
    Column("name", _("Name of the city."), attrgetter("name")),
    Column("local_name", _("Its name in the local language."), attrgetter("local_name")),
    Column("country", _("ISO 3166-1 code in small letters."), attrgetter("country.code")),
    Column("country_name", _("Name of the country."), attrgetter("country.name")),
    Column("role", _("Its role in the programme: a code from the list below."), attrgetter("role")),
    Column("role_note", _("How its role is known."), attrgetter("role_note")),
    Column("themes", _("Codes of the themes that its practices join."), attrgetter("themes")),
    Column("integrated", _("Whether one practice joins all themes."), attrgetter("integrated")),
    Column("region", _("Its region."), attrgetter("region")),
    Column("latitude", _("Degrees north (WGS 84)."), number("latitude")),
    Column("longitude", _("Degrees east (WGS 84)."), number("longitude")),
    Column("population", _("How many people live there."), attrgetter("population")),
    Column(
        "population_year",
        _("The year of that number of people."),
        attrgetter("population_year"),
    ),
    Column(
        "population_source",
        _("The source of that number of people."),
        attrgetter("population_source"),
    ),
    Column("website", _("The city’s own site."), attrgetter("website")),
    Column("summary", _("The city in a few sentences."), attrgetter("summary")),
    Column("office", _("The office to ask."), attrgetter("office")),
    Column("email", _("E-mail address of the office."), attrgetter("email")),
    Column("telephone", _("Telephone of the office."), attrgetter("telephone")),
    Column("contact_page", _("Page of the office."), attrgetter("contact_page")),
    Column(
        "contact_checked_on",
        _("The day on which all this about the office was checked, where somebody did."),
        attrgetter("contact_checked_on"),
    ),
    Column(
        "study_visits",
        _("Whether it receives study visits: a code from the list below, blank for not known."),
        attrgetter("study_visits"),
    ),
    Column("url", _("The city’s page."), address),
    Column(
        "confirmed_on",
        _("The day on which the city said that all of it is true, where it did."),
        attrgetter("confirmed_on"),
    ),
    Column("changed_on", _("The day on which its content last changed."), attrgetter("changed_on")),
]
