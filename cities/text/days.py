"""Days in words: from one to another, or the months and seasons in which they lie."""

from django.utils.formats import date_format
from django.utils.translation import pgettext

from .units import NBSP


def span(first, last):
    """Return in words from which day to which something lasts."""
    whole = day(last, "DATE_FORMAT")
    if first == last:
        return whole
    is_one_month = (first.year, first.month) == (last.year, last.month)
    if is_one_month and whole.startswith(str(last.day)):  # as it does in most languages
        return f"{first.day}–{whole}"
    start = day(first, "DATE_FORMAT" if first.year != last.year else "MONTH_DAY_FORMAT")
    return f"{start} – {whole}"


def day(value, form):
    return date_format(value, form).replace(" ", NBSP, 1)


def months(first, last):
    end = month(last, "YEAR_MONTH_FORMAT")
    if (first.year, first.month) == (last.year, last.month):
        return end
    if first.year == last.year:
        return f"{month(first, 'F')}–{end}"
    return f"{month(first, 'YEAR_MONTH_FORMAT')} – {end}"


def month(value, form):
    """Return a month as a sentence has it: Django begins it with a capital in every language."""
    text = date_format(value, form)
    return text.lower() if date_format(value, "E").islower() else text


def season(first, last):
    """Return the season of one year that two days begin and end, or a blank."""
    names = {
        # Translators: a season of a year: “summer 2020”.
        (3, 5): pgettext("season", "spring %(year)s"),
        (6, 8): pgettext("season", "summer %(year)s"),
        (9, 11): pgettext("season", "autumn %(year)s"),
    }
    name = names.get((first.month, last.month), "") if first.year == last.year else ""
    return name and name % {"year": first.year}
