"""Long texts: a little HTML, cleaned when saved and again when shown."""

import re
from collections import Counter

import nh3
from django.core.validators import MaxLengthValidator
from django_prose_editor.fields import ProseEditorField

from .cleaning import CleanText, cleaned
from .typography import TAG

LONGEST_RICH_TEXT = 100_000  # characters, tags included

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Heading": {"levels": [3, 4]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
}
DEEPEST = 100  # elements in each other; pasted pages have some twenty
ANY_TAG = re.compile(r"<(/?)([a-zA-Z]\w*)")
CLOSE_THEMSELVES = {"p", "li", "br", "hr", "img", "col", "td", "th", "tr", "meta", "link", "input"}
_cleaner = nh3.Cleaner(
    tags={"p", "h3", "h4", "ul", "ol", "li", "a", "strong", "em", "br"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def elements(start, name):
    """Return the pattern of an element whose start is as given; its last group is what is in it.

    One that holds another of its name, or has no end, is none: nothing is read twice.
    """
    return re.compile(rf"{start}([^<]*+(?:<(?!/?{name}\b)[^<]*+)*+)</{name}>")


LINK = elements('<a(?: href="([^"]*)")?>', "a")
HEADING = elements(r"<h(\d)>", r"h\d")


def nesting(html):
    """Return how deep the elements of an html may stand in each other."""
    depth, deepest, opened = 0, 0, Counter()
    for end, name in ANY_TAG.findall(html):
        if name.lower() in CLOSE_THEMSELVES or (end and not opened[name]):
            continue
        step = -1 if end else 1
        opened[name] += step
        depth += step
        deepest = max(deepest, depth)
    return deepest


def clean(html):
    """Return html with nothing but paragraphs, headings, lists, links and emphasis."""
    if nesting(html) > DEEPEST:  # which nobody writes, and which takes a parser seconds
        html = TAG.sub(" ", html)
    html = _cleaner.clean(html).replace("&nbsp;", "\N{NO-BREAK SPACE}")
    # A sign that nobody sees may have stood as an entity, and hidden “java&shy;script:”.
    seen = cleaned(html)
    return seen if seen == html else clean(seen)


class RichTextField(CleanText, ProseEditorField):
    """A long text that is clean in the database, however it got there."""

    default_validators = [MaxLengthValidator(LONGEST_RICH_TEXT)]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EXTENSIONS)
        super().__init__(*args, sanitize=clean, **kwargs)

    def pre_save(self, instance, add):
        value = clean(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
