"""Mistyped words, and the known ones that may have been meant."""

from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_TRIED = 20  # words of one distance


def slips(form):
    """Return how many letters of a word may be wrong: one from 4 letters, two from 7."""
    return 0 if len(form) < 4 or form.isdigit() else 1 if len(form) < 7 else 2


def near(mistyped, forms):
    """Yield lists of the forms that may have been meant, the nearest first."""
    most = slips(mistyped)
    if not most:
        return
    found = process.extract(mistyped, forms, scorer=OSA.distance, score_cutoff=most, limit=None)
    found = sorted((distance, form) for form, distance, _number in found if len(form) > 3)
    for _distance, same in groupby(found, key=lambda pair: pair[0]):
        yield [form for _distance, form in same][:MOST_TRIED]
