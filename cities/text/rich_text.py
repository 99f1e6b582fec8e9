"""Long texts: a little HTML, cleaned when saved and again when shown."""

import re

import nh3
from django.core.validators import MaxLengthValidator
from django.utils.safestring import mark_safe
from django_prose_editor.fields import ProseEditorField

from .cleaning import CleanText, cleaned
from .foreign_html import BULLET, in_our_elements
from .nesting import shallow
from .units import NBSP

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
# What needs no more than cleaning: the editor's own HTML, where no paragraph looks like an item.
OURS = re.compile(
    rf"(?:[^<]++|<p>(?!{BULLET.pattern})|</p>|</?(?:h3|h4|ul|ol|li|strong|em)>|<br>|</a>"
    r'|<a href="(?:https?://|mailto:|/(?!/))[^"<>]*+">)*+'
)
HELD = "\x1f"  # an NBSP in what nh3 is given, which takes ever longer to write one as an entity
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


def clean(html):
    """Return html with nothing but paragraphs, headings, lists, links and emphasis."""
    html = shallow(html)
    if not OURS.fullmatch(html):
        html = in_our_elements(html)
    html = _cleaner.clean(html.replace(HELD, "").replace(NBSP, HELD))
    html = html.replace(HELD, NBSP).replace("&nbsp;", NBSP)
    # A sign that nobody sees may have stood as an entity, and hidden “java&shy;script:”.
    seen = cleaned(html)
    return seen if seen == html else clean(seen)


def shown(html):
    """Return html, cleaned once more, as templates put it on a page."""
    return mark_safe(clean(html))


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
