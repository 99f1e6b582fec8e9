"""What a page of the site holds, for tests."""

from html.parser import HTMLParser
from types import SimpleNamespace

VOID = {"area", "base", "br", "hr", "img", "input", "link", "meta", "source"}


class Page(HTMLParser):
    """A response with what its HTML holds: elements, each with tag, attributes and text."""

    def __init__(self, response):
        super().__init__()
        self.response, self.html = response, response.text
        self.elements, self._open = [], []
        self.feed(self.html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        element = SimpleNamespace(
            tag=tag,
            attributes=attributes,
            classes=(attributes.get("class") or "").split(),
            inside=[name for outer in self._open for name in outer.classes],
            is_shown=all(outer.tag != "template" for outer in self._open),
            text="",
        )
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        if tag in [element.tag for element in self._open]:
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data):
        is_data = self._open and self._open[-1].tag == "script"
        for element in [] if is_data else self._open:
            element.text += data

    def find(self, tag, *, of=None, inside=None, **attributes):
        """Return the elements of a tag: of a class, inside one, with attributes (True: any)."""
        return [
            element
            for element in self.elements
            if element.tag == tag
            and (of is None or of in element.classes)
            and (inside is None or inside in element.inside)
            and all(
                element.attributes.get(name) == value
                or (value is True and name in element.attributes)
                for name, value in attributes.items()
            )
        ]

    def texts(self, tag, **which):
        """Return the texts of the elements that `find` finds, with plain single spaces."""
        return [" ".join(element.text.split()) for element in self.find(tag, **which)]

    def links(self, tag="a", **which):
        return [element.attributes["href"] for element in self.find(tag, href=True, **which)]
