"""What the columns of a table are called: by their names, or as forms call them in any language."""

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.utils import translation

from ..text.translation import label_of
from . import cells


def spelt(heading):
    """Return a heading without what people write in different ways."""
    return " ".join(heading.casefold().replace("[", " ").replace("]", " ").split())


def every_language(text):
    """Yield a text in each language."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield str(text)


def known(resource):
    """Return {heading: column} of a resource; what two columns are called, neither is."""
    found, twice = {}, set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for column in resource._meta.fields:
                heading = spelt(label(resource, column))
                if found.setdefault(heading, column) != column:
                    twice.add(heading)
    names = {column: column for column in resource._meta.fields}
    return {heading: found[heading] for heading in found if heading not in twice} | names


def label(resource, column):
    """Return what forms call a column, in the reader’s language."""
    kind = resource.fields[column].widget
    if isinstance(kind, cells.Keys):
        return str(kind.key.model._meta.verbose_name_plural)
    try:
        return label_of(resource._meta.model._meta.get_field(column))
    except FieldDoesNotExist:  # boxes that are ticked
        return str(resource.fields[column].label)
