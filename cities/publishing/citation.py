"""How to cite a practice."""

import re

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def author():
    return settings.OPERATOR_NAME or gettext("Precursor Cities")


def address(practice):
    """Return the practice's permanent address; an archive without a home has none."""
    return settings.SITE_URL and settings.SITE_URL + practice.get_absolute_url()


def apa(practice):
    """Return the citation in the style of the American Psychological Association, 7th edition."""
    # Translators: the date in a citation, in Django's letters: 2026, November 22.
    day = date_format(practice.changed_on, pgettext("citation", "Y, F j"))
    site = gettext("Precursor Cities")
    parts = [f"{author()}. ({day})", practice.title]
    parts += [] if site == author() else [site]
    return f"{'. '.join(parts)}. {address(practice)}".strip()


def bibtex(practice):
    fields = {
        "title": with_names(escape(practice.title)),
        "year": practice.changed_on.year,
        "url": address(practice),
        "note": practice.changed_on.isoformat(),
    }
    # In braces within quotes, so that the name is not taken apart like that of a person.
    lines = [f'  author = "{{{escape(author())}}}",']
    lines += [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    month = f"  month = {MONTHS[practice.changed_on.month - 1]},"
    key = f"precursors-{practice.uuid.hex[:12]}"
    return "\n".join([f"@misc{{{key},", *lines, month, "}"])


def with_names(title):
    """Put words with capitals into braces, since BibTeX puts titles in small letters."""
    first, *others = title.split(" ")
    return " ".join([first, *(f"{{{w}}}" if w != w.lower() else w for w in others)])


def escape(text):
    """Put what BibTeX would read as a command behind a backslash."""
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
