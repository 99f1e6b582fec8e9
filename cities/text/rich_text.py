"""Long texts: a little HTML, cleaned when saved and again when shown."""

import nh3
from django_prose_editor.fields import ProseEditorField

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Heading": {"levels": [3, 4]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
}
_cleaner = nh3.Cleaner(
    tags={"p", "h3", "h4", "ul", "ol", "li", "a", "strong", "em", "br"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def clean(html):
    """Return html with nothing but paragraphs, headings, lists, links and emphasis."""
    return _cleaner.clean(html).replace("&nbsp;", "\N{NO-BREAK SPACE}")


class RichTextField(ProseEditorField):
    """A long text that is clean in the database, however it got there."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EXTENSIONS)
        super().__init__(*args, sanitize=clean, **kwargs)

    def pre_save(self, instance, add):
        value = clean(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value
