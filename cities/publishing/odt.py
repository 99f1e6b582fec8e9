"""Texts that word processors open: OpenDocument, of a template and this site's small HTML."""

import zipfile
from html.parser import HTMLParser
from io import BytesIO

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe

CONTENT_TYPE = "application/vnd.oasis.opendocument.text"
PARTS = {"content.xml": None, "styles.xml": "odt/styles.html", "meta.xml": "odt/meta.html"}
ELEMENTS = {
    "p": ('<text:p text:style-name="Text_20_body">', "</text:p>"),
    "h3": ('<text:h text:style-name="Heading_20_3" text:outline-level="3">', "</text:h>"),
    "h4": ('<text:h text:style-name="Heading_20_4" text:outline-level="4">', "</text:h>"),
    "ul": ('<text:list text:style-name="Bullets">', "</text:list>"),
    "ol": ('<text:list text:style-name="Numbers">', "</text:list>"),
    "li": ("<text:list-item>", "</text:list-item>"),
    "strong": ('<text:span text:style-name="Strong">', "</text:span>"),
    "a": ("", "</text:a>"),
    "br": ("<text:line-break/>", ""),
    "em": ('<text:span text:style-name="Emphasis">', "</text:span>"),
}
INLINE = {"a", "br", "em", "strong"}
WITH_WORDS = {"p", "h3", "h4"}
MANIFEST = "META-INF/manifest.xml"


def document(template, context):
    """Return the bytes of an .odt file whose content a template writes."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as odt:
        # First and as it is, so that programs know the file by its beginning.
        odt.writestr(zipfile.ZipInfo("mimetype"), CONTENT_TYPE)
        for name, styles in PARTS.items():
            odt.writestr(name, render_to_string(styles or template, context))
        odt.writestr(MANIFEST, render_to_string("odt/manifest.html", {"parts": PARTS}))
    return file.getvalue()


class Paragraphs(HTMLParser):
    """Turns clean HTML, as `rich_text.clean` leaves it, into paragraphs of OpenDocument."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.opened = ""  # the block in which words stand: theirs, or one that they needed

    def handle_starttag(self, tag, attrs):
        if tag in INLINE:
            self.open()
        else:
            self.close_needed()
        if tag in WITH_WORDS:
            self.opened = "own"
        if tag == "a":
            href = escape(dict(attrs).get("href") or "")
            self.parts.append(f'<text:a xlink:type="simple" xlink:href="{href}">')
        else:
            self.parts.append(ELEMENTS[tag][0])

    def handle_endtag(self, tag):
        if tag in WITH_WORDS:
            self.opened = ""
        elif tag not in INLINE:
            self.close_needed()
        self.parts.append(ELEMENTS[tag][1])

    def handle_data(self, data):
        if self.opened or data.strip():
            self.open()
            self.parts.append(escape(data))

    def open(self):
        """Begin a paragraph where OpenDocument wants one and HTML has none: right in a list."""
        if not self.opened:
            self.opened = "needed"
            self.parts.append(ELEMENTS["p"][0])

    def close_needed(self):
        if self.opened == "needed":
            self.opened = ""
            self.parts.append(ELEMENTS["p"][1])


def paragraphs(html):
    reader = Paragraphs()
    reader.feed(html)
    reader.close()
    reader.close_needed()
    return mark_safe("".join(reader.parts))
