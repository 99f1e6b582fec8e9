"""What an archive searches in: each word, the stem that it has, and where that stands."""

from ..finder.indexing import parts, tells
from ..finder.question import read_synonyms
from ..text.words import STOP_WORDS, irregular_stems, pairs, words


def indexes(several, language):
    """Return what static/js/search.js asks: one of each {name: record}, read with its parts.

    All know the words of all: a word that no city has may be one that a practice has.
    """
    known = {}
    texts = [
        {name: read(record, language, known) for name, record in one.items()} for one in several
    ]
    stems = {stem for those in known.values() for stem in those}
    for form, stem in irregular_stems(language).items():
        if stem in stems:  # in a form that no text has
            known.setdefault(form, [stem])
    shared = {
        "words": known,
        "synonyms": [[*map(plain, row)] for row in read_synonyms(language).rows],
        "stop": sorted(STOP_WORDS.get(language, ())),
    }
    return [shared | {"records": records} for records in texts]


def read(record, language, known):
    """Return the texts of a record as (level, the stems of each word)."""
    return [
        [level, [stems_of(written, language, known) for written in words(text)]]
        for level, _part, text in parts(record, language)
        if text
    ]


def plain(phrases):
    return [[[form, sorted(stems)] for form, stems in phrase] for phrase in phrases]


def stems_of(written, language, known):
    """Return the stems of a word, within brackets if it is said in passing; note its forms."""
    said = pairs(written, language)
    for form, stem in said:
        stems = known.setdefault(form, [])
        stems += [stem] if stem not in stems else []
    stems = list(dict.fromkeys(stem for _form, stem in said))
    return stems if tells(said, language) else [stems]
