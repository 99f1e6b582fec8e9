"""How deep the elements of HTML stand in each other: what is too deep takes a parser seconds."""

import re
from collections import Counter

from .typography import TAG

DEEPEST = 100  # elements in each other; pasted pages have some twenty
ANY_TAG = re.compile(r"<(/?)([a-zA-Z]\w*)")
CLOSE_THEMSELVES = {"p", "li", "br", "hr", "img", "col", "td", "th", "tr", "meta", "link", "input"}


def shallow(html):
    """Return html, without its tags where they stand deeper in each other than anybody writes."""
    return TAG.sub(" ", html) if nesting(html) > DEEPEST else html


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
