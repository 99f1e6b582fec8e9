"""Texts that word processors open: OpenDocument, of a template and this site's small HTML."""

import re
import zipfile
from io import BytesIO

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from ..text import rich_text

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
PIECE = re.compile(r"<[^<>]*+>|[^<>]++")
TAG = re.compile(r"<(/?)(\w+)")
HREF = re.compile(r' href="([^"]*)"')
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


def paragraphs(html):
    """Return a long text as paragraphs and lists of OpenDocument.

    Words and links that stand right in a list get the paragraph that OpenDocument wants there.
    """
    parts, opened = [], ""  # the block in which words stand: their own, or one that they needed
    for piece in PIECE.findall(rich_text.clean(html)):
        end, tag = TAG.match(piece).groups() if piece[0] == "<" else ("", "")
        if not opened and not end and (tag in INLINE or (not tag and piece.strip())):
            opened = "needed"
            parts.append(ELEMENTS["p"][0])
        elif opened == "needed" and tag and tag not in INLINE:
            opened = ""
            parts.append(ELEMENTS["p"][1])
        if tag in WITH_WORDS:
            opened = "" if end else "own"
        if not tag:
            parts.append(piece if opened else "")  # its entities are those of XML too
        elif tag == "a" and not end:
            link = HREF.search(piece)
            parts.append(f'<text:a xlink:type="simple" xlink:href="{link[1] if link else ""}">')
        else:
            parts.append(ELEMENTS[tag][bool(end)])
    if opened == "needed":
        parts.append(ELEMENTS["p"][1])
    return mark_safe("".join(parts))
