"""HTML as word processors and web pages write it, told again in the few elements that are ours.

Word tells in its styles what is a list, Google Docs what is bold; tables, of which we have none,
become lists of “name: value”.
"""

import re
from html.parser import HTMLParser
from typing import NamedTuple

import nh3

from .blocks import BREAK, Block, Run, Writer, listed
from .nesting import shallow

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS, CELLS = {"ul", "ol"}, {"td", "th"}
BLOCKS = {*HEADINGS, *LISTS, *CELLS, "li", "table", "tr", "caption", "p", "div", "section", "hr"}
BLOCKS |= {"article", "main", "header", "footer", "aside", "nav", "address", "blockquote", "pre"}
BLOCKS |= {"dl", "dt", "dd", "figure", "figcaption"}
STRONG, EMPHASIS = {"b", "strong"}, {"i", "em"}
_opener = nh3.Cleaner(
    tags={*BLOCKS, *STRONG, *EMPHASIS, "a", "br", "span", "font", "sup", "sub"},
    clean_content_tags={"script", "style", "title", "del"},
    attributes={"*": {"style", "class", "rowspan", "colspan"}, "a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)

WEIGHT = re.compile(r"(?<![\w-])font-weight:\s*(bold|[6-9]00|normal|[1-5]00)")
SLANT = re.compile(r"(?<![\w-])font-style:\s*(italic|oblique|normal)")
RAISED = re.compile(r"vertical-align:\s*(super|sub)")
HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all|mso-element:\s*comment")
OUTLINE = re.compile(r"mso-outline-level:\s*([1-6])")
WORD_LIST = re.compile(r"mso-list:\s*l\d+ level(\d)")
WORD_MARKER = re.compile(r"mso-list:\s*ignore")
NUMBERED = re.compile(r"\W{0,3}\w{1,5}[.)]")
BULLET = re.compile(r"[·•▪◦‣●■]\s*")
MARK = re.compile(rf"{BULLET.pattern}|[-–§o]\s|(\w{{1,3}}[.)])\s")  # where Word says it is a list
NOTE = re.compile(r"^#|#_(?:ft|ed)n(?:ref)?\d")  # browsers add the address of the page
LEADS_ON = re.compile("(?:https?://|mailto:|/(?!/))", re.IGNORECASE)
SMALL = {
    "sup": str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"),
    "sub": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}
MOST_SPANNED = 20  # rows and columns of one cell


class Around(NamedTuple):
    """What the elements around a place say of it."""

    name: str = ""
    level: int = 0
    strong: bool = False
    emphasis: bool = False
    href: str = ""
    is_note: bool = False  # a link within the document, which ends here
    raised: str = ""
    is_hidden: bool = False
    is_marker: bool = False
    item: Block | None = None  # whose inner paragraphs are its lines
    is_listed: bool = False


class Reader(HTMLParser):
    """Reads balanced HTML into blocks."""

    def __init__(self, html):
        super().__init__()
        self.blocks, self.around, self.rows = [], [Around()], None
        self.is_over = True  # the block that was read last
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        told = {name: value or "" for name, value in attributes}
        if tag == "br":
            self.end_line()
            return
        here = styled(self.around[-1], tag, told)
        if tag in BLOCKS:
            self.is_over = True
            here = self.within(here, tag, told)
        if tag != "hr":
            self.around.append(here)

    def within(self, here, tag, told):
        """Return what is so within a block that begins."""
        style, in_cell = told.get("style", "").lower(), here.item and here.item.name == "cell"
        if in_cell:
            return here
        if tag == "table":
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in CELLS and self.rows:
            cell = Block("cell", columns=span(told, "colspan"), rows=span(told, "rowspan"))
            self.rows[-1].append(cell)
            return here._replace(item=cell)
        elif tag in LISTS:
            return here._replace(level=here.level + 1, name=tag, item=None)
        elif tag == "li":
            return here._replace(item=Block("li", max(here.level, 1), here.name == "ol"))
        elif here.item is None and (level := heading(tag, style, told)):
            return here._replace(name="h", level=level)
        elif match := WORD_LIST.search(style):
            return here._replace(item=Block("li", int(match[1]) or 1))
        elif here.item is None:
            return here._replace(name="p", is_listed=told.get("class", "").startswith("MsoList"))
        return here

    def handle_endtag(self, tag):
        here = self.around.pop()
        if tag in BLOCKS:
            self.is_over = True
        if tag == "table" and not (here.item and here.item.name == "cell"):
            self.blocks += [Block(), *listed(self.rows or []), Block()]  # a list of its own
            self.rows = None

    def end_line(self):
        here = self.around[-1]
        block = here.item or (None if self.is_over else self.blocks[-1])
        if not block or not block.runs or here.is_hidden:
            return
        if block.runs[-1] is BREAK and not here.item:
            self.is_over = True  # two breaks part paragraphs
        elif block.runs[-1] is not BREAK:
            block.runs.append(BREAK)

    def handle_data(self, text):
        here = self.around[-1]
        if here.is_marker and here.item:
            here.item.ordered |= bool(NUMBERED.match(text))
        if here.is_hidden or here.is_marker:
            return
        text = re.sub(r"\s+", lambda gap: gap[0] if gap[0] == "\xa0" else " ", text)
        if not text.strip() and (self.is_over or not self.block(here).runs):
            return
        if here.is_note and text.strip().isdigit():
            text = f"[{text.strip()}]"
        elif here.raised and not text.strip().translate(SMALL[here.raised]).isascii():
            text = text.translate(SMALL[here.raised])
        self.block(here).add(Run(text, here.strong, here.emphasis, here.href))

    def block(self, here):
        """Return the block to which words here belong."""
        block = here.item
        if block is None and self.is_over:
            block = Block(here.name, here.level, is_listed=here.is_listed)
        elif block is None:
            block = self.blocks[-1]
        elif self.is_over and block.runs and block.runs[-1] is not BREAK:
            block.runs.append(BREAK)
        if not block.is_placed and block.name != "cell":
            self.blocks.append(block)
            block.is_placed = True
        self.is_over = False
        return block


def styled(here, tag, told):
    """Return what an element and its style say of the words in it."""
    style = told.get("style", "").lower()
    weight, slant, raised = (kind.search(style) for kind in (WEIGHT, SLANT, RAISED))
    strong, emphasis = here.strong or tag in STRONG, here.emphasis or tag in EMPHASIS
    if weight:
        strong = weight[1] == "bold" or (weight[1].isdigit() and weight[1] >= "600")
    if slant:
        emphasis = slant[1] != "normal"
    if raised:
        here = here._replace(raised="sup" if raised[1] == "super" else "sub")
    elif tag in SMALL:
        here = here._replace(raised=tag)
    if tag == "a":
        href = told.get("href", "")
        href = f"https://{href}" if href.startswith("www.") else href
        is_note = bool(NOTE.search(href))
        leads_on = LEADS_ON.match(href) and not is_note
        here = here._replace(href=href if leads_on else "", is_note=is_note)
    return here._replace(
        strong=strong,
        emphasis=emphasis,
        is_hidden=here.is_hidden or bool(HIDDEN.search(style)),
        is_marker=here.is_marker or bool(WORD_MARKER.search(style)),
    )


def heading(tag, style, told):
    """Return the level of a heading, 0 where it is none."""
    if tag in HEADINGS:
        return HEADINGS[tag]
    if told.get("class") == "MsoTitle":
        return 1
    outline = OUTLINE.search(style)
    return int(outline[1]) if outline else 0


def span(told, name):
    number = told.get(name, "")
    return min(int(number), MOST_SPANNED) or 1 if re.fullmatch("[0-9]{1,3}", number) else 1


def itemised(block):
    """Make an item of a paragraph that only looks like one."""
    if block.name in ("p", "") and (mark := block.cut(MARK if block.is_listed else BULLET)):
        block.name, block.level = "li", 1
        block.ordered = bool(block.is_listed and mark[1])
    return block


def in_our_elements(html):
    """Return html of others as paragraphs, headings, lists, links and emphasis."""
    blocks = [itemised(block) for block in Reader(_opener.clean(shallow(html))).blocks]
    return "".join(Writer(blocks).html)
