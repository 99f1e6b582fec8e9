"""Pages that stand in templates, and what can be found of them."""

import re
from html import unescape

from django.urls import reverse
from translated_fields import to_attribute

from ..text.rich_text import elements
from ..text.typography import plain
from .indexing import SUMMARY, TEXT, TITLE, parts

DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
HEADING = elements(r"<h[12][^<>]*+>", r"h[12]")
END_OF_BLOCK = re.compile(r"</(?:p|li|d[dt]|t[dhr]|h3)>")


def words_of(html):
    return " ".join(plain(html).split())


class SitePage:
    """A page as its own HTML tells of it in one language; each section is (heading, its texts)."""

    named_by = "name"

    def __init__(self, address, html, language):
        main = html[html.index("<main") : html.index("</main>")]
        _before, *found = HEADING.split(main)
        headings = [words_of(heading) for heading in found[::2]]
        texts = [map(words_of, END_OF_BLOCK.split(section)) for section in found[1::2]]
        self.address = address
        self.name, summary = headings[0], unescape(DESCRIPTION.search(html)[1])
        self.sections = [(h, [*filter(None, t)]) for h, t in zip(headings, texts, strict=True)]
        # As records of the programme have them.
        setattr(self, to_attribute("name", language), self.name)
        setattr(self, to_attribute("summary", language), summary)

    def get_absolute_url(self):
        return reverse(self.address)


@parts.register(SitePage)
def of_site_page(page, language):
    yield TITLE, "", page.name
    yield SUMMARY, "", getattr(page, to_attribute("summary", language))
    for heading, texts in page.sections:
        yield SUMMARY, heading, heading
        for text in texts:
            yield TEXT, heading, text
