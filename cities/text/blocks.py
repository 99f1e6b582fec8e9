"""A text in blocks: tables become lists, and all is written in the few elements that are ours."""

from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

DEEPEST_LIST = 9
BREAK = None  # among runs


class Run(NamedTuple):
    """Words that are set alike."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""


@dataclass(eq=False)
class Block:
    """A paragraph, heading, item of a list or cell; words that stand in none have no name."""

    name: str = ""
    level: int = 0
    ordered: bool = False
    runs: list = field(default_factory=list)
    is_placed: bool = False
    is_listed: bool = False  # so says Word, without its marker
    columns: int = 1
    rows: int = 1

    @property
    def text(self):
        return "".join(run.text for run in self.runs if run)

    def add(self, run):
        last = self.runs[-1] if self.runs else BREAK
        text = run.text
        if last is BREAK or last.text.endswith((" ", "\N{NO-BREAK SPACE}")):
            text = text.lstrip()
        if last and last._replace(text="") == run._replace(text=""):
            self.runs[-1] = last._replace(text=last.text + text)
        elif text:
            self.runs.append(run._replace(text=text))

    def cut(self, pattern):
        """Take a mark off the beginning; return the match, or None where there is none."""
        match = pattern.match(self.text)
        left = match.end() if match else 0
        while left and self.runs:
            text = self.runs[0].text
            self.runs[0] = self.runs[0]._replace(text=text[left:].lstrip())
            left = max(0, left - len(text))
            if not self.runs[0].text:
                self.runs.pop(0)
        return match


def listed(rows):
    """Return a table as items of a list: “name: value”, or a list of such for each row."""
    rows = [row for row in even(rows) if any(cell.runs for cell in row)]
    width = max(map(len, rows), default=0)
    if width == 1 and len(rows) == 1:  # a frame
        return [Block("p", runs=rows[0][0].runs)]
    if width < 3 or len(rows) == 1:
        return [item(1, row) for row in rows]
    head, *rest = rows
    items = []
    for name, *values in rest:
        items.append(item(1, [name if name.runs else Block(runs=[Run("–")])]))
        pairs = zip(head[1:], values, strict=False)
        items += [item(2, pair) for pair in pairs if pair[1].runs and pair[1] is not name]
    return items


def even(rows):
    """Return rows with a cell in each column: one that takes several stands in all of them."""
    grid, below = [], {}  # column: (cell, how many more rows it takes)
    for row in rows:
        cells, waiting = [], list(row)
        while waiting or len(cells) in below:
            if len(cells) in below:
                cell, more = below.pop(len(cells))
                columns = 1
            else:
                cell = waiting.pop(0)
                columns, more = cell.columns, cell.rows - 1
            for column in range(len(cells), len(cells) + columns):
                if more:
                    below[column] = (cell, more - 1)
                cells.append(cell)
        grid.append(cells)
    return grid


def item(level, cells):
    """Return cells as one item: the first names the others."""
    cells = [cell for cell in dict.fromkeys(cells) if cell.runs]
    runs = []
    for number, cell in enumerate(cells):
        if number == 1 and not cells[0].text.rstrip().endswith(":"):
            runs.append(Run(": "))
        elif number:
            runs.append(Run("; " if number > 1 else " "))
        runs += trimmed(cell.runs)
    return Block("li", level, runs=runs)


def trimmed(runs):
    """Return runs without blanks and breaks at their end."""
    runs = list(runs)
    while runs and (runs[-1] is BREAK or not runs[-1].text.strip()):
        runs.pop()
    if runs:
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip())
    return runs


def inline(runs, is_heading=False):
    """Return runs as HTML."""
    html, href = [], ""
    for run in trimmed(runs):
        if run is BREAK:
            html.append(" " if is_heading else "<br>")
            continue
        if run.href != href:
            html.append("</a>" * bool(href) + f'<a href="{escape(run.href)}">' * bool(run.href))
            href = run.href
        text = escape(run.text, quote=False)
        text = f"<em>{text}</em>" if run.emphasis else text
        html.append(f"<strong>{text}</strong>" if run.strong and not is_heading else text)
    return "".join(html) + "</a>" * bool(href)


class Writer:
    """Writes blocks as paragraphs, headings of two levels, and lists in each other."""

    def __init__(self, blocks):
        self.html, self.lists = [], []
        self.top = min((block.level for block in blocks if block.name == "h"), default=3)
        is_alone = sum(bool(block.runs) for block in blocks) == 1
        for block in blocks:
            if block.name != "li":
                self.end_lists(0)
            if block.text.strip():
                self.write(block, is_alone)
        self.end_lists(0)

    def write(self, block, is_alone):
        if block.name == "h":
            name = "h3" if block.level <= min(self.top, 3) else "h4"
            self.html.append(f"<{name}>{inline(block.runs, is_heading=True)}</{name}>")
        elif block.name == "li":
            self.write_item(block)
        elif is_alone and not block.name:
            self.html.append(inline(block.runs))
        else:
            self.html.append(f"<p>{inline(block.runs)}</p>")

    def write_item(self, block):
        name, depth = "ol" if block.ordered else "ul", min(block.level, len(self.lists) + 1)
        depth = min(depth, DEEPEST_LIST)
        self.end_lists(depth)
        if len(self.lists) == depth and self.lists[-1] != name:
            self.end_lists(depth - 1)
        if len(self.lists) == depth:
            self.html.append("</li>")
        else:
            self.lists.append(name)
            self.html.append(f"<{name}>")
        self.html.append(f"<li>{inline(block.runs)}")

    def end_lists(self, depth):
        while len(self.lists) > depth:
            self.html.append(f"</li></{self.lists.pop()}>")
