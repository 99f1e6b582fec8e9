"""Where a question was answered: its words marked, and the sentence that holds them."""

import re
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from ..text.words import WORD, pairs
from .indexing import parts

# A capital letter, or a quotation mark, after the end of another: no “r.” nor “ok.” ends one.
SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[„“\"A-ZĄĆĘŁŃÓŚŹŻÄÖÜÅ])")
LONGEST_READ = 2_000  # characters of a text in which words are looked for
LONGEST = 240  # characters of a sentence that is shown
BEFORE = 80  # of them before the first hit


def read(text):
    """Return the words of a text as (span, stems)."""
    language = get_language()
    found = WORD.finditer(text[:LONGEST_READ])
    return [(word.span(), stems(word[0], language)) for word in found]


@lru_cache(10_000)
def stems(word, language):
    return frozenset(stem for _form, stem in pairs((word,), language))


def standing(phrase, words):
    """Yield the numbers of the words that are a phrase: they stand together, in any order."""
    for number, (_span, stems) in enumerate(words):
        if stems & phrase[0][1]:
            near = range(max(0, number - len(phrase)), min(len(words), number + len(phrase) + 1))
            hits = [[n for n in near if words[n][1] & those] for _form, those in phrase[1:]]
            if all(hits):
                yield number
                yield from (n for several in hits for n in several)


def answering(want, words):
    """Return the numbers of the words that answer: what was typed, or all of a phrase for it."""
    phrases = [*((term,) for term in want.typed), *want.others]
    return {number for phrase in phrases for number in standing(phrase, words)}


def highlight(text, answer):
    """Return text as HTML with every word marked that answers a question."""
    if not answer.query:
        return text
    words = read(text)
    hits = {number for want in answer.query.wanted for number in answering(want, words)}
    found, last = [], 0
    for start, end in (words[number][0] for number in sorted(hits)):
        found += [(text[last:start],), (format_html("<mark>{}</mark>", text[start:end]),)]
        last = end
    return format_html_join("", "{}", [*found, (text[last:],)])


def shortened(sentence, wants):
    """Return the part of a long sentence around the first word that answers."""
    if len(sentence) <= LONGEST:
        return sentence
    words = read(sentence)
    first = min(number for want in wants for number in answering(want, words))
    start = max(0, min(words[first][0][0] - BEFORE, len(sentence) - LONGEST))
    start = sentence.find(" ", start) + 1 if start else 0
    end = start + LONGEST
    cut = sentence[start:end].rpartition(" ")[0] if end < len(sentence) else sentence[start:]
    return f"{'… ' * (start > 0)}{cut}{' …' * (end < len(sentence))}"


def excerpt(record, answer):
    """Return (name of the part, sentence as HTML) where a record answers beyond its card.

    None where the card shows it all, or holds as much as any sentence. Needs `with_parts`.
    """
    if not answer.query:
        return None
    shown, hidden = "", []
    for _level, name, text in parts(record, get_language()):
        if name:
            told = re.sub(r"[ \n]+", " ", text).strip()
            hidden += [(name, sentence) for sentence in SENTENCE.split(told)]
        else:
            shown += f"{text} · "
    words = read(shown)
    missing = [want for want in answer.query.wanted if not answering(want, words)]
    best, most = None, 0
    for name, sentence in hidden if missing else []:
        words = read(sentence)
        number = sum(bool(answering(want, words)) for want in missing)
        if number > most:
            best, most = (name, sentence), number
    return best and (best[0], highlight(shortened(best[1], missing), answer))
