"""Letters: order, search and addresses, the same on every database."""

import unicodedata

from django.utils.text import slugify as django_slugify

# Letters that Unicode does not take apart into a base letter and an accent.
UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
LATIN = "0123456789abcdefghijklmnopqrstuvwxyz"
ALPHABETS = {"pl": "0123456789aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"}


def fold(text):
    """Return text in lower case without diacritics: “Łódź” is “lodz”."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(UNDECOMPOSED)).casefold()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def slugify(text):
    """Return an address part for text: “Łódź – Bałuty” is “lodz-baluty”."""
    return django_slugify(fold(text))


def sort_key(text, language):
    """Return digits that sort as text does in the language's alphabet.

    Two digits a letter and nothing else, so that every database collation agrees.
    Accents that the alphabet does not know count as their base letter.
    """
    alphabet = ALPHABETS.get(language, LATIN)
    codes = []
    for letter in text.casefold():
        for known in letter if letter in alphabet else fold(letter):
            codes.append(f"{alphabet.find(known) + 1:02}")
    return "".join(codes)
