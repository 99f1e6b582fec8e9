"""What can be found of cities and practices, and by which words."""

from functools import lru_cache, singledispatch
from itertools import chain
from operator import itemgetter

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from translated_fields import to_attribute

from ..models import (
    City,
    CityWords,
    Country,
    Event,
    Journey,
    Material,
    Practice,
    PracticeWords,
    Status,
    Topic,
    Word,
)
from ..models.search_index import KIND
from ..text.translation import in_every_language
from ..text.typography import plain
from ..text.words import STOP_WORDS, pairs, together, words

TITLE, TOPIC, SUMMARY, TEXT, BESIDE = LEVELS = range(1, 6)
CHUNK = 500  # records at once
SHORT = 200  # characters


@singledispatch
def parts(record, language):
    """Yield (level, name of the part, its words) of all by which a record is found.

    The name is blank where every card shows the part.
    """
    raise NotImplementedError(f"Nobody has said what is found of {record!r}.")


def names(city):
    every = [*in_every_language(city, "name"), city.local_name]
    return " · ".join(filter(None, dict.fromkeys(every)))


def place(city, language):
    country = getattr(city.country, to_attribute("name", language))
    region = getattr(city, to_attribute("region", language))
    return ", ".join(filter(None, [region, country]))


@parts.register(City)
def of_city(city, language):
    yield TITLE, "", names(city)
    yield SUMMARY, "", getattr(city, to_attribute("summary", language))
    # Translators: where words were found: the long text about a city.
    yield TEXT, _("Profile"), plain(getattr(city, to_attribute("profile", language)))
    # Translators: where words were found: the region and country of a city.
    yield TEXT, _("Place"), place(city, language)
    for source in city.sources.all():
        # Translators: where words were found: what a statement rests on.
        yield TEXT, _("Source"), source.title


@parts.register(Practice)
def of_practice(practice, language):
    yield TITLE, "", getattr(practice, to_attribute("title", language))
    yield TITLE, "", names(practice.city)
    for topic in (choice.topic for choice in practice.chosen_topics.all()):
        if topic.status == Status.PUBLISHED:
            yield TOPIC, _("Topic"), getattr(topic, to_attribute("name", language))
            yield BESIDE, _("Topic"), getattr(topic, to_attribute("synonyms", language))
    yield SUMMARY, "", getattr(practice, to_attribute("summary", language))
    yield TEXT, _("What was done"), plain(getattr(practice, to_attribute("description", language)))
    lessons = plain(getattr(practice, to_attribute("lessons", language)))
    yield TEXT, _("Before you copy it"), lessons
    for indicator in practice.indicators.all():
        for name in ("label", "counted"):
            # Translators: where words were found: the name of a figure.
            yield TEXT, _("Figure"), getattr(indicator, to_attribute(name, language))
    yield TEXT, _("Place"), place(practice.city, language)
    for source in practice.sources.all():
        yield TEXT, _("Source"), source.title


@parts.register(Topic)
def of_topic(topic, language):
    yield TITLE, "", getattr(topic, to_attribute("name", language))
    yield TOPIC, _("Also called"), getattr(topic, to_attribute("synonyms", language))
    # Translators: where words were found: the text that begins a topic or a journey.
    yield TEXT, _("Introduction"), plain(getattr(topic, to_attribute("intro", language)))


@parts.register(Journey)
def of_journey(journey, language):
    yield TITLE, "", getattr(journey, to_attribute("title", language))
    yield SUMMARY, "", getattr(journey, to_attribute("intro", language))
    for stop in journey.route:
        yield TEXT, stop.place.name, getattr(stop, to_attribute("why", language))
        # Translators: where words were found: a town on a journey, a noun.
        yield TEXT, _("Stop"), names(stop.place)


