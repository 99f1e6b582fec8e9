"""In which encoding a text was saved: told by its mark, by UTF-8's own rules, or by its words.

Of the encodings with one byte a letter that one is read whose words look like those of one
language. Where two do so alike and the texts differ, somebody has to say.
"""

import re
from itertools import islice

MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# What programs write in Europe when they do not write Unicode, under the names people know.
OLD = {
    "cp1250": "Windows-1250",
    "iso8859_2": "ISO 8859-2",
    "cp1252": "Windows-1252",
    "mac_latin2": "Mac OS Central European",
    "mac_roman": "Mac OS Roman",
    "cp852": "DOS 852",
}
NAMES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"} | OLD

COMMON = "äöüßéáíóú"  # of neighbours, whose towns every table names
ALPHABETS = ["ąćęłńśźż", "čďěňřšťůýž", "ľĺŕčďňôšťýž", "őű", "ăâîşţ", "åæø", "àâçèêëîïôùûÿœ"]
ALPHABETS += ["ñ", "ãõâêôç", "àèìòù", "đčćšž"]
RARE = set("ĺŕÿ")
SIGNS = set("–—-…„”“‚‘’'\"«»‹›·•°§©®™€£²³½×±¿¡ªº\N{NO-BREAK SPACE}\N{SOFT HYPHEN}")
JOINING = set("–—’'-\N{NO-BREAK SPACE}\N{SOFT HYPHEN}")
NEVER_FIRST = set("£¹²³¿°§±¶¸")
WORD = re.compile(rb"[A-Za-z]{0,20}[\x80-\xff][A-Za-z\x80-\xff]{0,40}")
MOST_WORDS = 2000
# A capital or a sign within a word; or a sign for which nobody begins one.
BROKEN = re.compile("aA|AAa|[aA][^aA-][aA]|[!][aA]")


class UnclearError(Exception):
    """Which encoding it is cannot be told; holds {encoding: a word as it would read}, if any."""

    def __init__(self, samples):
        super().__init__(samples)
        self.samples = samples


def text_of(content, chosen=""):
    """Return (text, encoding) of bytes. Raise UnclearError or UnicodeDecodeError."""
    mark = next((mark for mark in MARKS if content.startswith(mark)), None)
    if encoding := chosen or MARKS.get(mark):
        return content.decode(encoding), encoding
    if wide := unmarked(content):
        return content.decode(wide), "utf-16"
    try:
        return content.decode(), "utf-8-sig"
    except UnicodeDecodeError:
        words = {found[0] for found in islice(WORD.finditer(content), MOST_WORDS)}
        if 2 * sum(decodes(word, "utf-8") for word in words) >= len(words):
            raise  # it is UTF-8, but for some place
        encoding = likeliest(content, words)
    return content.decode(encoding), encoding


def unmarked(content):
    """Return the kind of UTF-16 of a text without a mark: most high bytes are nought."""
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = content[start::2][:MOST_WORDS], content[1 - start :: 2][:MOST_WORDS]
        if 2 * high.count(0) > len(high) and not low.count(0) and decodes(content, encoding):
            return encoding
    return None


def likeliest(content, words):
    """Return the encoding whose words look most like those of a language."""
    odd = {encoding: oddness(words, encoding) for encoding in OLD if decodes(content, encoding)}
    least = min(odd.values())  # DOS and Mac OS know every byte
    best = [encoding for encoding in odd if odd[encoding] == least]
    if 2 * least > len(words):
        raise UnclearError({})
    for word in sorted(words):
        samples = {encoding: word.decode(encoding) for encoding in best}
        if len(set(samples.values())) > 1:
            raise UnclearError(samples)
    return best[0]


def decodes(content, encoding):
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def oddness(words, encoding):
    """Return how many of the words would be odd: broken, or of no one language with the rest."""
    texts = [word.decode(encoding) for word in words]
    letters = [{c for c in text.lower() if not c.isascii()} - SIGNS for text in texts]
    foreign = min(
        sum(bool(each - set(COMMON + alphabet)) for each in letters) for alphabet in ALPHABETS
    )
    broken = sum(bool(BROKEN.search(shape(text))) for text in texts)
    return foreign + broken + sum(bool(each & RARE) for each in letters)


def shape(text):
    """Return a word as small letters (a), capitals (A), what joins parts of one (-) and signs."""
    return "".join(map(kind_of, text))


def kind_of(sign):
    if sign.isalpha():
        return "a" if sign.islower() else "A"
    return "-" if sign in JOINING else "!" if sign in NEVER_FIRST else "."
