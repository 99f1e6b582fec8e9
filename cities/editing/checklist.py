"""What an editor can still do for a page: one function a rule, asked anew at every save.

A rule yields (part, column, detail): the page or the part of it that is meant, its column or a
blank, and words by which the editor finds the place.
"""

import re
from datetime import timedelta
from functools import cache
from itertools import chain

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from translated_fields import to_attribute

from ..mapping.borders import is_inside, rings
from ..models import CheckedLink, City, Contact, Finding, Journey, Practice, Rule
from ..models.translatable import other_languages
from ..text.rich_text import HEADING, LINK, RichTextField
from ..text.translation import columns, language_of
from ..text.typography import plain
from ..text.units import Unit
from .history import PAGES, whole
from .links import links_of

MOST_WORDS = 30  # in a sentence
CHECKED_EVERY = timedelta(days=730)
CHUNK = 500  # pages at once
VAGUE = {"tu", "tutaj", "kliknij", "kliknij tutaj", "więcej", "czytaj więcej", "link"}
VAGUE |= {"here", "click here", "this", "this page", "more", "read more"}
BLOCK = re.compile(r"</(?:p|li|h3|h4)>|<br>")
# Before its capital letter a sentence may have a few marks or a number, but no table of contents.
SENTENCE = re.compile(r"(?<=[.!?…])[”\"’)]*+\s++(?=[\W\d]{0,20}[^\W\d_a-ząćęłńóśźż])")


def written(page):
    """Return what holds the words of a page: itself, and those of its parts that are translated."""
    parts = (getattr(page, part.name).all() for part in page.translated_parts())
    return [page, *chain.from_iterable(parts)]


@cache
def text_fields(model):
    return [field for field in model._meta.fields if field.editable and language_of(field.name)]


def texts(page):
    """Yield (part, field, text) for whatever is written on a page in some language."""
    for part in written(page):
        for field in text_fields(type(part)):
            yield part, field, getattr(part, field.name)


def blanks(page):
    return ((part, field) for part, field, text in texts(page) if not text)


def long_texts(page):
    for part, field, text in texts(page):
        if isinstance(field, RichTextField):
            yield part, field.name, text


def missing_translation(page):
    for part, field in blanks(page):
        name = field.name.removesuffix(to_attribute("", language_of(field.name)))
        is_told = any(getattr(part, column) for column in columns(name))
        if is_told and name != "counted":  # see figure_without_unit
            yield part, field.name, ""


def outdated_translation(page):
    """The Polish has changed since; see cities.models.translatable."""
    for part in written(page):
        for language in other_languages():
            for name in part.outdated(language):
                yield part, to_attribute(name, language), ""


def missing_source(page):
    if hasattr(page, "sources") and not page.sources.all():
        yield page, "", ""
    if not getattr(page, "source_title", True):
        yield page, "source_title", ""


def missing_topic(page):
    if isinstance(page, Practice) and not page.chosen_topics.all():
        yield page, "", ""


def too_few_or_many_stops(page):
    if isinstance(page, Journey):
        count = len(page.stops.all())
        if not Journey.FEWEST <= count <= Journey.MOST:
            yield page, "", str(count)


def position_elsewhere(page):
    """The map frames the countries: what lies outside stands at its edge."""
    if not isinstance(page, City) or not rings(code := page.country.code):
        return
    if not is_inside(code, page.latitude, page.longitude):
        yield page, "latitude", f"{page.latitude}, {page.longitude}"


def figure_without_unit(page):
    """Things that are counted have their unit in words, in every language."""
    for part, field in blanks(page):
        if field.name in columns("counted") and part.unit == Unit.COUNT:
            yield part, field.name, ""


def photo_without_description(page):
    for photo in page.photos.all() if hasattr(page, "photos") else ():
        for column in columns("alt"):
            if not photo.decorative and not getattr(photo, column):
                yield photo, column, ""


def missing_office(page):
    if isinstance(page, Contact) and not page.office:
        yield page, "office_pl", ""


def office_out_of_reach(page):
    if isinstance(page, Contact) and page.office and not page.is_reachable:
        yield page, "email", ""


def office_unchecked(page):
    if isinstance(page, Contact) and page.is_reachable:
        day = page.contact_checked_on
        if day is None or day < timezone.localdate() - CHECKED_EVERY:
            yield page, "contact_checked_on", str(day or "")


def dead_link(page):
    if links := links_of(page):
        dead = CheckedLink.objects.dead().filter(url__in=links)
        for url in dead.values_list("url", flat=True):
            yield page, "", url


def vague_link(page):
    for part, column, html in long_texts(page):
        for _address, link in LINK.findall(html):
            words = plain(link).strip(" .»>")
            if words.casefold() in VAGUE:
                yield part, column, words


def heading_that_skips(page):
    for part, column, html in long_texts(page):
        level = 2  # that of the page's own sections
        for digit, words in HEADING.findall(html):
            if int(digit) > level + 1:
                yield part, column, plain(words)
            level = int(digit)


def long_sentence(page):
    for part, field, text in texts(page):
        for block in BLOCK.split(text):
            for sentence in SENTENCE.split(plain(block).strip()):
                if len(sentence.split()) > MOST_WORDS:
                    yield part, field.name, Truncator(sentence).words(8)


RULES = {
    Rule.TRANSLATION: missing_translation,
    Rule.OUTDATED: outdated_translation,
    Rule.SOURCE: missing_source,
    Rule.TOPIC: missing_topic,
    Rule.STOPS: too_few_or_many_stops,
    Rule.POSITION: position_elsewhere,
    Rule.FIGURE: figure_without_unit,
    Rule.PHOTO: photo_without_description,
    Rule.OFFICE: missing_office,
    Rule.ADDRESS: office_out_of_reach,
    Rule.UNCHECKED: office_unchecked,
    Rule.LINK: dead_link,
    Rule.LINK_TEXT: vague_link,
    Rule.HEADING: heading_that_skips,
    Rule.SENTENCE: long_sentence,
}


def findings(page):
    """Yield what the rules find on a page."""
    for rule, ask in RULES.items():
        for part, column, detail in ask(page):
            yield Finding(
                **{page._meta.model_name: page},
                rule=rule,
                column=f"{part._meta.model_name}.{column}" if column else "",
                detail=(detail if part is page else f"{part} {detail}".strip())[:250],
            )


def refresh_findings(model, pages):
    """Write anew what the rules find on pages of a model, read with history.whole."""
    if pages:
        Finding.objects.filter(**{f"{model._meta.model_name}__in": pages}).delete()
        Finding.objects.bulk_create(finding for page in pages for finding in findings(page))


@transaction.atomic
def refresh_all_findings():
    for model in PAGES:
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), CHUNK):
            pages = whole(model).filter(pk__in=keys[start : start + CHUNK])
            refresh_findings(model, list(pages))