@parts.register(Event)
def of_event(event, language):
    yield TITLE, "", getattr(event, to_attribute("title", language))
    yield SUMMARY, "", getattr(event, to_attribute("text", language))
    # Translators: where words were found: whether an event is a meeting, workshop or visit.
    yield TEXT, _("Kind"), event.get_kind_display()
    yield TEXT, _("Place"), getattr(event, to_attribute("place", language))
    if event.country:
        yield TEXT, _("Place"), getattr(event.country, to_attribute("name", language))
    if event.city:
        yield TEXT, _("Place"), names(event.city)
    for participant in event.participants.all():
        yield TEXT, _("Cities"), names(participant.city)
    yield TEXT, _("Source"), event.source_title


@parts.register(Material)
def of_material(material, language):
    yield TITLE, "", getattr(material, to_attribute("title", language))
    yield SUMMARY, "", getattr(material, to_attribute("text", language))
    yield TEXT, _("Kind"), material.get_kind_display()
    if material.country:
        yield TEXT, _("Place"), getattr(material.country, to_attribute("name", language))
    yield TEXT, _("Source"), material.source_title


@parts.register(Country)
def of_country(country, language):
    yield TITLE, "", getattr(country, to_attribute("name", language))
    text = plain(getattr(country, to_attribute("text", language)))
    yield TEXT, _("How the programme ran there"), text
    yield TEXT, _("National partner"), country.partner


WORDS = {City: CityWords, Practice: PracticeWords}
PLACE = {City: ["country"], Practice: ["city__country"]}
BELONGING = {City: ["sources"], Practice: ["chosen_topics__topic", "indicators", "sources"]}


def with_place(records):
    """Return a queryset of pages with what names the place of each."""
    return records.select_related(*PLACE.get(records.model, [None]))


def with_parts(records):
    """Return a queryset of cities or practices with all that `parts` looks at."""
    return with_place(records).prefetch_related(*BELONGING[records.model])


def tokens(texts, language):
    """Return the tokens of (level, text) pairs, and the (form, stem) pairs of their words."""
    best, known = {}, set()  # the best level on which a stem stands, or two together
    for level, text in sorted(texts, key=itemgetter(0)):
        of_text = read_again if len(text) < SHORT else read
        stems, said = of_text(text, language)
        known |= said
        for one in stems:
            best.setdefault(one, level)
    start = prefix(language)
    return [f"{start}{level}{one}" for one, level in best.items()], known


def read(text, language):
    """Return the stems of a text, and of each two together; and its words as (form, stem) pairs."""
    said = [pairs(written, language) for written in words(text)]
    stems = {word: frozenset(stem for _form, stem in word) for word in set(said)}
    passing = {word for word in stems if not tells(word, language)}
    telling = [stems[word] for word in said if word not in passing]
    return set(chain(*stems.values(), together(telling))), set(chain(*stems))


# Names of topics, countries and towns stand in the words of many records.
read_again = lru_cache(maxsize=1_000)(read)


def tells(word, language):
    """Tell whether a word, given as pairs, is said for more than in passing."""
    return bool(word) and word[0][0] not in STOP_WORDS.get(language, ())


def prefix(language):
    return language.replace("-", "")


def refresh_index(*found):
    """Write anew by which words the records of these querysets are found."""
    for records in found:
        keys = list(records.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), CHUNK):
            chunk = records.model._base_manager.filter(pk__in=keys[start : start + CHUNK])
            write_words(records.model, with_parts(chunk))


def write_words(model, records):
    """Write the words of records of a model, read with their parts; other kinds have none."""
    if model not in WORDS:
        return
    rows, known = [], set()
    for record in records:
        row = WORDS[model](record=record, kind=KIND, words="")
        for language, _name in settings.LANGUAGES:
            texts = [(level, text) for level, _part, text in parts(record, language)]
            said, pairs_said = tokens(texts, language)
            row.words = " ".join([*filter(None, [row.words]), *sorted(said)])
            known |= {(language, *pair) for pair in pairs_said}
        rows.append(row)
    # In one statement, so that two editors saving at once do not get in each other's way.
    WORDS[model].objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=["words", "kind"],
    )
    Word.objects.bulk_create(
        [Word(language=language, form=form, stem=stem) for language, form, stem in sorted(known)],
        ignore_conflicts=True,
        batch_size=500,
    )
