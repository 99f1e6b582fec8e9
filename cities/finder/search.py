"""Search: every word must be found; accents, case and Polish endings do not matter."""

import re
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from django.conf import settings
from django.db.models import Case, Q, Value, When
from django.utils import translation
from django.utils.html import format_html, format_html_join

from ..models import SearchText
from ..text.alphabet import fold, fold_letter, other_spellings
from ..text.translation import in_every_language

LONGEST_SEARCH = 200  # characters; what follows is not read
STEM_FROM = 6  # letters; a word of that length or more is found without its last two
MOST_WORDS = 8
SHORTEST_MARKED = 3  # letters: a mark on each “w” would tell nothing


@lru_cache
def stems(query):
    """Return what must be found for a query: “Tramwaje w Łodzi” gives tramwa, w, lodzi."""
    words = "".join(c if c.isalnum() else " " for c in fold(query[:LONGEST_SEARCH])).split()
    return tuple(word[:-2] if len(word) >= STEM_FROM else word for word in words[:MOST_WORDS])


def search(queryset, query):
    """Keep what the query finds in the page's language, hits in the title first."""
    words = stems(query)
    if not words:
        return queryset
    owner = queryset.model._meta.model_name
    # Not a query for each row: the database finds all hits once.
    texts = SearchText.objects.filter(
        **{f"{owner}__isnull": False}, language=translation.get_language()
    ).values(owner)
    in_title = texts.filter(*(Q(title__contains=word) for word in words))
    anywhere = texts.filter(*(Q(text__contains=word) for word in words))
    rank = Case(When(pk__in=in_title, then=Value(0)), default=Value(1))
    order = queryset.query.order_by
    return queryset.filter(pk__in=anywhere).alias(rank=rank).order_by("rank", *order)


def highlight(text, query):
    """Return text as HTML with every hit of the query marked."""
    folded = [fold_letter(letter) for letter in text]
    whole = "".join(folded)
    hits = [
        hit.span()
        for word in stems(query)
        if len(word) >= SHORTEST_MARKED
        for hit in re.finditer(re.escape(word), whole)
    ]
    if not hits:
        return text
    origin = [position for position, part in enumerate(folded) for _ in part]
    marked = [False] * len(text)
    for start, end in hits:
        for position in origin[start:end]:
            marked[position] = True
    runs = groupby(zip(text, marked, strict=True), itemgetter(1))
    parts = ((is_hit, "".join(letter for letter, _ in run)) for is_hit, run in runs)
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", part) if is_hit else part,) for is_hit, part in parts),
    )


def refresh_search_texts(cities, practices):
    """Write anew what can be found of these cities and practices.

    Place names count in every language, everything else in its own.
    """
    cities = list(cities.select_related("country"))
    practices = list(practices.select_related("city__country"))
    of_cities, of_practices = [], []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for city in cities:
                names = _place_names(city)
                more = [city.summary, city.country.name]
                of_cities.append(_search_text(language, names, more, city=city))
            for practice in practices:
                more = [practice.summary, practice.city.country.name, *_place_names(practice.city)]
                of_practices.append(
                    _search_text(language, [practice.title], more, practice=practice)
                )
    for owner, texts in (("city", of_cities), ("practice", of_practices)):
        # In one statement, so that two editors saving at once do not get in each other's way.
        SearchText.objects.bulk_create(
            texts,
            batch_size=500,
            update_conflicts=True,
            unique_fields=[owner, "language"],
            update_fields=["title", "text"],
        )


def _place_names(city):
    return [*in_every_language(city, "name"), city.local_name]


def _search_text(language, title, more, **owner):
    title, more = (
        f"{fold(text)} {other_spellings(text)}".strip() for text in map(" ".join, (title, more))
    )
    return SearchText(language=language, title=title, text=f"{title} {more}", **owner)
