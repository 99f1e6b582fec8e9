"""Where a further language has no words yet, English ones stand; here they are marked as English.

What a page has to say in another language than its own, it says so (WCAG 3.1.2).
"""

import re
from functools import lru_cache
from html import unescape

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.utils.text import capfirst
from django.utils.translation import get_language

from .django_internals import lacking

TAG = re.compile(r"""(<!--[^<>]*>|<(?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
NAME = re.compile(r"</?([\w-]+)")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
PASSED_OVER = {"code", "script", "style", "textarea"}
WITHOUT_ELEMENTS = {"title", "option", "text", "tspan"}
SPEAKS = re.compile(r"\s(?:aria-label|lang|title)=")  # what the language of an element is of
EDGES = re.compile(r"(^\s+|\s+$)")
# What stands between texts in a row.
BETWEEN = re.compile(r"(\s{0,9}[·(),;]\s{0,9}|:(?:\s+|$)|" + EDGES.pattern[1:-1] + ")")
# Of a message: tags between which the words become a link, and what is filled in.
MARK = re.compile(r"</?\w+>")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|…|%%")
WORD = re.compile(r"[^\W\d_]{2,}")
LONGEST = 2_000  # letters of a text of ours, filled in; what is longer an editor wrote
TELLING = re.compile(r"[^\W\d_]{4,}")  # beside what is filled in: “and” alone tells nothing


class MarkGaps:
    """Mark the English of pages in languages that are not wholly translated."""

    def __init__(self, get_response):
        if not settings.MORE_LANGUAGES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        language = get_language()
        texts = lacking(language)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if texts and is_page and not response.streaming:
            response.content = marked(response.text, english(texts), language)
        return response


class English:
    """Tells whether a piece of a page is one of the texts that are in English."""

    def __init__(self, texts):
        pieces = {" ".join(piece.split()) for text in texts for piece in MARK.split(text)}
        filled_in = {piece for piece in pieces if PLACEHOLDER.search(piece)}
        self.fixed = {piece for piece in pieces - filled_in if WORD.search(piece)}
        self.fixed |= {capfirst(piece) for piece in self.fixed}
        self.patterns = [
            re.compile(".+?".join(map(re.escape, PLACEHOLDER.split(piece))), re.IGNORECASE)
            for piece in filled_in
            if TELLING.search(PLACEHOLDER.sub("", piece))
        ]

    def __contains__(self, html):
        if len(html) > LONGEST:
            return False
        text = " ".join(unescape(html).split())
        return text in self.fixed or any(pattern.fullmatch(text) for pattern in self.patterns)


english = lru_cache(maxsize=8)(English)


def marked(html, english, language):
    """Return a page of a language with lang="en" on what is English in it."""
    own = f' lang="{language}"'
    parts = ["", *TAG.split(html), ""]  # tag, text, tag, …, text, tag
    name, depth = "", 0  # of an element that is passed over, with all that is in it
    for at, part in enumerate(parts):
        if at % 2:
            if not depth and WORD.search(part):
                mark(parts, at, english)
            continue
        element = element_of(part)
        if depth:
            depth += (element == name) * (-1 if part.startswith("</") else 1)
        elif element in PASSED_OVER or (" lang=" in part and own not in part):
            name, depth = element, int(element not in VOID)
    return "".join(parts)


def element_of(tag):
    found = NAME.match(tag)
    return found[1] if found else ""


def mark(parts, at, english):
    """Mark one text between two tags: its element if all of it is English, else the words."""
    before, text, after = parts[at - 1 : at + 2]
    pieces = (EDGES if text in english else BETWEEN).split(text)
    is_english = {piece: piece in english for piece in pieces if WORD.search(piece)}
    element = element_of(before)
    is_all = before.startswith(f"<{element}") and after == f"</{element}>"
    if all(is_english.values()) and is_all and not SPEAKS.search(before):
        parts[at - 1] = f'{before[:-1]} lang="en">'
    elif element not in WITHOUT_ELEMENTS:
        parts[at] = "".join(
            f'<span lang="en">{piece}</span>' if is_english.get(piece) else piece
            for piece in pieces
        )
