"""Letters: order, search and addresses, the same on every database."""

import re
import unicodedata
from functools import cache

from django.utils.text import slugify as django_slugify

from .cleaning import cleaned

# Letters that Unicode does not take apart into a base letter and an accent.
UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
    | {"ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n"}
)
# How keyboards without the letter write it: Böblingen is Boeblingen, Umeå is Umeaa.
SPELLED_OUT = str.maketrans({"ö": "oe", "ü": "ue", "ä": "ae", "å": "aa", "ø": "oe"})
SPELLED = re.compile("aa|ae|oe|ue")
LATIN = "0123456789abcdefghijklmnopqrstuvwxyz"
ALPHABETS = {"pl": "0123456789aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"}


def fold(text):
    """Return text in lower case without diacritics: “Łódź” is “lodz”."""
    known = cleaned(text).casefold().translate(UNDECOMPOSED)
    decomposed = unicodedata.normalize("NFKD", known).casefold()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def slugify(text):
    """Return an address part for text: “Łódź – Bałuty” is “lodz-baluty”."""
    return django_slugify(fold(text))


def sort_key(text, language):
    """Return digits that sort as text does in the language's alphabet.

    Two digits a letter and nothing else, so that every database collation agrees.
    Accents that the alphabet does not know count as their base letter.
    """
    return "".join(_digits(letter, language) for letter in cleaned(text).casefold())


@cache
def _digits(letter, language):
    alphabet = ALPHABETS.get(language, LATIN)
    known = letter if letter in alphabet else fold(letter)
    return "".join(f"{alphabet.find(each) + 1:02}" for each in known)
